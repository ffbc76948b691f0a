//! The days on which banks settle in euro.

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use crate::Instant;

/// Whether TARGET, the Eurosystem's payment system, is open: every day but Saturdays, Sundays, 1
/// January, Good Friday, Easter Monday, 1 May, 25 and 26 December (European Central Bank, the
/// long-term calendar in force since 2002). A bank's own holidays do not matter.
pub fn is_target_day(day: NaiveDate) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
    let fixed = [(1, 1), (5, 1), (12, 25), (12, 26)].contains(&(day.month(), day.day()));
    let around_easter = easter(day.year()).is_some_and(|sunday| {
        let since = day.signed_duration_since(sunday);
        since == TimeDelta::days(-2) || since == TimeDelta::days(1)
    });
    !(weekend || fixed || around_easter)
}

/// The day in Frankfurt, where banks settle.
pub(crate) fn today(now: Instant) -> NaiveDate {
    now.with_timezone(&chrono_tz::Europe::Berlin).date_naive()
}

/// The first day from `day` on, itself included, on which TARGET is open. (The calendar's very last
/// days, 260,000 years ahead, have none after them and are their own.)
pub fn next_target_day(day: NaiveDate) -> NaiveDate {
    day.iter_days()
        .find(|day| is_target_day(*day))
        .unwrap_or(day)
}

/// Easter Sunday of a Gregorian year, by the "anonymous" computus (Nature, 20 April 1876; J. Meeus,
/// Astronomical Algorithms, chapter 8), whose letters these are.
fn easter(year: i32) -> Option<NaiveDate> {
    let a = year.rem_euclid(19);
    let (b, c) = (year.div_euclid(100), year.rem_euclid(100));
    let (d, e) = (b / 4, b % 4);
    let f = (b + 8) / 25;
    let g = (b - f + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let month_and_day = h + l - 7 * m + 114;
    let month = u32::try_from(month_and_day / 31).ok()?;
    let day = u32::try_from(month_and_day % 31 + 1).ok()?;
    NaiveDate::from_ymd_opt(year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn easter_is_where_the_almanac_has_it() {
        for sunday in [
            "1666-04-25", // the latest there is
            "1693-03-22", // the earliest
            "1818-03-22",
            "1943-04-25",
            "1954-04-18",
            "1981-04-19",
            "2000-04-23",
            "2008-03-23",
            "2019-04-21",
            "2024-03-31",
            "2025-04-20",
            "2026-04-05",
            "2027-03-28",
            "2028-04-16",
            "2029-04-01",
            "2030-04-21",
            "2038-04-25",
            "2049-04-18",
            "2076-04-19",
            "2190-04-25",
            "2285-03-22",
        ] {
            let sunday = day(sunday);
            assert_eq!(easter(sunday.year()), Some(sunday));
        }
        for year in 1583..=9999 {
            let sunday = easter(year).unwrap();
            assert_eq!(sunday.weekday(), Weekday::Sun, "{year}");
            let (month, day) = (sunday.month(), sunday.day());
            assert!(((3, 22)..=(4, 25)).contains(&(month, day)), "{sunday}");
        }
    }

    /// Each year's closing days that are no weekend, as the European Central Bank announces them.
    #[test]
    fn target_is_closed_on_weekends_and_on_six_holidays() {
        for (year, closed) in [
            (2024, "01-01 03-29 04-01 05-01 12-25 12-26"),
            (2025, "01-01 04-18 04-21 05-01 12-25 12-26"),
            (2026, "01-01 04-03 04-06 05-01 12-25"),
            (2027, "01-01 03-26 03-29"),
            (2028, "04-14 04-17 05-01 12-25 12-26"),
            (2029, "01-01 03-30 04-02 05-01 12-25 12-26"),
            (2030, "01-01 04-19 04-22 05-01 12-25 12-26"),
        ] {
            let first = NaiveDate::from_ymd_opt(year, 1, 1).unwrap();
            let days = first.iter_days().take_while(|day| day.year() == year);
            let weekdays =
                days.filter(|day| !["Sat", "Sun"].contains(&&*day.format("%a").to_string()));
            let closed_days = weekdays.filter(|day| !is_target_day(*day));
            let found: Vec<String> = closed_days
                .map(|day| day.format("%m-%d").to_string())
                .collect();
            assert_eq!(found.join(" "), closed, "{year}");
        }
    }

    #[test]
    fn a_day_on_which_banks_rest_gives_way_to_the_next_on_which_they_work() {
        for (wanted, next) in [
            ("2026-11-23", "2026-11-23"), // a Monday
            ("2026-11-21", "2026-11-23"), // a Saturday
            ("2026-11-22", "2026-11-23"),
            ("2026-04-03", "2026-04-07"), // Good Friday, and all of Easter
            ("2026-12-25", "2026-12-28"), // a Friday, and the weekend after it
            ("2027-12-31", "2027-12-31"),
            ("2028-01-01", "2028-01-03"), // a Saturday
            ("2028-04-29", "2028-05-02"), // a Saturday, and Labour Day
            ("2025-12-25", "2025-12-29"), // a Thursday
            ("2026-10-03", "2026-10-05"),
            ("2025-10-03", "2025-10-03"), // a national holiday is none of theirs
        ] {
            assert_eq!(next_target_day(day(wanted)), day(next), "{wanted}");
        }
        assert_eq!(
            next_target_day(NaiveDate::MAX).year(),
            NaiveDate::MAX.year()
        );
    }
}
