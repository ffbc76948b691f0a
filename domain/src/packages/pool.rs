//! A balance inside a package, what it counts, what it pays for and what it is worth.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::balance::is_zero;
use super::{Account, Balance, Covers};
use crate::journal::Line;
use crate::{Currency, Refusal};

/// The most visits one pool may be granted.
pub const MAX_VISITS: u64 = 100_000;

/// What a pool counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Visits.
    Visit,
    /// Minor units of a currency.
    Money(Currency),
    /// Visits without a number: each is granted when it is drawn, and taken back when released.
    Unlimited,
}

/// How often an unlimited pool may be drawn for appointments of one day, of one week from Monday to
/// Sunday (ISO 8601), and altogether.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Caps {
    /// In one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_day: Option<u32>,
    /// In one week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_week: Option<u32>,
    /// In the whole period that the package is valid.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub per_period: Option<u32>,
}

/// A balance, what it counts, what it pays for and what it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// What it counts.
    pub unit: Unit,
    /// What it pays for.
    pub covers: Covers,
    /// How many units a sale grants; 0 where they are unlimited.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub size: u64,
    /// The part of the package's price that they are sold for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub share_minor: u64,
    /// How often it may be drawn, where that is limited.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub caps: Option<Caps>,
    /// Where its units are.
    #[serde(flatten)]
    pub balance: Balance,
    /// Minor units of the package's currency that everything granted was sold for.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub price_minor: u64,
    /// The part of it that is still owed: for what is available or held.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub worth_minor: u64,
    /// What the units that were used would have cost at list price.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub used_at_list_minor: u64,
    /// The part of the price that was lost to time: it comes back where the units do.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub expired_minor: u64,
    /// The part of the price that went to other customers with the units.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub transferred_minor: u64,
    /// Draws by the appointment's day; there only where they are capped by day or week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<BTreeMap<NaiveDate, u32>>,
}

impl Caps {
    /// The draws by day of a pool so capped, before there are any; none where they need not be known.
    pub(crate) fn no_days(self) -> Option<BTreeMap<NaiveDate, u32>> {
        (self.per_day.is_some() || self.per_week.is_some()).then(BTreeMap::new)
    }

    /// What they leave to another customer after so many draws.
    pub(super) fn after(self, drawn: u64) -> Caps {
        let drawn = u32::try_from(drawn).unwrap_or(u32::MAX);
        let per_period = self.per_period.map(|cap| cap.saturating_sub(drawn));
        Caps { per_period, ..self }
    }
}

impl Pool {
    /// The account that free units are in; none where units are granted as they are drawn.
    pub fn free(&self) -> Option<Account> {
        match self.unit {
            Unit::Visit | Unit::Money(_) => Some(Account::Available),
            Unit::Unlimited => None,
        }
    }

    /// Whether something of it was lost to time.
    pub(crate) fn has_expired(&self) -> bool {
        self.balance.expired > 0 || self.expired_minor > 0
    }

    /// Whether `units` more can be drawn beside `taken` for an appointment on `day`.
    pub fn has_room(&self, day: NaiveDate, units: u64, taken: u64) -> bool {
        let Some(caps) = self.caps else { return true };
        let within = |cap: Option<u32>, drawn: u64| {
            cap.is_none_or(|cap| {
                drawn.saturating_add(taken).saturating_add(units) <= u64::from(cap)
            })
        };
        let sum = |of: &dyn Fn(NaiveDate) -> bool| {
            let days = self.days.iter().flatten().filter(|(day, _)| of(**day));
            days.map(|(_, count)| u64::from(*count)).sum()
        };
        within(caps.per_day, sum(&|other| other == day))
            && within(
                caps.per_week,
                sum(&|other| other.iso_week() == day.iso_week()),
            )
            && within(caps.per_period, self.balance.granted)
    }

    /// The money that `units` of what is owed stand for: their share of the worth, rounded down, so
    /// that the last units carry what is left and no cent is lost.
    pub fn value_of(&self, units: u64) -> u64 {
        let owed = u128::from(self.balance.owed());
        let share = u128::from(self.worth_minor) * u128::from(units);
        let value = share.checked_div(owed).unwrap_or(0);
        u64::try_from(value)
            .unwrap_or(u64::MAX)
            .min(self.worth_minor)
    }

    /// Moves what the line says.
    ///
    /// # Errors
    /// [`Refusal::InsufficientUnits`] when `from` has too few, [`Refusal::HoldMissing`] when it is
    /// what is held, then [`Refusal::TooLarge`].
    pub(crate) fn apply(&mut self, line: &Line) -> Result<(), Refusal> {
        let mut after = self.clone();
        let (units, value) = (line.units, line.value_minor());
        let more = |number: u64, by: u64| number.checked_add(by).ok_or(Refusal::TooLarge);
        let balance = &mut after.balance;
        match line.from {
            Some(from) => {
                let source = balance.account(from);
                *source = source.checked_sub(units).ok_or(short_of(from))?;
            }
            None => balance.granted = more(balance.granted, units)?,
        }
        match line.to {
            Some(to) => {
                let target = balance.account(to);
                *target = more(*target, units)?;
            }
            None => {
                let left = balance.granted.checked_sub(units);
                balance.granted = left.ok_or(Refusal::InsufficientUnits)?;
            }
        }
        match (line.owed_before(), line.owed_after()) {
            (true, false) => {
                let left = after.worth_minor.checked_sub(value);
                after.worth_minor = left.ok_or(Refusal::InsufficientUnits)?;
            }
            (false, true) => after.worth_minor = more(after.worth_minor, value)?,
            (true, true) | (false, false) => {}
        }
        match (line.from, line.to) {
            (None, _) => after.price_minor = more(after.price_minor, value)?,
            (_, None) => {
                let left = after.price_minor.checked_sub(value);
                after.price_minor = left.ok_or(Refusal::InsufficientUnits)?;
            }
            (Some(_), Some(_)) => {}
        }
        if line.to == Some(Account::Expired) {
            after.expired_minor = more(after.expired_minor, value)?;
        } else if line.from == Some(Account::Expired) {
            let left = after.expired_minor.checked_sub(value);
            after.expired_minor = left.ok_or(Refusal::InsufficientUnits)?;
        }
        if line.to == Some(Account::Transferred) {
            after.transferred_minor = more(after.transferred_minor, value)?;
        }
        if line.to == Some(Account::Captured) {
            after.used_at_list_minor = more(after.used_at_list_minor, line.list_minor)?;
        } else if line.from == Some(Account::Captured) {
            let left = after.used_at_list_minor.checked_sub(line.list_minor);
            after.used_at_list_minor = left.ok_or(Refusal::InsufficientUnits)?;
        }
        if let (Some(day), Some(days)) = (line.day, &mut after.days) {
            let by = u32::try_from(units).map_err(|_| Refusal::TooLarge)?;
            let drawn = days.entry(day).or_default();
            match (line.from, line.to) {
                (None, Some(_)) => *drawn = drawn.checked_add(by).ok_or(Refusal::TooLarge)?,
                (Some(_), None) => *drawn = drawn.checked_sub(by).ok_or(Refusal::HoldMissing)?,
                (Some(_), Some(_)) | (None, None) => {}
            }
        }
        *self = after;
        Ok(())
    }
}

fn short_of(account: Account) -> Refusal {
    match account {
        Account::Held => Refusal::HoldMissing,
        Account::Available
        | Account::Captured
        | Account::Forfeited
        | Account::Expired
        | Account::Refunded
        | Account::Transferred => Refusal::InsufficientUnits,
    }
}
