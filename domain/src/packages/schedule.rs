//! What has to be paid when, and how much of it is.

use chrono::{Datelike, Months, NaiveDate};
use chrono_tz::Tz;

use super::{InstalmentPlan, Package};
use crate::Money;
use crate::calendar::day_of;

/// Which part of the price an instalment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// What has to be paid before the package can be used.
    Deposit,
    /// The n-th of a plan's monthly instalments, from 1.
    Monthly(u8),
    /// What no plan says when to pay: all the rest without a plan, and what was topped up.
    Open,
}

/// A part of the price that is paid at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Instalment {
    /// Which part.
    pub part: Part,
    /// The day it is due; none at any time.
    pub due_on: Option<NaiveDate>,
    /// How much.
    pub amount: Money,
    /// How much of it is paid.
    pub paid: Money,
}

impl Instalment {
    /// What is still to be paid of it.
    pub fn outstanding(&self) -> Money {
        let left = self.amount.amount_minor() - self.paid.amount_minor();
        Money::total(self.amount.currency(), left)
    }
}

/// The instalments of a package, in the order in which payments fill them: the deposit, due on the
/// day of the sale; the monthly ones of the plan, the first on the plan's day next after the sale,
/// which split what the deposit leaves of the price that was agreed; then what was topped up since,
/// or all the rest where there is no plan, due at any time. They add up to what has to be paid; one
/// of nothing is left out. What was taken off the price since is taken off the last ones.
pub fn schedule(package: &Package, zone: Tz) -> Vec<Instalment> {
    let (terms, standing) = (&package.terms, &package.standing);
    let currency = terms.price.currency();
    let sold_on = day_of(package.agreed_at(), zone);
    let deposit = terms.deposit.map_or(0, Money::amount_minor);
    let rest = terms.price.amount_minor().saturating_sub(deposit);
    let mut parts = vec![(Part::Deposit, Some(sold_on), deposit)];
    if let Some(plan) = terms.plan {
        let shares = Money::total(currency, rest).split(&vec![1; usize::from(plan.count)]);
        let numbered = (1..=plan.count).zip(shares);
        parts.extend(numbered.map(|(number, share)| {
            let due_on = due_on(plan, sold_on, number);
            (Part::Monthly(number), due_on, share)
        }));
    }
    let mut left = standing.price_minor;
    let mut paid = standing.paid_minor;
    let mut instalments = Vec::with_capacity(parts.len() + 1);
    // The last part takes whatever the others leave.
    parts.push((Part::Open, None, u64::MAX));
    for (part, due_on, most) in parts {
        let amount = most.min(left);
        let filled = amount.min(paid);
        left -= amount;
        paid -= filled;
        if amount > 0 {
            instalments.push(Instalment {
                part,
                due_on,
                amount: Money::total(currency, amount),
                paid: Money::total(currency, filled),
            });
        }
    }
    instalments
}

/// What should have been paid through `today` and is not, in minor units.
pub(super) fn overdue_minor(package: &Package, today: NaiveDate, zone: Tz) -> u64 {
    let instalments = schedule(package, zone).into_iter();
    let due = instalments.filter(|one| one.due_on.is_some_and(|day| day <= today));
    due.map(|one| one.outstanding().amount_minor())
        .fold(0, u64::saturating_add)
}

/// The day of the n-th instalment, from 1. None where the calendar ends.
fn due_on(plan: InstalmentPlan, sold_on: NaiveDate, number: u8) -> Option<NaiveDate> {
    let this_month = day_in_month(sold_on, plan.monthly_day)?;
    let later = u32::from(number) - u32::from(this_month > sold_on);
    let month = sold_on
        .with_day(1)?
        .checked_add_months(Months::new(later))?;
    day_in_month(month, plan.monthly_day)
}

/// The day of this number in the month of `day`, or its last one if it is shorter.
fn day_in_month(day: NaiveDate, number: u8) -> Option<NaiveDate> {
    (1..=u32::from(number))
        .rev()
        .find_map(|day_number| day.with_day(day_number))
}
