//! Resolving again what was resolved before it was known what had been paid by then.

use super::booking::{Booking, BookingStatus};
use super::draw::ServiceLine;
use super::follow::resolved;
use super::paid_then::{drawn_on, holds_what_is_over};
use super::reopen::hold;
use super::reschedule::give_all_back;
use super::reverse::put_back;
use crate::journal::{Entry, Fact, Posting};
use crate::packages::{Package, stood_at};
use crate::{Context, Decision, Instant, PackageId, Refusal};

/// Opens an appointment that another system told to be resolved, with what could pay for it then, and resolves
/// it again as it was: each a step of its own. None where that makes no difference to what was drawn on
/// `package`, where a person has changed it since, and where what was taken cannot be given back.
///
/// # Errors
/// [`Refusal::HoldMissing`] where packages were read at another moment than the booking.
pub(super) fn resolve_anew(
    booking: &Booking,
    (entries, packages): (&[Entry], &[Package]),
    package: PackageId,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if let Some(decision) = resolve_unfinished(booking, entries, packages, context)? {
        return Ok(Some(decision));
    }
    let last = entries.last().filter(|last| is_resolution(&last.fact));
    let Some(at) = last.and_then(|last| last.told_at) else {
        return Ok(None);
    };
    let mut posting = Posting::new(packages, context.now);
    let services = match put_back(booking, entries, &mut posting) {
        Ok(services) => services,
        Err(Refusal::HoldMissing) => return Err(Refusal::HoldMissing),
        Err(_) => return Ok(None),
    };
    if holds_what_is_over(&services, posting.packages(), at) {
        return Ok(None);
    }
    let open = booking.opened(services);
    give_all_back(&open, &mut posting, at)?;
    let services = hold(&open, &mut posting, at)?;
    let stood = stood_at(posting.packages(), at, context.now).into_owned();
    let then = posting.packages().to_vec();
    let fact = Fact::Reversed {
        booking: booking.terms.booking.clone(),
        services,
        again: true,
    };
    let mut after = booking.clone();
    after.step(&fact);
    let outcome = resolved(&after, &then, (booking.status, at), context)?;
    if let Some(decision) = &outcome {
        after.step(&decision.entry.fact);
    }
    let (would, did) = (&after.terms.services, &booking.terms.services);
    if others_lose(did, would, package) {
        return Ok(None);
    }
    let (would, did) = (drawn_on(would, package), drawn_on(did, package));
    let is_less = would.iter().flatten().count() < did.iter().flatten().count();
    let mut stood = stood.iter();
    let usable = stood.any(|one| one.id == package && one.is_paid_for());
    if would == did || is_less && usable {
        return Ok(None);
    }
    let opened = posting.record(booking.next_step(), booking.customer, fact, context);
    Ok(Some(opened.told(Some(at))))
}

/// Whether something is due that another package than this one paid for.
fn others_lose(did: &[ServiceLine], would: &[ServiceLine], package: PackageId) -> bool {
    let mut lines = did.iter().zip(would);
    lines.any(|(did, would)| {
        let of_another = did.paid_by.filter(|draw| draw.package != package);
        of_another.is_some() && would.paid_by.is_none()
    })
}

/// Resolves again what was opened to be resolved again; none where nothing was.
///
/// # Errors
/// [`Refusal::HoldMissing`] where packages were read at another moment than the booking.
pub(super) fn resolve_unfinished(
    booking: &Booking,
    entries: &[Entry],
    packages: &[Package],
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let Some((status, at)) = unfinished(entries) else {
        return Ok(None);
    };
    let decision = resolved(booking, packages, (status, at), context)?;
    Ok(decision.map(|decision| decision.told(Some(at))))
}

/// What was resolved, by the other system's time, and opened by [`resolve_anew`], and is not resolved again;
/// unless a person has changed it since.
pub(super) fn unfinished(entries: &[Entry]) -> Option<(BookingStatus, Instant)> {
    let resolved = |entry: &Entry| is_resolution(&entry.fact);
    let index = entries.iter().rposition(resolved)?;
    let since = entries.get(index + 1..)?;
    let opened = since.first()?;
    let by_person = since.iter().any(|entry| entry.told_at.is_none());
    let again = matches!(opened.fact, Fact::Reversed { again: true, .. });
    let status = Booking::fold(entries.get(..=index)?)?.status;
    opened
        .told_at
        .filter(|_| again && !by_person)
        .map(|at| (status, at))
}

fn is_resolution(fact: &Fact) -> bool {
    matches!(
        fact,
        Fact::Completed { .. } | Fact::Cancelled { .. } | Fact::NoShow { .. }
    )
}
