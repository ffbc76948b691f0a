//! Years, months and days, and which of them make up a stretch of time.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};

/// A calendar month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Month(NaiveDate);

impl Month {
    /// The month that `day` is in.
    pub fn of(day: NaiveDate) -> Self {
        Self(day.with_day(1).unwrap_or(day))
    }

    /// Its first day.
    pub fn first_day(self) -> NaiveDate {
        self.0
    }

    /// The first day of the next month; at the end of the calendar, the last there is.
    pub fn next(self) -> Month {
        let next = self.0.checked_add_months(Months::new(1));
        Self(next.unwrap_or(NaiveDate::MAX))
    }

    /// The month so many before; at the beginning of the calendar, the first there is.
    pub fn before(self, months: u32) -> Month {
        let before = self.0.checked_sub_months(Months::new(months));
        Self(before.unwrap_or(NaiveDate::MIN))
    }

    /// How many months from `first` to this one, both counted; 0 when it lies before.
    pub fn months_since(self, first: Month) -> u32 {
        let number = |month: Month| month.0.year() * 12 + month.0.month0().cast_signed();
        u32::try_from(number(self) - number(first) + 1).unwrap_or(0)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0.format("%Y-%m"))
    }
}

/// A year, a month or a day of the business's calendar. Each sum is kept in all three, so that any
/// stretch of time is few rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// A year.
    Year(i32),
    /// A month.
    Month(Month),
    /// A day.
    Day(NaiveDate),
}

impl Period {
    /// The three periods that `day` is in.
    pub fn around(day: NaiveDate) -> [Period; 3] {
        [
            Period::Year(day.year()),
            Period::Month(Month::of(day)),
            Period::Day(day),
        ]
    }

    /// Its first day.
    fn first_day(self) -> NaiveDate {
        match self {
            Period::Year(year) => NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(NaiveDate::MIN),
            Period::Month(month) => month.first_day(),
            Period::Day(day) => day,
        }
    }

    /// The first day after it.
    fn end(self) -> NaiveDate {
        match self {
            Period::Year(year) => Period::Year(year.saturating_add(1)).first_day(),
            Period::Month(month) => month.next().first_day(),
            Period::Day(day) => day.succ_opt().unwrap_or(NaiveDate::MAX),
        }
    }
}

/// Periods of one length that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// The first of them.
    pub first: Period,
    /// The last of them.
    pub last: Period,
}

/// The fewest spans that make up the days from `from`, the beginning of the calendar if none, to
/// before `until`: days up to a month, months up to a year, years, and the same down again.
pub fn spans(from: Option<NaiveDate>, until: NaiveDate) -> Vec<Span> {
    let mut spans: Vec<Span> = Vec::new();
    // No business is older than what this begins with.
    let mut day = from.unwrap_or(Period::Year(0).first_day());
    while day < until {
        let [year, month, single] = Period::around(day);
        let whole = |period: &Period| period.first_day() == day && period.end() <= until;
        let period = [year, month].into_iter().find(whole).unwrap_or(single);
        match spans.last_mut() {
            Some(span) if same_length(span.last, period) => span.last = period,
            Some(_) | None => spans.push(Span {
                first: period,
                last: period,
            }),
        }
        if period.end() <= day {
            break;
        }
        day = period.end();
    }
    spans
}

fn same_length(one: Period, another: Period) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&another)
}

/// The day after `day`; at the end of the calendar, the same.
pub fn day_after(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn shown(from: Option<&str>, until: &str) -> Vec<String> {
        let show = |period: Period| match period {
            Period::Year(year) => year.to_string(),
            Period::Month(month) => month.to_string(),
            Period::Day(day) => day.to_string(),
        };
        let spans = spans(from.map(day), day(until));
        let show = spans
            .iter()
            .map(|span| format!("{}..{}", show(span.first), show(span.last)));
        show.collect()
    }

    #[test]
    fn a_stretch_of_time_is_the_fewest_days_months_and_years() {
        for (from, until, expected) in [
            (Some("2026-11-22"), "2026-11-22", &[][..]),
            (Some("2026-11-22"), "2026-11-20", &[]),
            (
                Some("2026-11-22"),
                "2026-11-23",
                &["2026-11-22..2026-11-22"],
            ),
            (Some("2026-11-01"), "2026-12-01", &["2026-11..2026-11"]),
            (
                Some("2024-02-29"),
                "2024-04-01",
                &["2024-02-29..2024-02-29", "2024-03..2024-03"],
            ),
            (Some("2026-01-01"), "2028-01-01", &["2026..2027"]),
            (
                Some("2023-11-29"),
                "2026-02-03",
                &[
                    "2023-11-29..2023-11-30",
                    "2023-12..2023-12",
                    "2024..2025",
                    "2026-01..2026-01",
                    "2026-02-01..2026-02-02",
                ],
            ),
            (
                None,
                "2026-02-02",
                &["0..2025", "2026-01..2026-01", "2026-02-01..2026-02-01"],
            ),
        ] {
            assert_eq!(shown(from, until), expected, "{from:?} to {until}");
        }
    }

    proptest! {
        #[test]
        fn the_spans_cover_each_day_once(first in 0_u64..5000, days in 0_u64..3000) {
            let from = day("2020-01-01") + Days::new(first);
            let until = from + Days::new(days);
            let mut covered = from;
            for span in spans(Some(from), until) {
                prop_assert_eq!(span.first.first_day(), covered);
                covered = span.last.end();
            }
            prop_assert_eq!(covered, until);
            prop_assert!(spans(Some(from), until).len() <= 5);
        }
    }
}
