//! What is expected to be decided, month by month.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{Due, ForecastLine, Month, day_after, spans};
use infra::PipelineSums;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::AsOf;
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// What is expected to be decided, as of a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ForecastReport)]
pub(crate) struct ForecastView {
    /// The zone whose months these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The day at whose end this is so.
    #[schema(value_type = String)]
    as_of: NaiveDate,
    /// One line per month and currency; what is overdue comes first.
    items: Vec<ForecastMonth>,
}

/// What is open and expected to be decided in one month, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = ForecastLine)]
pub(crate) struct ForecastMonth {
    /// The month of the expected day, or `overdue`: expected before the day, and in no month.
    #[schema(example = "2026-12")]
    expected_in: String,
    /// The currency.
    currency: String,
    /// Counted on: how many.
    #[schema(value_type = i64)]
    commit_count: i128,
    /// Counted on: their value.
    #[schema(value_type = i64)]
    commit_minor: i128,
    /// Counted on: value × probability, summed and rounded once.
    #[schema(value_type = i64)]
    commit_weighted_minor: i128,
    /// Possible, if all goes well: how many.
    #[schema(value_type = i64)]
    best_case_count: i128,
    /// Possible, if all goes well: their value.
    #[schema(value_type = i64)]
    best_case_minor: i128,
    /// Possible, if all goes well: value × probability, summed and rounded once.
    #[schema(value_type = i64)]
    best_case_weighted_minor: i128,
    /// In the pipeline, no more: how many.
    #[schema(value_type = i64)]
    pipeline_count: i128,
    /// In the pipeline, no more: their value.
    #[schema(value_type = i64)]
    pipeline_minor: i128,
    /// In the pipeline, no more: value × probability, summed and rounded once.
    #[schema(value_type = i64)]
    pipeline_weighted_minor: i128,
    /// Left out of the forecast: how many.
    #[schema(value_type = i64)]
    omitted_count: i128,
    /// Left out of the forecast: their value.
    #[schema(value_type = i64)]
    omitted_minor: i128,
    /// Left out of the forecast: value × probability, summed and rounded once.
    #[schema(value_type = i64)]
    omitted_weighted_minor: i128,
    /// Won in the month, up to the day: how many.
    #[schema(value_type = i64)]
    won_count: i128,
    /// Won in the month, up to the day: their value.
    #[schema(value_type = i64)]
    won_minor: i128,
}

impl From<ForecastLine> for ForecastMonth {
    fn from(line: ForecastLine) -> Self {
        let of = line.categories;
        Self {
            expected_in: match line.due {
                Due::Overdue => "overdue".to_owned(),
                Due::In(month) => month.to_string(),
            },
            currency: line.currency.to_string(),
            commit_count: of.commit.0.count,
            commit_minor: of.commit.0.value,
            commit_weighted_minor: of.commit.1,
            best_case_count: of.best_case.0.count,
            best_case_minor: of.best_case.0.value,
            best_case_weighted_minor: of.best_case.1,
            pipeline_count: of.pipeline.0.count,
            pipeline_minor: of.pipeline.0.value,
            pipeline_weighted_minor: of.pipeline.1,
            omitted_count: of.omitted.0.count,
            omitted_minor: of.omitted.0.value,
            omitted_weighted_minor: of.omitted.1,
            won_count: line.won.count,
            won_minor: line.won.value,
        }
    }
}

/// What is open at the end of a day, by the month in which it is expected to be decided and by where it
/// stands in the forecast, and what was won in the day's month so far.
#[utoipa::path(get, path = "/v1/reports/forecast", tag = "reports", params(AsOf),
    responses((status = 200, content((ForecastView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn forecast(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<AsOf>,
) -> Result<Response, Problem> {
    let basis = Basis::of_pipeline(&app, &caller).await?;
    let day = query.day(basis.today)?;
    let month = Month::of(day);
    let until = spans(None, day_after(day));
    let so_far = spans(Some(month.first_day()), day_after(day));
    let (open, won) = tokio::try_join!(
        basis.pipeline(&app, PipelineSums::Forecast, &until),
        basis.pipeline(&app, PipelineSums::Outcomes, &so_far),
    )?;
    let lines = domain::reports::forecast(&open, (month, &won));
    let view = ForecastView {
        time_zone: basis.zone.to_string(),
        as_of: day,
        items: lines.into_iter().map(ForecastMonth::from).collect(),
    };
    format.answer("forecast", &view, |view| &view.items)
}
