//! Which times an appointment can have.

use chrono::Months;
use chrono_tz::Tz;

use super::{day_of, start_of_day};
use crate::{Instant, Refusal};

/// Appointments are taken from the start of the business's present day to five years ahead: a
/// receptionist books someone who walked in ten minutes ago, but not last week.
///
/// # Errors
/// [`Refusal::StartsInPast`], then [`Refusal::StartsTooFar`].
pub fn check_appointment(starts_at: Instant, now: Instant, zone: Tz) -> Result<(), Refusal> {
    let today = start_of_day(day_of(now, zone), zone).unwrap_or(now);
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
    let today = day_of(now, zone);
    let tomorrow = today
        .succ_opt()
        .and_then(|day| start_of_day(day, zone))
        .unwrap_or(now);
    if starts_at >= tomorrow {
        return Err(Refusal::StartsInFuture);
    }
    within_five_years(starts_at, now)
}

/// What another system tells may lie on any day of the last or the next five years.
///
/// # Errors
/// [`Refusal::StartsTooFar`].
pub(crate) fn within_five_years(starts_at: Instant, now: Instant) -> Result<(), Refusal> {
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
