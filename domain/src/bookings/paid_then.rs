//! What could pay for an appointment when it was resolved.

use super::booking::Booking;
use super::draw::{Draw, ServiceLine};
use super::reopen::hold;
use super::reschedule::give_all_back;
use crate::journal::{Fact, Posting};
use crate::packages::{Package, stood_at};
use crate::{Context, Decision, Instant, PackageId, Refusal};

/// Lets an open appointment hold what could pay for it at `at`, where that makes a difference to what it
/// draws on a package of which a payment was told; none where it does not.
///
/// # Errors
/// Those of a [`Posting`]: packages that were read at another moment than the booking.
pub(super) fn hold_as_paid_then(
    booking: &Booking,
    packages: &[Package],
    at: Instant,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let terms = &booking.terms;
    let concerned = |one: &Package| one.standing.heard.is_some() || one.standing.changed_since(at);
    if !booking.may_hold()
        || !packages.iter().any(concerned)
        || holds_what_is_over(&terms.services, packages, at)
    {
        return Ok(None);
    }
    let mut posting = Posting::new(packages, context.now);
    give_all_back(booking, &mut posting, at)?;
    let services = hold(booking, &mut posting, at)?;
    let stood = stood_at(packages, at, context.now);
    let mut told = stood.iter().zip(packages).filter(|(_, now)| concerned(now));
    let differs = told.any(|(then, _)| {
        let (would, does) = (
            drawn_on(&services, then.id),
            drawn_on(&terms.services, then.id),
        );
        let is_less = would.iter().flatten().count() < does.iter().flatten().count();
        // A payment pays for more, never for less; what came back takes away.
        would != does && !(is_less && then.is_paid_for())
    });
    match differs {
        true => Ok(Some(held_otherwise(booking, services, posting, context))),
        false => Ok(None),
    }
}

/// What holds otherwise, at the same time.
pub(super) fn held_otherwise(
    booking: &Booking,
    services: Vec<ServiceLine>,
    posting: Posting,
    context: &Context,
) -> Decision {
    let fact = Fact::Rescheduled {
        booking: booking.terms.booking.clone(),
        starts_at: booking.terms.starts_at,
        services,
    };
    posting.record(booking.next_step(), booking.customer, fact, context)
}

/// Whether any of it is held of a package that has ended or rests: given back, it could not be held again.
pub(super) fn holds_what_is_over(
    services: &[ServiceLine],
    packages: &[Package],
    at: Instant,
) -> bool {
    let mut draws = services.iter().filter_map(|line| line.paid_by);
    draws.any(|draw| {
        let mut held = packages.iter().filter(|one| one.id == draw.package);
        held.any(|one| one.standing.ended_at(at) || one.standing.frozen_at(at))
    })
}

/// What each service draws on the package.
pub(super) fn drawn_on(services: &[ServiceLine], package: PackageId) -> Vec<Option<Draw>> {
    let draws = services.iter().map(|line| line.paid_by);
    draws
        .map(|draw| draw.filter(|draw| draw.package == package))
        .collect()
}
