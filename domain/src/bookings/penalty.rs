//! Units that go back, and units that are lost.

use chrono::{Days, TimeDelta};

use super::booking::{Booking, DeductAt, Penalty};
use super::complete::settle;
use super::draw::{Draw, ServiceLine, draw, unpaid};
use crate::calendar::{day_of, start_of_day};
use crate::journal::{Move, Posting};
use crate::packages::{Account, write_off};
use crate::settings::Policies;
use crate::{Context, Instant, PackageId, Refusal, Role};

impl Booking {
    /// What its customer loses if it is called off by whoever acts now.
    pub(super) fn penalty_at(&self, context: &Context) -> Penalty {
        let policies = &self.terms.policies;
        let window = TimeDelta::hours(policies.cancel_window_hours.into());
        let window_from = self.terms.starts_at.checked_sub_signed(window);
        let late = window_from.is_some_and(|from| from <= context.now);
        let begun = self.terms.starts_at <= context.now;
        match (late, begun && context.actor.role == Role::Customer) {
            (_, true) => policies.no_show,
            (true, false) => policies.late_cancel,
            (false, false) => Penalty::Release,
        }
    }
}

/// Takes from a booking what its customer loses by `penalty` and gives the rest back. A booking that
/// holds nothing yet because of `deduct_at: completion` loses what it would have drawn. Answers what
/// was taken for each service.
///
/// # Errors
/// Those of [`Posting::moves`].
pub(super) fn penalise(
    posting: &mut Posting,
    booking: &Booking,
    penalty: Penalty,
    now: Instant,
) -> Result<Vec<ServiceLine>, Refusal> {
    let terms = &booking.terms;
    let slot = terms.slot();
    let drawn = match (terms.policies.deduct_at, penalty) {
        (DeductAt::Booking, _) => terms.services.clone(),
        (DeductAt::Completion, Penalty::Release) => unpaid(&terms.services),
        (DeductAt::Completion, Penalty::Forfeit | Penalty::ForfeitPercent(_)) => {
            settle(booking, posting.packages())
        }
    };
    let taken = |line: &ServiceLine| ServiceLine {
        paid_by: line.paid_by.and_then(|draw| forfeited(draw, penalty)),
        ..line.clone()
    };
    let taken: Vec<ServiceLine> = drawn.iter().map(taken).collect();
    if !terms.holds() {
        let moves = draw(&taken, posting.packages(), Account::Forfeited, slot)?;
        posting.moves(&moves)?;
        return Ok(taken);
    }
    for (draw, price) in booking.held() {
        let lost = penalty.forfeits(draw.units);
        let lost = Draw {
            units: lost,
            ..draw
        };
        let back = Draw {
            units: draw.units - lost.units,
            ..draw
        };
        if lost.units > 0 {
            posting.moves(&[lost.resolved(Some(Account::Forfeited), price, slot)])?;
        }
        // What was free of charge is given back all the same, so that it is forgotten as a use.
        if back.units > 0 || draw.units == 0 {
            let back = back.resolved(None, price, slot);
            give_back(posting, back, &terms.policies, now)?;
        }
    }
    Ok(taken)
}

fn forfeited(draw: Draw, penalty: Penalty) -> Option<Draw> {
    let units = penalty.forfeits(draw.units);
    // A free service takes no unit of its package, but it was that package's all the same.
    let all = penalty == Penalty::Forfeit;
    Some(Draw { units, ..draw }).filter(|draw| all || draw.units > 0)
}

/// Gives held units back to the pool they came from. Where the package has ended meanwhile, what else
/// was left in it is written off, and what returns can be used for the days of grace; without any, it
/// is forfeited.
///
/// # Errors
/// Those of [`Posting::moves`].
pub(super) fn give_back(
    posting: &mut Posting,
    held: Move,
    policies: &Policies,
    now: Instant,
) -> Result<(), Refusal> {
    let package = posting.package(held.package)?;
    let pool = package
        .pools
        .get(held.pool)
        .ok_or(Refusal::PackageNotFound)?;
    let free = pool.free();
    // What is unlimited ends with its time, and nothing is nothing: neither can be used later.
    if !package.standing.ended_at(now) || free.is_none() || held.units == 0 {
        return posting.moves(&[Move { to: free, ..held }]);
    }
    if policies.return_grace_days == 0 {
        return posting.moves(&[Move {
            to: Some(Account::Forfeited),
            ..held
        }]);
    }
    let until = day_of(now, policies.time_zone)
        .checked_add_days(Days::new(u64::from(policies.return_grace_days) + 1))
        .and_then(|day| start_of_day(day, policies.time_zone))
        .ok_or(Refusal::ValidityOutOfRange)?;
    let others = write_off(package);
    posting.moves(&others)?;
    posting.moves(&[Move { to: free, ..held }])?;
    extend(posting, held.package, until)
}

fn extend(posting: &mut Posting, package: PackageId, until: Instant) -> Result<(), Refusal> {
    posting.stand(package, |standing| {
        standing.ends_at = standing.ends_at.max(Some(until));
        standing.end_is_set = true;
    })
}
