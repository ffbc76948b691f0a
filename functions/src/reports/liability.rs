//! What is owed to customers.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{Rows, day_after, roll_forward, spans};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::AsOf;
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// What is owed to customers at the end of a day.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LiabilityReport)]
pub(crate) struct LiabilityView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The day.
    #[schema(value_type = String)]
    as_of: NaiveDate,
    /// One line per currency.
    items: Vec<LiabilityLine>,
}

/// What is owed in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LiabilityLine)]
pub(crate) struct LiabilityLine {
    /// The currency.
    currency: String,
    /// The value of everything that is available or held and has not ended.
    #[schema(value_type = i64)]
    liability_minor: i128,
}

/// What is owed to customers: the value of units not yet used, forfeited, expired, refunded or taken
/// back, at the end of a day. What has ended counts as expired, whether or not that was written down.
#[utoipa::path(get, path = "/v1/reports/liability", tag = "reports", params(AsOf),
    responses((status = 200, content((LiabilityView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn liability(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<AsOf>,
) -> Result<Response, Problem> {
    let basis = Basis::of(&app, &caller).await?;
    let as_of = query.day(basis.today)?;
    let until = spans(None, day_after(as_of));
    let rows = app
        .store
        .ledger_rows(&basis.business, basis.generation, &until)
        .await?;
    let lines = roll_forward(&Rows::default(), &rows).into_iter();
    let view = LiabilityView {
        time_zone: basis.zone.to_string(),
        as_of,
        items: lines
            .map(|line| LiabilityLine {
                currency: line.currency.to_string(),
                liability_minor: line.closing,
            })
            .collect(),
    };
    format.answer("liability", &view, |view| &view.items)
}
