//! What was decided.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{Month, day_after, effort, loss_reasons, spans, win_quality};
use infra::PipelineSums;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::basis::Basis;
use super::days::{Day, bounds};
use super::format::Format;
use super::wins_lines::{EffortView, QualityView, ReasonView, WinsLine};
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// A stretch of days, and which lines a table has.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct WinsQuery {
    /// The first day; if left out, the first of the month that `to` is in.
    #[param(value_type = Option<String>, example = "2026-11-01")]
    from: Option<Day>,
    /// The last day, today at the latest; today if left out.
    #[param(value_type = Option<String>, example = "2026-11-30")]
    to: Option<Day>,
    /// Which lines CSV has; those of `items` if left out. JSON has all.
    #[param(inline)]
    table: Option<WinsTable>,
}

/// Lines of the report.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(super) enum WinsTable {
    /// The counts of all, and one line per currency.
    #[default]
    Items,
    /// One line per outcome, reason and currency.
    Reasons,
    /// One line per outcome.
    Effort,
    /// One line per month and currency.
    Quality,
}

/// What was decided on some days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = WinsReport)]
pub(crate) struct WinsView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// The counts of all currencies, then one line per currency.
    items: Vec<WinsLine>,
    /// Why: one line per outcome, reason and currency.
    reasons: Vec<ReasonView>,
    /// With how much effort: one line per outcome.
    effort: Vec<EffortView>,
    /// What became, by now, of what was won in the months that `from` and `to` are in and those between:
    /// one line per month and currency.
    quality: Vec<QualityView>,
}

/// What was won, lost and abandoned on some days, why, with how much effort, and what became of it.
#[utoipa::path(get, path = "/v1/reports/wins", tag = "reports", params(WinsQuery),
    responses((status = 200, content((WinsView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn wins(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<WinsQuery>,
) -> Result<Response, Problem> {
    let basis = Basis::of_pipeline(&app, &caller).await?;
    let (from, to) = bounds((query.from, query.to), basis.today)?;
    let days = spans(Some(from), day_after(to));
    let months = (Month::of(from), Month::of(to));
    let store = &app.store;
    let (rows, won) = tokio::try_join!(
        basis.pipeline(&app, PipelineSums::Reasons, &days),
        store.won_rows(&basis.business, basis.generation, months),
    )?;
    let (lines, reasons) = (domain::reports::wins(&rows), loss_reasons(&rows));
    let view = WinsView {
        time_zone: basis.zone.to_string(),
        from,
        to,
        items: lines.into_iter().map(WinsLine::from).collect(),
        reasons: reasons.into_iter().map(ReasonView::from).collect(),
        effort: effort(&rows).into_iter().map(EffortView::from).collect(),
        quality: win_quality(&won)
            .into_iter()
            .map(QualityView::from)
            .collect(),
    };
    match query.table.unwrap_or_default() {
        WinsTable::Items => format.answer("wins", &view, |view| &view.items),
        WinsTable::Reasons => format.answer("win-reasons", &view, |view| &view.reasons),
        WinsTable::Effort => format.answer("win-effort", &view, |view| &view.effort),
        WinsTable::Quality => format.answer("win-quality", &view, |view| &view.quality),
    }
}
