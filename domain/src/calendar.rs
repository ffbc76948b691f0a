//! Days in the business's own time zone.

use chrono::{Days, Duration, Months, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::{Instant, Refusal};

/// How long a package is valid, counted from the day of its sale.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Validity {
    /// How many of `unit`; at least 1, at most ten years.
    pub count: u16,
    /// Days, months or years.
    pub unit: ValidityUnit,
}

/// The unit of a [`Validity`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValidityUnit {
    /// Calendar days.
    Days,
    /// Calendar months; the day is clamped (31 January + 1 month = the last of February).
    Months,
    /// Calendar years; 29 February clamps to the 28th.
    Years,
}

impl Validity {
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] for zero or more than ten years.
    pub fn check(self) -> Result<(), Refusal> {
        let most = match self.unit {
            ValidityUnit::Days => 3660,
            ValidityUnit::Months => 120,
            ValidityUnit::Years => 10,
        };
        if (1..=most).contains(&self.count) {
            Ok(())
        } else {
            Err(Refusal::ValidityOutOfRange)
        }
    }

    /// The exclusive end of a package sold at `sold_at`: the midnight that ends its last day. A
    /// package of one month sold on 31 January can be used through the whole of 28 February.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar has no such day.
    pub fn expires_at(self, sold_at: Instant, zone: Tz) -> Result<Instant, Refusal> {
        self.check()?;
        let sold_on = sold_at.with_timezone(&zone).date_naive();
        let count = self.count;
        let last_day = match self.unit {
            ValidityUnit::Days => sold_on.checked_add_days(Days::new(count.into())),
            ValidityUnit::Months => sold_on.checked_add_months(Months::new(count.into())),
            ValidityUnit::Years => sold_on.checked_add_months(Months::new(u32::from(count) * 12)),
        };
        last_day
            .and_then(|day| day.succ_opt())
            .and_then(|day| start_of_day(day, zone))
            .ok_or(Refusal::ValidityOutOfRange)
    }
}

/// The first instant of `day` in `zone`. Where the clock skips midnight (or a whole day), the first
/// instant after the gap.
pub fn start_of_day(day: NaiveDate, zone: Tz) -> Option<Instant> {
    let midnight = day.and_time(NaiveTime::MIN);
    (0..=48 * 4)
        .filter_map(|quarters| midnight.checked_add_signed(Duration::minutes(15 * quarters)))
        .find_map(|local| zone.from_local_datetime(&local).earliest())
        .map(|at| at.to_utc())
}

/// Appointments are taken from the start of the business's present day to five years ahead: a
/// receptionist books someone who walked in ten minutes ago, but not last week.
///
/// # Errors
/// [`Refusal::StartsInPast`], then [`Refusal::StartsTooFar`].
pub fn check_appointment(starts_at: Instant, now: Instant, zone: Tz) -> Result<(), Refusal> {
    let today = start_of_day(now.with_timezone(&zone).date_naive(), zone).unwrap_or(now);
    if starts_at < today {
        return Err(Refusal::StartsInPast);
    }
    within_five_years(starts_at, now)
}

/// An appointment that took place did so today or before: a completion is a fact, so any day of the
/// last five years will do.
///
/// # Errors
/// [`Refusal::StartsInFuture`], then [`Refusal::StartsTooFar`].
pub fn check_walk_in(starts_at: Instant, now: Instant, zone: Tz) -> Result<(), Refusal> {
    let today = now.with_timezone(&zone).date_naive();
    let tomorrow = today
        .succ_opt()
        .and_then(|day| start_of_day(day, zone))
        .unwrap_or(now);
    if starts_at >= tomorrow {
        return Err(Refusal::StartsInFuture);
    }
    within_five_years(starts_at, now)
}

fn within_five_years(starts_at: Instant, now: Instant) -> Result<(), Refusal> {
    let years = Months::new(5 * 12);
    let near = now
        .checked_sub_months(years)
        .is_some_and(|first| first <= starts_at)
        && now
            .checked_add_months(years)
            .is_some_and(|last| starts_at <= last);
    if near {
        Ok(())
    } else {
        Err(Refusal::StartsTooFar)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn validity_ends_at_the_local_midnight_after_its_last_day() {
        use ValidityUnit::{Days, Months, Years};
        for (zone, sold_at, count, unit, expires_at) in [
            (
                "Europe/Istanbul",
                "2026-01-31T10:00:00Z",
                1,
                Months,
                "2026-02-28T21:00:00Z",
            ),
            (
                "Europe/Istanbul",
                "2028-01-31T10:00:00Z",
                1,
                Months,
                "2028-02-29T21:00:00Z",
            ),
            (
                "Europe/Bucharest",
                "2028-02-29T10:00:00Z",
                1,
                Years,
                "2029-02-28T22:00:00Z",
            ),
            // Sold before, expiring after the change to summer time (29 March 2026) and back.
            (
                "Europe/Bucharest",
                "2026-03-01T10:00:00Z",
                30,
                Days,
                "2026-03-31T21:00:00Z",
            ),
            (
                "Europe/Bucharest",
                "2026-10-01T10:00:00Z",
                1,
                Months,
                "2026-11-01T22:00:00Z",
            ),
            // The evening of one day in UTC is already the next day in Istanbul.
            (
                "Europe/Istanbul",
                "2026-06-30T21:30:00Z",
                1,
                Days,
                "2026-07-02T21:00:00Z",
            ),
            // Beirut has no midnight on 29 March 2026: the day begins at 01:00.
            (
                "Asia/Beirut",
                "2026-03-27T10:00:00Z",
                1,
                Days,
                "2026-03-28T22:00:00Z",
            ),
            // Samoa has no 30 December 2011: its last day ends where the 31st begins.
            (
                "Pacific/Apia",
                "2011-12-29T12:00:00Z",
                1,
                Days,
                "2011-12-30T10:00:00Z",
            ),
        ] {
            let validity = Validity { count, unit };
            let expiry = validity.expires_at(sold_at.parse().unwrap(), zone.parse().unwrap());
            assert_eq!(expiry, Ok(expires_at.parse().unwrap()), "{zone} {sold_at}");
        }
    }

    #[test]
    fn a_validity_is_at_least_one_and_at_most_ten_years() {
        for (count, unit, ok) in [
            (0, ValidityUnit::Days, false),
            (3660, ValidityUnit::Days, true),
            (3661, ValidityUnit::Days, false),
            (121, ValidityUnit::Months, false),
            (10, ValidityUnit::Years, true),
            (11, ValidityUnit::Years, false),
        ] {
            assert_eq!(
                Validity { count, unit }.check().is_ok(),
                ok,
                "{count} {unit:?}"
            );
        }
    }

    #[test]
    fn an_appointment_is_not_before_today_nor_beyond_five_years() {
        let now = "2026-11-22T21:30:00Z".parse().unwrap(); // 00:30 on the 23rd in Istanbul
        let check =
            |at: &str| check_appointment(at.parse().unwrap(), now, chrono_tz::Europe::Istanbul);
        assert_eq!(check("2026-11-22T21:00:00Z"), Ok(()));
        assert_eq!(check("2026-11-22T20:59:59Z"), Err(Refusal::StartsInPast));
        assert_eq!(check("2031-11-22T21:30:00Z"), Ok(()));
        assert_eq!(check("2031-11-22T21:30:01Z"), Err(Refusal::StartsTooFar));
        assert_eq!(check("+010000-01-01T00:00:00Z"), Err(Refusal::StartsTooFar));
    }

    #[test]
    fn a_walk_in_is_not_after_today_nor_older_than_five_years() {
        let now = "2026-11-22T21:30:00Z".parse().unwrap(); // 00:30 on the 23rd in Istanbul
        let check = |at: &str| check_walk_in(at.parse().unwrap(), now, chrono_tz::Europe::Istanbul);
        assert_eq!(check("2026-11-23T20:59:59Z"), Ok(()));
        assert_eq!(check("2026-11-23T21:00:00Z"), Err(Refusal::StartsInFuture));
        assert_eq!(check("2021-11-22T21:30:00Z"), Ok(()));
        assert_eq!(check("2021-11-22T21:29:59Z"), Err(Refusal::StartsTooFar));
    }
}
