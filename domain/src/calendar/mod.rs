//! Days in the business's own time zone.

mod appointment;
mod last_day;
mod validity;

use chrono::{Duration, NaiveDate, NaiveTime, TimeZone};
use chrono_tz::Tz;

use crate::Instant;

pub(crate) use appointment::within_five_years;
pub use appointment::{check_appointment, check_walk_in};
pub use last_day::check_last_day;
pub use validity::{End, MAX_GRACE_DAYS, Span, SpanUnit, Validity};

/// An appointment's time, in the days of its business.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slot {
    /// When it starts.
    pub starts_at: Instant,
    /// The business's time zone.
    pub zone: Tz,
}

impl Slot {
    /// The day it is on.
    pub fn day(self) -> NaiveDate {
        day_of(self.starts_at, self.zone)
    }
}

/// The day that `at` belongs to in `zone`.
pub fn day_of(at: Instant, zone: Tz) -> NaiveDate {
    at.with_timezone(&zone).date_naive()
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

#[cfg(test)]
mod tests {
    use chrono_tz::{America, Asia, Europe, Pacific};

    use super::*;

    #[test]
    fn a_day_begins_at_its_first_midnight_or_after_what_the_clock_skips() {
        for (day, zone, begins) in [
            ("2026-03-02", Europe::Istanbul, "2026-03-01T21:00:00Z"),
            ("2018-11-04", America::Sao_Paulo, "2018-11-04T03:00:00Z"),
            ("2024-11-03", America::Havana, "2024-11-03T04:00:00Z"),
            // Samoa had no such day.
            ("2011-12-30", Pacific::Apia, "2011-12-30T10:00:00Z"),
            ("2026-03-02", Asia::Kathmandu, "2026-03-01T18:15:00Z"),
        ] {
            let (day, begins) = (day.parse().unwrap(), begins.parse().unwrap());
            assert_eq!(start_of_day(day, zone), Some(begins), "{day} in {zone}");
        }
    }
}
