//! What of a package can be collected by direct debit.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::terms::is_default;
use super::{Instalment, Package, Part, Stage, schedule};
use crate::customers::MandateRecord;
use crate::journal::Posting;
use crate::sepa::{Collection, next_target_day};
use crate::{Instant, Money, PackageId, Refusal};

/// How far a plan has been collected.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct DirectDebit {
    /// The day on which the next instalment is due that was never collected and is not paid; none
    /// when there is no such instalment.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_due_on: Option<NaiveDate>,
    /// The number of the last instalment that was collected; it and those before never are again.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collected: u8,
    /// What the bank was given to collect and has neither paid nor rejected, in minor units by the
    /// number of the instalment: it may still arrive, so it is neither asked for twice nor taken in
    /// another way.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub in_flight: BTreeMap<u8, u64>,
    /// The instalments whose debits were rejected.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rejected: BTreeSet<u8>,
}

impl DirectDebit {
    /// That of a package as it was just sold; none unless its plan is by direct debit.
    pub(crate) fn of(package: &Package, zone: Tz) -> Option<Self> {
        package.terms.plan.filter(|plan| plan.direct_debit)?;
        let debit = Self::default();
        Some(debit.looking_ahead(package, zone))
    }

    /// Finds the next instalment to collect again, after what changed in the posting.
    ///
    /// # Errors
    /// [`Refusal::PackageNotFound`].
    pub(crate) fn look_ahead(
        posting: &mut Posting,
        id: PackageId,
        zone: Tz,
    ) -> Result<(), Refusal> {
        let package = posting.package(id)?;
        let debit = package.standing.debit.clone();
        let debit = debit.map(|debit| debit.looking_ahead(package, zone));
        posting.stand(id, |standing| standing.debit = debit)
    }

    /// What is on its way altogether, in minor units.
    pub fn in_flight_minor(&self) -> u64 {
        let amounts = self.in_flight.values().copied();
        amounts.fold(0, u64::saturating_add)
    }

    /// Takes what arrived off what is on its way: off the debit of the instalment `named`, or else off
    /// the oldest. Answers what of it was not on its way. One that was rejected by mistake arrives after
    /// all, and stands for none of the others.
    ///
    /// # Errors
    /// [`Refusal::DebitNotFound`] for a debit that was never collected, or arrived before.
    pub(super) fn arrived(&mut self, paid_minor: u64, named: Option<u8>) -> Result<u64, Refusal> {
        let of = match named {
            Some(named) if self.in_flight.contains_key(&named) => vec![named],
            Some(named) if self.rejected.remove(&named) => Vec::new(),
            Some(_) => return Err(Refusal::DebitNotFound),
            None => self.in_flight.keys().copied().collect(),
        };
        let mut rest = paid_minor;
        for instalment in of {
            if let Some(left) = self.in_flight.get_mut(&instalment) {
                let arrived = rest.min(*left);
                *left -= arrived;
                rest -= arrived;
            }
        }
        self.in_flight.retain(|_, left| *left > 0);
        Ok(rest)
    }

    fn looking_ahead(self, package: &Package, zone: Tz) -> Self {
        let next = self.uncollected(package, zone);
        Self {
            next_due_on: next.first().map(|(_, day, _)| *day),
            ..self
        }
    }

    /// Number, day and outstanding amount of what is neither collected nor paid.
    fn uncollected(&self, package: &Package, zone: Tz) -> Vec<(u8, NaiveDate, Money)> {
        let uncollected = |instalment: Instalment| match (instalment.part, instalment.due_on) {
            (Part::Monthly(number), Some(day)) if number > self.collected => {
                let outstanding = instalment.outstanding();
                (outstanding.amount_minor() > 0).then_some((number, day, outstanding))
            }
            (Part::Monthly(_) | Part::Deposit | Part::Open, _) => None,
        };
        schedule(package, zone)
            .into_iter()
            .filter_map(uncollected)
            .collect()
    }
}

/// An instalment to be collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DueDebit {
    /// Which of the plan, from 1.
    pub instalment: u8,
    /// Of how many.
    pub of: u8,
    /// The day it is due.
    pub due_on: NaiveDate,
    /// What is outstanding of it.
    pub amount: Money,
}

/// Why nothing of a package is collected although something is due, in the order in which it is
/// checked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Obstacle {
    /// Its deposit is not paid, or it was voided or refunded.
    NotActive,
    /// It rests.
    Frozen,
    /// SEPA collects euro only.
    OtherCurrency,
    /// An instalment is above what SEPA collects at once.
    TooLarge,
    /// The customer has given no mandate, or taken it back.
    NoMandate,
    /// The mandate is signed after the day of the collection.
    MandateDate,
    /// Nothing was collected under the mandate for 36 months: it has lapsed (EPC016-06, 4.1).
    MandateLapsed,
    /// A collection takes no more than it does; it is due in the next one.
    NextCollection,
}

/// What of a package is due, and whether it can be collected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What is due, the oldest first; may be nothing.
    pub debits: Vec<DueDebit>,
    /// What stands against it.
    pub obstacle: Option<Obstacle>,
}

/// What of the plan is due on or before `collect_on`, was never collected and is not paid. Deposits
/// and top-ups belong to no plan and are not collected. Together with what is still on its way from
/// earlier collections it is never more than is outstanding. A blocked package is collected from: a
/// payment that came back says nothing of the next one, and who wants no more takes the mandate off.
pub fn due(
    package: &Package,
    mandate: Option<&MandateRecord>,
    collect_on: NaiveDate,
    zone: Tz,
    now: Instant,
) -> Due {
    let standing = &package.standing;
    let of = package.terms.plan.map_or(0, |plan| plan.count);
    let mut left = standing
        .outstanding_minor()
        .saturating_sub(standing.in_flight_minor());
    let debit = standing.debit.as_ref();
    let uncollected = debit.map_or_else(Vec::new, |debit| debit.uncollected(package, zone));
    let due = uncollected
        .into_iter()
        .take_while(|(_, day, _)| *day <= collect_on);
    let debits = due.map(|(instalment, due_on, outstanding)| {
        let amount_minor = outstanding.amount_minor().min(left);
        left -= amount_minor;
        DueDebit {
            instalment,
            of,
            due_on,
            amount: Money::total(outstanding.currency(), amount_minor),
        }
    });
    let debits: Vec<DueDebit> = debits
        .filter(|debit| debit.amount.amount_minor() > 0)
        .collect();
    let obstacle = obstacle(package, &debits, mandate, collect_on, now);
    Due { debits, obstacle }
}

fn obstacle(
    package: &Package,
    debits: &[DueDebit],
    mandate: Option<&MandateRecord>,
    collect_on: NaiveDate,
    now: Instant,
) -> Option<Obstacle> {
    if package.standing.stage != Stage::Active {
        return Some(Obstacle::NotActive);
    }
    if package.standing.frozen_at(now) {
        return Some(Obstacle::Frozen);
    }
    if package.terms.price.currency().code() != "EUR" {
        return Some(Obstacle::OtherCurrency);
    }
    let too_large = |debit: &DueDebit| debit.amount.amount_minor() > Collection::MAX_CENTS;
    if debits.iter().any(too_large) {
        return Some(Obstacle::TooLarge);
    }
    let Some((record, mandate)) =
        mandate.and_then(|record| record.mandate.as_ref().map(|m| (record, m)))
    else {
        return Some(Obstacle::NoMandate);
    };
    let collected_on = next_target_day(collect_on);
    if !mandate.is_signed_by(collected_on) {
        return Some(Obstacle::MandateDate);
    }
    record
        .has_lapsed(collected_on)
        .then_some(Obstacle::MandateLapsed)
}
