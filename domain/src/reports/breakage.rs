//! How much of what was sold is lost.

use chrono::NaiveDate;

use super::row::sum;
use super::{Figure, Month, Row, Rows, Share};
use crate::{Currency, TemplateId};

/// How much of what was sold is lost to the customers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Breakage {
    /// The month of sale.
    pub month: Month,
    /// Of packages of this template; none for what was put together for a customer.
    pub template: Option<TemplateId>,
    /// The currency.
    pub currency: Currency,
    /// Lost to late cancellations and no-shows, in minor units.
    pub forfeited: i128,
    /// Lost to time.
    pub expired: i128,
    /// Both together, of all that was granted less what was voided.
    pub lost: Share,
}

/// By month of sale and template, as of `day`.
pub fn breakage(rows: &Rows, day: NaiveDate) -> Vec<Breakage> {
    let mut lines = Vec::new();
    for (row, sums) in rows.iter() {
        let Row::Cohort(month, template, currency) = row else {
            continue;
        };
        let ended = sums.iter().filter(|(figure, _)| match figure {
            Figure::Ends(on) => *on <= day,
            Figure::Expired => true,
            Figure::Granted
            | Figure::Sold
            | Figure::SoldCount
            | Figure::Voided
            | Figure::VoidedCount
            | Figure::ToppedUp
            | Figure::Adjusted
            | Figure::Transferred
            | Figure::Captured
            | Figure::Forfeited
            | Figure::Refunded
            | Figure::Pipeline(_) => false,
        });
        let expired = ended.map(|(_, by)| by).sum();
        let sum = |figure| sum(sums, figure);
        let forfeited = sum(Figure::Forfeited);
        lines.push(Breakage {
            month: *month,
            template: *template,
            currency: *currency,
            forfeited,
            expired,
            lost: Share {
                numerator: forfeited + expired,
                denominator: sum(Figure::Sold)
                    + sum(Figure::ToppedUp)
                    + sum(Figure::Adjusted)
                    + sum(Figure::Transferred)
                    - sum(Figure::Voided),
            },
        });
    }
    lines
}
