//! Which days a report is about.

use chrono::NaiveDate;
use domain::reports::Month;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::IntoParams;

use crate::edge::Problem;

/// A day of the business's calendar, as it was sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub(super) struct Day(NaiveDate);

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        // As it is shown, and no other way: neither 2026-1-1 nor +12026-01-01.
        let day = text.parse::<NaiveDate>().ok();
        let day = day.filter(|day| day.to_string() == text && text.len() == 10);
        day.map(Self)
            .ok_or_else(|| serde::de::Error::custom("a day is a date such as 2026-11-30"))
    }
}

/// The state at the end of a day.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct AsOf {
    /// At the end of this day, today at the latest; today if left out.
    #[param(value_type = Option<String>, example = "2026-11-30")]
    as_of: Option<Day>,
}

impl AsOf {
    /// # Errors
    /// `day-in-future` (422).
    pub(super) fn day(&self, today: NaiveDate) -> Result<NaiveDate, Problem> {
        as_of(self.as_of, today)
    }
}

/// The day at whose end a report is asked for.
///
/// # Errors
/// `day-in-future` (422).
pub(super) fn as_of(day: Option<Day>, today: NaiveDate) -> Result<NaiveDate, Problem> {
    let day = day.map_or(today, |day| day.0);
    if day > today {
        return Err(in_future("as_of"));
    }
    Ok(day)
}

/// The first day and the last of a stretch; without a first, the first of the month of the last.
///
/// # Errors
/// `day-in-future` (422), then `days-reversed` (422).
pub(super) fn bounds(
    (from, to): (Option<Day>, Option<Day>),
    today: NaiveDate,
) -> Result<(NaiveDate, NaiveDate), Problem> {
    let to = to.map_or(today, |day| day.0);
    let from = from.map_or(Month::of(to).first_day(), |day| day.0);
    if to > today {
        return Err(in_future("to"));
    }
    in_order(from, to)
}

/// A stretch of days.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Days {
    /// The first day; if left out, the first of the month that `to` is in.
    #[param(value_type = Option<String>, example = "2026-11-01")]
    from: Option<Day>,
    /// The last day, today at the latest; today if left out.
    #[param(value_type = Option<String>, example = "2026-11-30")]
    to: Option<Day>,
}

impl Days {
    /// The first day and the last.
    ///
    /// # Errors
    /// `day-in-future` (422), then `days-reversed` (422).
    pub(super) fn bounds(&self, today: NaiveDate) -> Result<(NaiveDate, NaiveDate), Problem> {
        bounds((self.from, self.to), today)
    }
}

/// Months of sale.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct MonthsOfSale {
    /// A day of the first month of sale; if left out, eleven months before the last.
    #[param(value_type = Option<String>, example = "2026-01-01")]
    from: Option<Day>,
    /// A day of the last month of sale, today at the latest; today if left out.
    #[param(value_type = Option<String>, example = "2026-11-30")]
    to: Option<Day>,
}

impl MonthsOfSale {
    /// The first month and the last, at most `most` of them.
    ///
    /// # Errors
    /// `day-in-future` (422), `days-reversed` (422), then `period-too-long` (422).
    pub(super) fn bounds(&self, today: NaiveDate, most: u32) -> Result<(Month, Month), Problem> {
        let to = self.to.map_or(today, |day| day.0);
        let from = self
            .from
            .map_or(Month::of(to).before(11).first_day(), |day| day.0);
        if to > today {
            return Err(in_future("to"));
        }
        in_order(from, to)?;
        let (first, last) = (Month::of(from), Month::of(to));
        if last.months_since(first) > most {
            return Err(Problem::new(
                422,
                "period-too-long",
                format!("from and to are too far apart: ask for at most {most} months at once"),
            ));
        }
        Ok((first, last))
    }
}

fn in_future(name: &str) -> Problem {
    Problem::new(
        422,
        "day-in-future",
        format!(
            "{name} lies after today: a report tells what has happened, so give today or before"
        ),
    )
}

fn in_order(from: NaiveDate, to: NaiveDate) -> Result<(NaiveDate, NaiveDate), Problem> {
    if from > to {
        return Err(Problem::new(
            422,
            "days-reversed",
            "from lies after to: give the first day in from and the last in to",
        ));
    }
    Ok((from, to))
}
