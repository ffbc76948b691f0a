//! What of a package will end on its own, whether or not anyone writes it off.
//!
//! What is available in a package ends with the package. Each step of a package is posted as what it
//! changes in that: what would have ended no longer does, and what will end does, each on its day,
//! or on the day of the step if that is later. So the sums of all days up to any day are what has
//! ended by then, and an entry that writes it off changes nothing: what it says was lost to time no
//! longer ends on its own.

use chrono::NaiveDate;
use chrono_tz::Tz;

use super::{Figure, Origin, Period, Posting, Row};
use crate::calendar::day_of;
use crate::packages::{Package, write_off};

/// What the step of a package from `before` to `after` changes in what will end, in the days of
/// `zone`.
pub(super) fn endings(
    before: Option<&Package>,
    after: &Package,
    origin: &Origin,
    zone: Tz,
) -> Vec<Posting> {
    let no_longer = before.and_then(|package| ending(package, zone));
    let from_now = ending(after, zone);
    if no_longer == from_now {
        return Vec::new();
    }
    let stepped_on = day_of(after.last_change(), zone);
    let currency = after.terms.price.currency();
    let mut postings = Vec::new();
    let changes = [(no_longer, -1), (from_now, 1)];
    for ((day, value), sign) in changes
        .into_iter()
        .filter_map(|(end, sign)| Some((end?, sign)))
    {
        let (day, by) = (day.max(stepped_on), sign * value);
        postings.push(Posting {
            row: Row::Cohort(origin.month(zone), origin.template, currency),
            figure: Figure::Ends(day),
            by,
        });
        postings.extend(Period::around(day).map(|period| Posting {
            row: Row::Ledger(period, currency),
            figure: Figure::Expired,
            by,
        }));
    }
    postings
}

/// The day on which what is available will have ended, and its value; none when nothing ends. What
/// rests without an end does not end.
fn ending(package: &Package, zone: Tz) -> Option<(NaiveDate, i128)> {
    let standing = &package.standing;
    let end = standing.ends_at.filter(|end| standing.ended_at(*end))?;
    let value: i128 = write_off(package)
        .iter()
        .map(|lost| value_of(package, lost))
        .sum();
    Some((day_of(end, zone), value)).filter(|(_, value)| *value > 0)
}

fn value_of(package: &Package, lost: &crate::journal::Move) -> i128 {
    let share = || {
        package
            .pools
            .get(lost.pool)
            .map_or(0, |pool| pool.value_of(lost.units))
    };
    i128::from(lost.value_minor.unwrap_or_else(share))
}
