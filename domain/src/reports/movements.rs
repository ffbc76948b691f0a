//! What an entry adds: by its lines, by what was paid, or as a change of an opportunity.

use std::collections::{BTreeMap, BTreeSet};

use chrono_tz::Tz;

use super::pipeline::{self, origin_postings};
use super::{Figure, Origin, Period, Posting, Row};
use crate::calendar::day_of;
use crate::journal::{Entry, Fact, Line, PackageChange, Subject};
use crate::packages::Account;
use crate::{PackageId, Refusal};

/// What `entry` adds, in the days of `zone`. `origins` has the packages that it concerns.
///
/// # Errors
/// [`Refusal::PackageNotFound`] for a package or pool that `origins` does not have.
pub fn movements(
    entry: &Entry,
    origins: &BTreeMap<PackageId, Origin>,
    zone: Tz,
) -> Result<Vec<Posting>, Refusal> {
    if let Some(change) = entry.fact.opportunity() {
        return Ok(pipeline::postings(change, entry.at, zone));
    }
    let day = day_of(entry.at, zone);
    let mut postings = pipeline::payment(entry, origins, zone)?;
    let mut counted = BTreeSet::new();
    for line in &entry.lines {
        let origin = origins.get(&line.package).ok_or(Refusal::PackageNotFound)?;
        let unit = origin
            .counted
            .get(line.pool)
            .ok_or(Refusal::PackageNotFound)?;
        let usage = unit.map(|unit| Row::Usage(origin.month(zone), origin.template, unit));
        if let Some(row) = usage {
            postings.extend(of_units(line).map(|(figure, by)| Posting {
                row: row.clone(),
                figure,
                by,
            }));
        }
        let Some((figure, by)) = of_money(line, &entry.fact, origin) else {
            continue;
        };
        let currency = match line.value {
            Some(value) => value.currency(),
            // What was given for nothing is counted, too, under the currency of its price.
            None => origin.currency,
        };
        postings.extend(origin_postings(origin, (figure, by), currency, zone));
        let mut post = |row, figure, by| postings.push(Posting { row, figure, by });
        let cohort = Row::Cohort(origin.month(zone), origin.template, currency);
        post(cohort, figure, by);
        let count = count_of(figure);
        let first = count.is_some() && counted.insert(line.package);
        for period in Period::around(day) {
            post(Row::Ledger(period, currency), figure, by);
            let Some(count) = count else {
                continue;
            };
            for row in [
                Row::Template(period, origin.template, currency),
                Row::Seller(period, origin.seller.clone(), currency),
            ] {
                post(row.clone(), figure, by);
                if first {
                    post(row, count, 1);
                }
            }
        }
    }
    postings.retain(|posting| posting.by != 0);
    Ok(postings)
}

/// The figure in which packages are counted beside this one.
fn count_of(figure: Figure) -> Option<Figure> {
    match figure {
        Figure::Sold => Some(Figure::SoldCount),
        Figure::Voided => Some(Figure::VoidedCount),
        Figure::SoldCount
        | Figure::VoidedCount
        | Figure::Granted
        | Figure::ToppedUp
        | Figure::Adjusted
        | Figure::Transferred
        | Figure::Captured
        | Figure::Forfeited
        | Figure::Refunded
        | Figure::Expired
        | Figure::Ends(_)
        | Figure::Pipeline(_) => None,
    }
}

/// What a line changes in the money that is owed: which figure, and by how much. None where what is
/// owed stays.
fn of_money(line: &Line, fact: &Fact, origin: &Origin) -> Option<(Figure, i128)> {
    let value = i128::from(line.value_minor());
    let (taken, other) = match (line.owed_before(), line.owed_after()) {
        (true, true) | (false, false) => return None,
        (false, true) => (false, line.from),
        (true, false) => (true, line.to),
    };
    let owed = if taken { -value } else { value };
    Some(match other {
        // Used elsewhere: what is owed from the import on is less by it.
        Some(Account::Captured) if matches!(fact, Fact::PackageImported(_)) => {
            (Figure::Adjusted, owed)
        }
        Some(Account::Captured) => (Figure::Captured, -owed),
        Some(Account::Forfeited) => (Figure::Forfeited, -owed),
        Some(Account::Expired) => (Figure::Expired, -owed),
        Some(Account::Refunded) => (Figure::Refunded, -owed),
        Some(Account::Transferred) => (Figure::Transferred, owed),
        // Both are owed: not reached, as what is owed changes.
        Some(Account::Available | Account::Held) => return None,
        None => {
            let figure = granted_by(fact);
            // What was never sold here is no less sold for being voided.
            if taken && figure == Figure::Sold && !origin.sold {
                return Some((Figure::Adjusted, owed));
            }
            // Also what was given for nothing is counted as voided.
            match taken && figure == Figure::Sold {
                true => (Figure::Voided, value),
                false => (figure, owed),
            }
        }
    })
}

/// The figure under which a fact grants. Taking back is less of the same, but what is taken back from
/// a sale is voided.
fn granted_by(fact: &Fact) -> Figure {
    match fact.subject() {
        Subject::New(_) => Figure::Sold,
        Subject::Package(_, change) => match change {
            // What a mistaken sale is taken back of is less of what was sold.
            PackageChange::Voided(_) | PackageChange::Accepted => Figure::Sold,
            PackageChange::ToppedUp(_) => Figure::ToppedUp,
            PackageChange::Transferred(_) => Figure::Transferred,
            PackageChange::Adjusted(_)
            | PackageChange::Declined
            | PackageChange::Expired
            | PackageChange::Paid(_)
            | PackageChange::PaymentReturned(_)
            | PackageChange::PaymentFailed(_)
            | PackageChange::ReturnForetold(_)
            | PackageChange::RefundConfirmed(_)
            | PackageChange::Collected(_)
            | PackageChange::DebitRejected(_)
            | PackageChange::Frozen
            | PackageChange::Unfrozen
            | PackageChange::Extended(_)
            | PackageChange::MembersChanged { .. }
            | PackageChange::RefundQuoted(_)
            | PackageChange::Refunded { .. } => Figure::Adjusted,
        },
        // A visit without number is granted when it is drawn and taken back when it is released;
        // neither carries money. What was sold elsewhere is no sale of this business's books.
        Subject::Booking(_) | Subject::Record | Subject::Imported(_) => Figure::Adjusted,
    }
}

/// What a line changes in the units that were granted and in where they are now.
fn of_units(line: &Line) -> impl Iterator<Item = (Figure, i128)> {
    let units = i128::from(line.units);
    let granted = match (line.from, line.to) {
        (None, Some(_)) => units,
        // What went on to another customer is granted to them.
        (Some(_), None | Some(Account::Transferred)) => -units,
        (Some(_), Some(_)) | (None, None) => 0,
    };
    let used = |account: Option<Account>| account == Some(Account::Captured);
    let captured = match (used(line.from), used(line.to)) {
        (false, true) => units,
        (true, false) => -units,
        (true, true) | (false, false) => 0,
    };
    [(Figure::Granted, granted), (Figure::Captured, captured)].into_iter()
}
