//! What is open at the end of a day.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{OutlookLine, StageLine, day_after, outlook, spans, stages};
use infra::PipelineSums;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::basis::Basis;
use super::days::{Day, as_of};
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// The state at the end of a day, and which of its lines a table has.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct PipelineQuery {
    /// At the end of this day, today at the latest; today if left out.
    #[param(value_type = Option<String>, example = "2026-11-30")]
    as_of: Option<Day>,
    /// Which lines CSV has; those of `items` if left out. JSON has all.
    #[param(inline)]
    table: Option<PipelineTable>,
}

/// Lines of the report.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum PipelineTable {
    /// One line per scheme, stage and currency.
    #[default]
    Items,
    /// One line per currency.
    Outlook,
}

/// What is open at the end of a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PipelineReport)]
pub(crate) struct PipelineView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The day at whose end this is so.
    #[schema(value_type = String)]
    as_of: NaiveDate,
    /// One line per scheme, stage and currency.
    items: Vec<PipelineLine>,
    /// What of it asks for attention: one line per currency.
    outlook: Vec<PipelineOutlook>,
}

/// What is in one stage, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PipelineLine)]
pub(crate) struct PipelineLine {
    /// The scheme.
    scheme_id: String,
    /// The number of the stage.
    stage: u16,
    /// The currency.
    currency: String,
    /// Open opportunities: how many.
    #[schema(value_type = i64)]
    open_count: i128,
    /// Open opportunities: their value.
    #[schema(value_type = i64)]
    open_minor: i128,
    /// Value × probability of each that is open, summed and rounded once.
    #[schema(value_type = i64)]
    weighted_minor: i128,
    /// Suspended ones, which are not among the open ones: how many.
    #[schema(value_type = i64)]
    suspended_count: i128,
    /// Suspended ones, which are not among the open ones: their value.
    #[schema(value_type = i64)]
    suspended_minor: i128,
}

/// What of the open opportunities asks for attention, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PipelineOutlook)]
pub(crate) struct PipelineOutlook {
    /// The currency.
    currency: String,
    /// Expected to be decided before the day: how many.
    #[schema(value_type = i64)]
    overdue_count: i128,
    /// Expected to be decided before the day: their value.
    #[schema(value_type = i64)]
    overdue_minor: i128,
    /// Expected to be decided on the day or at most 7 days later: how many.
    #[schema(value_type = i64)]
    within_7_days_count: i128,
    /// Expected to be decided on the day or at most 7 days later: their value.
    #[schema(value_type = i64)]
    within_7_days_minor: i128,
    /// Expected to be decided on the day or at most 30 days later: how many.
    #[schema(value_type = i64)]
    within_30_days_count: i128,
    /// Expected to be decided on the day or at most 30 days later: their value.
    #[schema(value_type = i64)]
    within_30_days_minor: i128,
    /// In their stage for too long: how many.
    #[schema(value_type = i64)]
    rotting_count: i128,
    /// In their stage for too long: their value.
    #[schema(value_type = i64)]
    rotting_minor: i128,
}

impl From<StageLine> for PipelineLine {
    fn from(line: StageLine) -> Self {
        Self {
            scheme_id: line.scheme.to_string(),
            stage: line.stage,
            currency: line.currency.to_string(),
            open_count: line.open.count,
            open_minor: line.open.value,
            weighted_minor: line.weighted,
            suspended_count: line.suspended.count,
            suspended_minor: line.suspended.value,
        }
    }
}

impl From<OutlookLine> for PipelineOutlook {
    fn from(line: OutlookLine) -> Self {
        Self {
            currency: line.currency.to_string(),
            overdue_count: line.overdue.count,
            overdue_minor: line.overdue.value,
            within_7_days_count: line.within_7_days.count,
            within_7_days_minor: line.within_7_days.value,
            within_30_days_count: line.within_30_days.count,
            within_30_days_minor: line.within_30_days.value,
            rotting_count: line.rotting.count,
            rotting_minor: line.rotting.value,
        }
    }
}

/// What is open at the end of a day, by stage, and what of it is overdue, near its day or rotting.
#[utoipa::path(get, path = "/v1/reports/pipeline", tag = "reports", params(PipelineQuery),
    responses((status = 200, content((PipelineView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn pipeline(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<PipelineQuery>,
) -> Result<Response, Problem> {
    let basis = Basis::of_pipeline(&app, &caller).await?;
    let day = as_of(query.as_of, basis.today)?;
    let until = spans(None, day_after(day));
    let rows = basis.pipeline(&app, PipelineSums::Stages, &until).await?;
    let view = PipelineView {
        time_zone: basis.zone.to_string(),
        as_of: day,
        items: stages(&rows).into_iter().map(PipelineLine::from).collect(),
        outlook: outlook(&rows)
            .into_iter()
            .map(PipelineOutlook::from)
            .collect(),
    };
    match query.table.unwrap_or_default() {
        PipelineTable::Items => format.answer("pipeline", &view, |view| &view.items),
        PipelineTable::Outlook => format.answer("outlook", &view, |view| &view.outlook),
    }
}
