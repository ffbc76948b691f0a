//! Units that go back, and units that are lost.

use std::collections::BTreeMap;

use chrono::{Days, TimeDelta};

use super::booking::{Booking, DeductAt, Penalty};
use super::complete::settle;
use super::draw::{Draw, ServiceLine, draw, unpaid};
use crate::calendar::{day_of, start_of_day};
use crate::journal::{Move, Posting};
use crate::packages::{Account, write_off};
use crate::settings::Policies;
use crate::{Instant, PackageId, Refusal};

impl Booking {
    /// What its customer loses if it is called off at `now`.
    pub(super) fn penalty_at(&self, now: Instant) -> Penalty {
        let policies = &self.terms.policies;
        let window = TimeDelta::hours(policies.cancel_window_hours.into());
        let window_from = self.terms.starts_at.checked_sub_signed(window);
        match window_from.is_some_and(|from| from <= now) {
            true => policies.late_cancel,
            false => Penalty::Release,
        }
    }
}

/// The parts of draws that are lost. Those of one pool are rounded together, so that half of three
/// single visits is two visits and not three.
#[derive(Debug)]
struct Parts {
    penalty: Penalty,
    drawn: BTreeMap<(PackageId, usize), u64>,
}

impl Parts {
    fn of(penalty: Penalty) -> Self {
        Self {
            penalty,
            drawn: BTreeMap::new(),
        }
    }

    /// The units lost of this draw, after those before it.
    fn lost(&mut self, draw: Draw) -> u64 {
        let drawn = self.drawn.entry((draw.package, draw.pool)).or_default();
        let before = *drawn;
        *drawn = drawn.saturating_add(draw.units);
        self.penalty.forfeits(*drawn) - self.penalty.forfeits(before)
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
            settle(booking, posting.packages(), (now, posting.now()))
        }
    };
    let mut parts = Parts::of(penalty);
    let taken = drawn.iter().map(|line| ServiceLine {
        paid_by: line.paid_by.and_then(|draw| forfeited(draw, &mut parts)),
        ..line.clone()
    });
    let taken: Vec<ServiceLine> = taken.collect();
    if !terms.holds() {
        let moves = draw(&taken, posting.packages(), Account::Forfeited, slot)?;
        posting.moves(&moves)?;
        return Ok(taken);
    }
    let services = terms.services.iter().zip(&taken).rev();
    for (line, taken) in services {
        let (Some(draw), price) = (line.paid_by, line.price) else {
            continue;
        };
        let lost = Draw {
            units: taken.paid_by.map_or(0, |taken| taken.units),
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
            let back = Move {
                rest: lost.units > 0,
                ..back.resolved(None, price, slot)
            };
            give_back(posting, back, &terms.policies, now)?;
        }
    }
    Ok(taken)
}

fn forfeited(draw: Draw, parts: &mut Parts) -> Option<Draw> {
    let units = parts.lost(draw);
    // A free service takes no unit of its package, but it was that package's all the same.
    let all = parts.penalty == Penalty::Forfeit;
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
