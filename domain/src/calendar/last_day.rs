//! Days that people give as the last one.

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;

use super::day_of;
use crate::{Instant, Refusal};

/// How many months ahead a last day can lie: ten years.
const MOST_MONTHS: u32 = 120;

/// Checks a day that someone gave as the last one in `field`: from the business's present day to ten
/// years ahead.
///
/// # Errors
/// [`Refusal::DayOutOfRange`].
pub fn check_last_day(
    day: NaiveDate,
    field: &'static str,
    now: Instant,
    zone: Tz,
) -> Result<(), Refusal> {
    let today = day_of(now, zone);
    let last = today.checked_add_months(Months::new(MOST_MONTHS));
    if today <= day && last.is_some_and(|last| day <= last) {
        Ok(())
    } else {
        Err(Refusal::DayOutOfRange(field))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_last_day_is_from_the_businesss_today_to_ten_years_ahead() {
        let istanbul = chrono_tz::Europe::Istanbul;
        // Half past midnight on the 23rd in Istanbul; and a leap day, ten years after which is none.
        for (now, day, ok) in [
            ("2026-11-22T21:30:00Z", "2026-11-22", false),
            ("2026-11-22T21:30:00Z", "2026-11-23", true),
            ("2026-11-22T21:30:00Z", "2036-11-23", true),
            ("2026-11-22T21:30:00Z", "2036-11-24", false),
            ("2028-02-29T09:00:00Z", "2038-02-28", true),
            ("2028-02-29T09:00:00Z", "2038-03-01", false),
            ("2026-11-22T21:30:00Z", "+262142-12-31", false),
            ("2026-11-22T21:30:00Z", "-262143-01-01", false),
        ] {
            let (now, last) = (now.parse().unwrap(), day.parse().unwrap());
            let checked = check_last_day(last, "until", now, istanbul);
            let expected = match ok {
                true => Ok(()),
                false => Err(Refusal::DayOutOfRange("until")),
            };
            assert_eq!(checked, expected, "{day}");
        }
    }
}
