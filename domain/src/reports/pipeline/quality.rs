//! What became of what was won: sold, paid, used, paid back.

use std::collections::BTreeMap;

use chrono_tz::Tz;

use super::row::sum;
use super::{Measure, PipelineFigure, PipelineRow, Tally};
use crate::journal::{Entry, Fact, PackageChange};
use crate::pipeline::Outcome;
use crate::reports::{Figure, Month, Origin, Posting, Row, Rows};
use crate::{Currency, Money, PackageId, Refusal};

/// What became of what was won in a month, in minor units of one currency. All but what was won is of
/// the packages that accepted quotes sold in the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WinQuality {
    /// The month of the win, which is that of the sale.
    pub month: Month,
    /// The currency.
    pub currency: Currency,
    /// What was won, whether or not by a quote.
    pub won: Tally,
    /// The prices of the packages, less those that were voided.
    pub sold: i128,
    /// What was paid for them, less what came back.
    pub collected: i128,
    /// The value of what was used of them, less what was reversed.
    pub consumed: i128,
    /// What was paid back for them.
    pub refunded: i128,
}

/// By month of the win, over all months in `rows`.
pub fn win_quality(rows: &Rows) -> Vec<WinQuality> {
    let won = rows.iter().filter_map(|(row, sums)| {
        if let Row::Pipeline(PipelineRow::Won(month, currency)) = row {
            return Some((*month, *currency, sums));
        }
        None
    });
    won.map(|(month, currency, sums)| {
        let of = |figure| crate::reports::row::sum(sums, figure);
        WinQuality {
            month,
            currency,
            won: Tally {
                count: sum(sums, PipelineFigure::Closed(Outcome::Won, Measure::Count)),
                value: sum(sums, PipelineFigure::Closed(Outcome::Won, Measure::Value)),
            },
            sold: of(Figure::Sold) - of(Figure::Voided),
            collected: sum(sums, PipelineFigure::Collected),
            consumed: of(Figure::Captured),
            refunded: sum(sums, PipelineFigure::PaidBack),
        }
    })
    .collect()
}

/// What a line of a package adds to what became of its month's wins: nothing unless a quote sold it.
pub(in crate::reports) fn origin_postings(
    origin: &Origin,
    (figure, by): (Figure, i128),
    currency: Currency,
    zone: Tz,
) -> Option<Posting> {
    let told = match figure {
        Figure::Sold | Figure::Voided | Figure::Captured => origin.quoted,
        Figure::Granted
        | Figure::SoldCount
        | Figure::VoidedCount
        | Figure::ToppedUp
        | Figure::Adjusted
        | Figure::Transferred
        | Figure::Forfeited
        | Figure::Refunded
        | Figure::Expired
        | Figure::Ends(_)
        | Figure::Pipeline(_) => false,
    };
    told.then(|| Posting {
        row: Row::Pipeline(PipelineRow::Won(origin.month(zone), currency)),
        figure,
        by,
    })
}

/// What a payment of a package, one that came back or a refund adds.
///
/// # Errors
/// [`Refusal::PackageNotFound`] for a package that `origins` does not have.
pub(in crate::reports) fn payment(
    entry: &Entry,
    origins: &BTreeMap<PackageId, Origin>,
    zone: Tz,
) -> Result<Vec<Posting>, Refusal> {
    let Some((package, figure, amount, sign)) = paid(&entry.fact) else {
        return Ok(Vec::new());
    };
    let origin = origins.get(&package).ok_or(Refusal::PackageNotFound)?;
    let row = PipelineRow::Won(origin.month(zone), amount.currency());
    let posting = Posting {
        row: Row::Pipeline(row),
        figure: Figure::Pipeline(figure),
        by: sign * i128::from(amount.amount_minor()),
    };
    let told = origin.quoted && posting.by != 0;
    Ok(told.then_some(posting).into_iter().collect())
}

/// The package that a fact says was paid for, or that its payment came back or was paid back.
pub fn paid_for(fact: &Fact) -> Option<PackageId> {
    paid(fact).map(|(package, ..)| package)
}

fn paid(fact: &Fact) -> Option<(PackageId, PipelineFigure, Money, i128)> {
    use PipelineFigure::{Collected, PaidBack};
    let Fact::PackageChanged { package, change } = fact else {
        return None;
    };
    let (figure, amount, sign) = match change {
        PackageChange::Paid(payment) => (Collected, payment.amount, 1),
        PackageChange::PaymentReturned(returned) => (Collected, returned.amount, -1),
        PackageChange::Refunded { amount, .. } => (PaidBack, *amount, 1),
        PackageChange::Accepted
        | PackageChange::Declined
        | PackageChange::Expired
        | PackageChange::Adjusted(_)
        | PackageChange::ToppedUp(_)
        | PackageChange::Frozen
        | PackageChange::Unfrozen
        | PackageChange::Extended(_)
        | PackageChange::Transferred(_)
        | PackageChange::MembersChanged { .. }
        | PackageChange::Voided(_)
        | PackageChange::RefundQuoted(_)
        | PackageChange::PaymentFailed(_)
        | PackageChange::ReturnForetold(_)
        | PackageChange::RefundConfirmed(_)
        | PackageChange::Collected(_)
        | PackageChange::DebitRejected(_) => return None,
    };
    Some((*package, figure, amount, sign))
}
