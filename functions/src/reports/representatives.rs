//! What each representative did.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{RepresentativeLine, day_after, spans};
use infra::PipelineSums;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::Days;
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// What representatives did on some days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RepresentativesReport)]
pub(crate) struct RepresentativesView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// One line per representative and currency.
    items: Vec<RepresentativeView>,
}

/// What one representative did, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RepresentativeLine)]
pub(crate) struct RepresentativeView {
    /// The representative's account.
    representative_id: String,
    /// The currency.
    currency: String,
    /// Opened for them: how many.
    #[schema(value_type = i64)]
    opened_count: i128,
    /// Opened for them: their value.
    #[schema(value_type = i64)]
    opened_minor: i128,
    /// Won, less what was reopened: how many.
    #[schema(value_type = i64)]
    won_count: i128,
    /// Won, less what was reopened: their value.
    #[schema(value_type = i64)]
    won_minor: i128,
    /// Lost, less what was reopened: how many.
    #[schema(value_type = i64)]
    lost_count: i128,
    /// Lost, less what was reopened: their value.
    #[schema(value_type = i64)]
    lost_minor: i128,
    /// Abandoned, less what was reopened: how many.
    #[schema(value_type = i64)]
    abandoned_count: i128,
    /// Abandoned, less what was reopened: their value.
    #[schema(value_type = i64)]
    abandoned_minor: i128,
    /// Open at the end of `to`, and theirs to decide: how many.
    #[schema(value_type = i64)]
    pending_count: i128,
    /// Open at the end of `to`, and theirs to decide: their value.
    #[schema(value_type = i64)]
    pending_minor: i128,
    /// Activities done about opportunities that were theirs.
    #[schema(value_type = i64)]
    activities_done: i128,
}

impl From<RepresentativeLine> for RepresentativeView {
    fn from(line: RepresentativeLine) -> Self {
        Self {
            representative_id: line.representative.to_string(),
            currency: line.currency.to_string(),
            opened_count: line.opened.count,
            opened_minor: line.opened.value,
            won_count: line.won.count,
            won_minor: line.won.value,
            lost_count: line.lost.count,
            lost_minor: line.lost.value,
            abandoned_count: line.abandoned.count,
            abandoned_minor: line.abandoned.value,
            pending_count: line.pending.count,
            pending_minor: line.pending.value,
            activities_done: line.activities,
        }
    }
}

/// What each representative opened and decided on some days, and what is theirs to decide at the end of
/// the last of them.
#[utoipa::path(get, path = "/v1/reports/representatives", tag = "reports", params(Days),
    responses((status = 200, content((RepresentativesView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn representatives(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<Days>,
) -> Result<Response, Problem> {
    let basis = Basis::of_pipeline(&app, &caller).await?;
    let (from, to) = query.bounds(basis.today)?;
    let (days, until) = (spans(Some(from), day_after(to)), spans(None, day_after(to)));
    let (worked, pending) = tokio::try_join!(
        basis.pipeline(&app, PipelineSums::Worked, &days),
        basis.pipeline(&app, PipelineSums::Pending, &until),
    )?;
    let lines = domain::reports::representatives(&worked, &pending);
    let view = RepresentativesView {
        time_zone: basis.zone.to_string(),
        from,
        to,
        items: lines.into_iter().map(RepresentativeView::from).collect(),
    };
    format.answer("representatives", &view, |view| &view.items)
}
