//! Days of the demo: counted from today, where the business is.

use chrono::{DateTime, Datelike, Days, Months, NaiveDate, NaiveTime, TimeZone, Utc};

use super::Business;
use crate::Problem;

impl Business {
    /// The day so many from today.
    fn day_from_today(&self, days: i64) -> Option<NaiveDate> {
        let today = Utc::now().with_timezone(&self.time_zone).date_naive();
        let count = Days::new(days.unsigned_abs());
        match days < 0 {
            true => today.checked_sub_days(count),
            false => today.checked_add_days(count),
        }
    }

    /// A time of the day so many from today.
    ///
    /// # Errors
    /// [`Problem::Demo`] for what is no time.
    pub(super) fn time_of(&self, days: i64, at: &str) -> Result<DateTime<Utc>, Problem> {
        let time = NaiveTime::parse_from_str(at, "%H:%M").ok();
        let local = self.day_from_today(days).zip(time);
        let local = local.map(|(day, time)| day.and_time(time));
        let at_utc = local.and_then(|local| self.time_zone.from_local_datetime(&local).earliest());
        at_utc
            .map(|at| at.to_utc())
            .ok_or_else(|| Problem::Demo(format!("there is no {at} on that day")))
    }

    /// What a text with a % names: `%first` and `%last` the days of the present month, `%-3` and `%+3`
    /// days from today, `%+3T10:00` a time of one.
    ///
    /// # Errors
    /// [`Problem::Demo`] for what names no day.
    pub(super) fn day_named(&self, text: &str) -> Result<String, Problem> {
        let wrong = || Problem::Demo(format!("{text} is no day"));
        let name = text.trim_start_matches('%');
        if let Some((days, at)) = name.split_once('T') {
            let days = days.parse().map_err(|_| wrong())?;
            return Ok(self.time_of(days, at)?.to_rfc3339());
        }
        let day = match name {
            "first" => self.day_from_today(0).and_then(|day| day.with_day(1)),
            "last" => self
                .day_from_today(0)
                .and_then(|day| day.with_day(1))
                .and_then(|first| first.checked_add_months(Months::new(1)))
                .and_then(|next| next.pred_opt()),
            days => self.day_from_today(days.parse().map_err(|_| wrong())?),
        };
        day.map(|day| day.to_string()).ok_or_else(wrong)
    }
}
