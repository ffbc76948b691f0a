//! What became of what is owed to customers.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{RollForward, day_after, spans};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::Days;
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// From what was owed before a stretch of days to what is owed after it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RollForwardReport)]
pub(crate) struct RollForwardView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// One line per currency.
    items: Vec<RollForwardLine>,
}

/// One currency, in minor units: closing is opening and what came in (sold, topped up, adjusted,
/// transferred) less what went out (voided, used, forfeited, refunded, expired).
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RollForwardLine)]
pub(crate) struct RollForwardLine {
    /// The currency.
    currency: String,
    /// Owed before the first day.
    #[schema(value_type = i64)]
    opening_minor: i128,
    /// Granted by sales.
    #[schema(value_type = i64)]
    sold_minor: i128,
    /// Granted by top-ups.
    #[schema(value_type = i64)]
    topped_up_minor: i128,
    /// Granted by corrections, less what they took back.
    #[schema(value_type = i64)]
    adjusted_minor: i128,
    /// Granted by transfers, less what they took away.
    #[schema(value_type = i64)]
    transferred_minor: i128,
    /// Taken back because a sale was a mistake.
    #[schema(value_type = i64)]
    voided_minor: i128,
    /// Used, less what was reversed.
    #[schema(value_type = i64)]
    used_minor: i128,
    /// Lost to late cancellations and no-shows.
    #[schema(value_type = i64)]
    forfeited_minor: i128,
    /// Paid back.
    #[schema(value_type = i64)]
    refunded_minor: i128,
    /// Lost to time.
    #[schema(value_type = i64)]
    expired_minor: i128,
    /// Owed after the last day.
    #[schema(value_type = i64)]
    closing_minor: i128,
}

impl From<RollForward> for RollForwardLine {
    fn from(line: RollForward) -> Self {
        Self {
            currency: line.currency.to_string(),
            opening_minor: line.opening,
            sold_minor: line.sold,
            topped_up_minor: line.topped_up,
            adjusted_minor: line.adjusted,
            transferred_minor: line.transferred,
            voided_minor: line.voided,
            used_minor: line.captured,
            forfeited_minor: line.forfeited,
            refunded_minor: line.refunded,
            expired_minor: line.expired,
            closing_minor: line.closing,
        }
    }
}

/// From what was owed to customers before a stretch of days to what is owed after it.
#[utoipa::path(get, path = "/v1/reports/roll-forward", tag = "reports", params(Days),
    responses((status = 200, content((RollForwardView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn roll_forward(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<Days>,
) -> Result<Response, Problem> {
    let basis = Basis::of(&app, &caller).await?;
    let (from, to) = query.bounds(basis.today)?;
    let (before, days) = (spans(None, from), spans(Some(from), day_after(to)));
    let read = |spans| {
        app.store
            .ledger_rows(&basis.business, basis.generation, spans)
    };
    let (before, days) = tokio::try_join!(read(&before), read(&days))?;
    let lines = domain::reports::roll_forward(&before, &days);
    let view = RollForwardView {
        time_zone: basis.zone.to_string(),
        from,
        to,
        items: lines.into_iter().map(RollForwardLine::from).collect(),
    };
    format.answer("roll-forward", &view, |view| &view.items)
}
