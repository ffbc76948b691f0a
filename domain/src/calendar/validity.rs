//! How long a package is valid.

use chrono::{Days, Months, NaiveDate};
use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use super::start_of_day;
use crate::{Instant, Refusal};

/// A stretch of calendar days, months or years.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// How many of `unit`; at least 1, at most ten years.
    pub count: u16,
    /// Days, months or years.
    pub unit: SpanUnit,
}

/// The unit of a [`Span`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SpanUnit {
    /// Calendar days.
    Days,
    /// Calendar months; the day is clamped (31 January + 1 month = the last of February).
    Months,
    /// Calendar years; 29 February clamps to the 28th.
    Years,
}

/// How long a package is valid. One that has none is valid for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Validity {
    /// Through this day, whenever it was sold.
    Until(NaiveDate),
    /// Counted from the day of its sale.
    FromSale(Span),
    /// Counted from the day of the first appointment drawn from it.
    FromFirstUse(Span),
}

/// The most days of grace after a validity.
pub const MAX_GRACE_DAYS: u16 = 366;

/// When a validity is over. Both are the first instant after, so usable is strictly before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct End {
    /// The nominal end, which customers are told.
    pub expires_at: Instant,
    /// The end with the days of grace.
    pub ends_at: Instant,
}

impl Span {
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] for zero or more than ten years.
    pub fn check(self) -> Result<(), Refusal> {
        let most = match self.unit {
            SpanUnit::Days => 3660,
            SpanUnit::Months => 120,
            SpanUnit::Years => 10,
        };
        if (1..=most).contains(&self.count) {
            Ok(())
        } else {
            Err(Refusal::ValidityOutOfRange)
        }
    }

    /// The last day of a span that begins on `first`: a package of one month sold on 31 January can
    /// be used through the whole of 28 February.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar has no such day.
    pub fn last_day(self, first: NaiveDate) -> Result<NaiveDate, Refusal> {
        self.check()?;
        let count = self.count;
        let last_day = match self.unit {
            SpanUnit::Days => first.checked_add_days(Days::new(count.into())),
            SpanUnit::Months => first.checked_add_months(Months::new(count.into())),
            SpanUnit::Years => first.checked_add_months(Months::new(u32::from(count) * 12)),
        };
        last_day.ok_or(Refusal::ValidityOutOfRange)
    }
}

impl Validity {
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] for a span of zero or of more than ten years.
    pub fn check(self) -> Result<(), Refusal> {
        match self {
            Validity::Until(_) => Ok(()),
            Validity::FromSale(span) | Validity::FromFirstUse(span) => span.check(),
        }
    }

    /// The end of a package sold on `sold_on` and first used on `first_used_on`; none while the first
    /// use that it counts from has not come.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar has no such day.
    pub fn end(
        self,
        sold_on: NaiveDate,
        first_used_on: Option<NaiveDate>,
        grace_days: u16,
        zone: Tz,
    ) -> Result<Option<End>, Refusal> {
        let last_day = match self {
            Validity::Until(day) => day,
            Validity::FromSale(span) => span.last_day(sold_on)?,
            Validity::FromFirstUse(span) => match first_used_on {
                Some(first) => span.last_day(first)?,
                None => return Ok(None),
            },
        };
        End::after(last_day, grace_days, zone).map(Some)
    }
}

impl End {
    /// The end of what is valid through `last_day`, with days of grace.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar has no such day.
    pub fn after(last_day: NaiveDate, grace_days: u16, zone: Tz) -> Result<End, Refusal> {
        let midnight = |days: u64| {
            last_day
                .checked_add_days(Days::new(days))
                .and_then(|day| start_of_day(day, zone))
                .ok_or(Refusal::ValidityOutOfRange)
        };
        Ok(End {
            expires_at: midnight(1)?,
            ends_at: midnight(1 + u64::from(grace_days))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::day_of;

    #[test]
    fn validity_ends_at_the_local_midnight_after_its_last_day() {
        use SpanUnit::{Days, Months, Years};
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
            let zone = zone.parse().unwrap();
            let sold_on = day_of(sold_at.parse().unwrap(), zone);
            let validity = Validity::FromSale(Span { count, unit });
            let end = validity.end(sold_on, None, 0, zone).unwrap().unwrap();
            assert_eq!(
                end.expires_at,
                expires_at.parse::<crate::Instant>().unwrap(),
                "{zone} {sold_at}"
            );
            assert_eq!(end.ends_at, end.expires_at);
        }
    }

    #[test]
    fn a_span_is_at_least_one_and_at_most_ten_years() {
        for (count, unit, ok) in [
            (0, SpanUnit::Days, false),
            (3660, SpanUnit::Days, true),
            (3661, SpanUnit::Days, false),
            (121, SpanUnit::Months, false),
            (10, SpanUnit::Years, true),
            (11, SpanUnit::Years, false),
        ] {
            assert_eq!(Span { count, unit }.check().is_ok(), ok, "{count} {unit:?}");
        }
    }
    #[test]
    fn a_validity_counts_from_what_it_says_and_grace_comes_on_top() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let month = Span {
            count: 1,
            unit: SpanUnit::Months,
        };
        let zone = chrono_tz::Europe::Bucharest;
        for (validity, first_use, grace_days, expires, ends) in [
            // Grace over the change to winter time (25 October 2026): one hour more in UTC.
            (
                Validity::Until(day("2026-10-20")),
                None,
                10,
                "2026-10-20T21:00:00Z",
                "2026-10-30T22:00:00Z",
            ),
            (
                Validity::FromSale(month),
                Some("2026-06-01"),
                0,
                "2026-02-28T22:00:00Z",
                "2026-02-28T22:00:00Z",
            ),
            (
                Validity::FromFirstUse(month),
                Some("2026-03-31"),
                1,
                "2026-04-30T21:00:00Z",
                "2026-05-01T21:00:00Z",
            ),
        ] {
            let end = validity.end(day("2026-01-31"), first_use.map(day), grace_days, zone);
            let end = end.unwrap().unwrap();
            assert_eq!(
                end.expires_at,
                expires.parse::<Instant>().unwrap(),
                "{validity:?}"
            );
            assert_eq!(
                end.ends_at,
                ends.parse::<Instant>().unwrap(),
                "{validity:?}"
            );
        }
        let unbegun = Validity::FromFirstUse(month).end(day("2026-01-31"), None, 5, zone);
        assert_eq!(unbegun, Ok(None));
    }
}
