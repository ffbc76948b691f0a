//! Taking back what was recorded by mistake.

use std::collections::{BTreeMap, BTreeSet};

use super::booking::{Booking, BookingStatus};
use super::draw::{Draw, ServiceLine, unpaid};
use super::eligible::can_pay;
use crate::journal::{Entry, Fact, Line, Move, Posting};
use crate::packages::{Account, Package, Stage, Unit};
use crate::{Context, Decision, Money, PackageId, Refusal};

/// Takes a completion, a no-show or a cancellation back: its units return to where they were, each with the money it
/// stood for, and the appointment is open again, holding what it held. A walk-in, which was never open,
/// becomes cancelled. What a package lost to time meanwhile stays lost. `entries` are the booking's,
/// in order.
///
/// # Errors
/// In this order: [`Refusal::NotReversible`] for what is open, and a walk-in that was taken back; for the
/// first unit that cannot return [`Refusal::PackageClosed`] when its package was refunded or voided since,
/// [`Refusal::CapReached`] or [`Refusal::InsufficientUnits`] when what was given back was used for
/// something else; of a cancellation those of a booking that the package does not pay for any more; [`Refusal::HoldMissing`] where the package was read at another moment than the
/// booking.
pub fn reverse(
    booking: &Booking,
    entries: &[Entry],
    packages: &[Package],
    context: &Context,
) -> Result<Decision, Refusal> {
    match booking.status {
        BookingStatus::Completed | BookingStatus::NoShow => {}
        BookingStatus::Cancelled if !booking.walk_in => {}
        status @ (BookingStatus::Booked | BookingStatus::Cancelled) => {
            return Err(Refusal::NotReversible(status));
        }
    }
    let mut posting = Posting::new(packages, context.now);
    let services = put_back(booking, entries, &mut posting)?;
    if booking.status == BookingStatus::Cancelled {
        may_hold_again(booking, &services, posting.packages())?;
    }
    let fact = Fact::Reversed {
        booking: booking.terms.booking.clone(),
        services,
        again: false,
    };
    Ok(posting.record(booking.next_step(), booking.customer, fact, context))
}

/// Puts back what the last entry took: what the booking held before it.
///
/// # Errors
/// Those of [`reverse`] for a unit that cannot return.
pub(super) fn put_back(
    booking: &Booking,
    entries: &[Entry],
    posting: &mut Posting,
) -> Result<Vec<ServiceLine>, Refusal> {
    let (resolution, before) = entries.split_last().ok_or(Refusal::BookingNotFound)?;
    let services = match Booking::fold(before) {
        Some(before) => before.terms.services,
        None => unpaid(&booking.terms.services),
    };
    // What had ended when the appointment was resolved was written off beside it: that was no mistake.
    let moved = resolution.lines.iter().rev();
    let moved: Vec<&Line> = moved
        .filter(|line| line.to != Some(Account::Expired))
        .collect();
    let rests = rests(&moved, &services);
    for (index, line) in moved.into_iter().enumerate() {
        let rest = rests.contains(&index);
        take_back(posting, (line, rest), booking, &services)?;
    }
    Ok(services)
}

fn is_used(line: &Line) -> bool {
    matches!(line.to, Some(Account::Captured | Account::Forfeited))
}

/// Which of the lines are the rest of a draw that was lost in part. Of each pool as many as there are
/// more ends of holds than draws, what was given back first; none of a walk-in, which held nothing.
fn rests(moved: &[&Line], services: &[ServiceLine]) -> BTreeSet<usize> {
    let mut draws = BTreeMap::<(PackageId, usize), usize>::new();
    for draw in services.iter().filter_map(|line| line.paid_by) {
        *draws.entry((draw.package, draw.pool)).or_default() += 1;
    }
    let mut rests = BTreeSet::new();
    for (at, draws) in draws {
        let ends = moved.iter().enumerate();
        let ends = ends.filter(|(_, line)| (line.package, line.pool) == at);
        let ends = ends.filter(|(_, line)| line.from == Some(Account::Held));
        let mut ends: Vec<(usize, &&Line)> = ends.collect();
        let more = ends.len().saturating_sub(draws);
        ends.sort_by_key(|(_, line)| is_used(line));
        rests.extend(ends.into_iter().take(more).map(|(index, _)| index));
    }
    rests
}

/// Whether what is to be held again could be booked now: what was called off is drawn anew.
pub(super) fn may_hold_again(
    booking: &Booking,
    services: &[ServiceLine],
    packages: &[Package],
) -> Result<(), Refusal> {
    let slot = booking.terms.slot();
    for line in services {
        let Some(draw) = line.paid_by else { continue };
        let package = packages.iter().find(|package| package.id == draw.package);
        let package = package.ok_or(Refusal::PackageNotFound)?;
        // It is held already: the question is whether nothing more could be.
        let none = Draw { units: 0, ..draw };
        let allowed = can_pay(booking.customer, package, none, &[], slot);
        allowed.map_err(|reason| reason.refusal(line.service))?;
    }
    Ok(())
}

fn take_back(
    posting: &mut Posting,
    (line, rest): (&Line, bool),
    booking: &Booking,
    services: &[ServiceLine],
) -> Result<(), Refusal> {
    let slot = booking.terms.slot();
    let package = posting.package(line.package)?;
    match package.standing.stage {
        Stage::Active | Stage::Pending => {}
        Stage::Offered | Stage::Declined | Stage::Voided | Stage::Refunded | Stage::Transferred => {
            return Err(Refusal::PackageClosed);
        }
    }
    let pool = package.pools.get(line.pool);
    let pool = pool.ok_or(Refusal::PackageNotFound)?;
    let drawn_again = pool.unit == Unit::Unlimited && line.to.is_none();
    if drawn_again && !pool.has_room(slot.day(), line.units, 0) {
        let drew = |service: &&ServiceLine| {
            let draw = service.paid_by;
            draw.is_some_and(|draw| (draw.package, draw.pool) == (line.package, line.pool))
        };
        let service = services.iter().find(drew).map(|line| line.service);
        return Err(service.map_or(Refusal::InsufficientUnits, Refusal::CapReached));
    }
    let listed = Money::total(package.terms.price.currency(), line.list_minor);
    let moved = posting.moves(&[Move {
        value_minor: Some(line.value_minor()),
        list_price: Some(listed).filter(|listed| listed.amount_minor() > 0),
        slot: Some(slot),
        rest,
        ..Move::new((line.package, line.pool), line.to, line.from, line.units)
    }]);
    match (moved, line.to) {
        // What was used cannot have left: the package was read before it was.
        (Err(Refusal::InsufficientUnits), Some(Account::Captured | Account::Forfeited)) => {
            Err(Refusal::HoldMissing)
        }
        (moved, _) => moved,
    }
}
