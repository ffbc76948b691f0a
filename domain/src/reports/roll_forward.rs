//! From what was owed to what is owed.

use std::collections::BTreeMap;

use super::row::{add, sum};
use super::{Figure, Row, Rows, Sums};
use crate::Currency;

/// What became of the money that is owed to customers, in minor units of one currency:
/// `closing = opening + sold + topped_up + adjusted + transferred − voided − captured − forfeited −
/// refunded − expired`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RollForward {
    /// The currency.
    pub currency: Currency,
    /// Owed before the first day.
    pub opening: i128,
    /// Granted by sales.
    pub sold: i128,
    /// Granted by top-ups.
    pub topped_up: i128,
    /// Granted by corrections, less what they took back.
    pub adjusted: i128,
    /// Granted by transfers, less what they took away: what they did not pass on.
    pub transferred: i128,
    /// Taken back because a sale was a mistake.
    pub voided: i128,
    /// Used, less what was reversed.
    pub captured: i128,
    /// Lost to late cancellations and no-shows.
    pub forfeited: i128,
    /// Paid back.
    pub refunded: i128,
    /// Lost to time.
    pub expired: i128,
    /// Owed after the last day.
    pub closing: i128,
}

/// From the ledger of all days before the first, and that of the days themselves. A currency that
/// was never owed has no line. The liability of a day is the closing of that day.
pub fn roll_forward(before: &Rows, days: &Rows) -> Vec<RollForward> {
    let before = ledger(before);
    let mut days = ledger(days);
    for currency in before.keys() {
        days.entry(*currency).or_default();
    }
    let lines = days.into_iter();
    lines
        .map(|(currency, sums)| {
            let opening = before.get(&currency).map_or(0, change);
            let sum = |figure| sum(&sums, figure);
            RollForward {
                currency,
                opening,
                sold: sum(Figure::Sold),
                topped_up: sum(Figure::ToppedUp),
                adjusted: sum(Figure::Adjusted),
                transferred: sum(Figure::Transferred),
                voided: sum(Figure::Voided),
                captured: sum(Figure::Captured),
                forfeited: sum(Figure::Forfeited),
                refunded: sum(Figure::Refunded),
                expired: sum(Figure::Expired),
                closing: opening + change(&sums),
            }
        })
        .collect()
}

/// The ledger's sums by currency.
fn ledger(rows: &Rows) -> BTreeMap<Currency, Sums> {
    let mut ledger = BTreeMap::<Currency, Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Ledger(_, currency) = row {
            add(ledger.entry(*currency).or_default(), sums);
        }
    }
    ledger
}

fn change(sums: &Sums) -> i128 {
    let sum = |figure| sum(sums, figure);
    sum(Figure::Sold) + sum(Figure::ToppedUp) + sum(Figure::Adjusted) + sum(Figure::Transferred)
        - sum(Figure::Voided)
        - sum(Figure::Captured)
        - sum(Figure::Forfeited)
        - sum(Figure::Refunded)
        - sum(Figure::Expired)
}
