//! How much of what was sold is lost to the customers.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::Breakage;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::MonthsOfSale;
use super::format::{Format, basis_points};
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// The most months of sale in one report.
const MOST_MONTHS: u32 = 24;

const EXCLUDES: &str = "what was voided; what was refunded or is still owed is not lost";

/// How much of what was sold in some months is lost by the end of today.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = BreakageReport)]
pub(crate) struct BreakageView {
    /// The zone whose months these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first month of sale.
    #[schema(example = "2026-01")]
    from: String,
    /// The last month of sale.
    #[schema(example = "2026-11")]
    to: String,
    /// The day at whose end this is so: today.
    #[schema(value_type = String)]
    as_of: NaiveDate,
    /// One line per month of sale, template and currency.
    items: Vec<BreakageLine>,
}

/// What was sold of one template in one month, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = BreakageLine)]
pub(crate) struct BreakageLine {
    /// The month of sale.
    #[schema(example = "2026-01")]
    sold_in: String,
    /// The template; null for what was put together for a customer.
    template_id: Option<String>,
    /// The currency.
    currency: String,
    /// Lost to late cancellations and no-shows.
    #[schema(value_type = i64)]
    forfeited_minor: i128,
    /// Lost to time.
    #[schema(value_type = i64)]
    expired_minor: i128,
    /// Both together.
    #[schema(value_type = i64)]
    numerator: i128,
    /// Everything granted, less what was voided.
    #[schema(value_type = i64)]
    denominator: i128,
    /// Hundredths of a per cent, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    rate_basis_points: Option<i128>,
    /// What neither of them counts.
    excludes: String,
}

impl BreakageLine {
    fn of(line: Breakage) -> Self {
        Self {
            sold_in: line.month.to_string(),
            template_id: line.template.map(|id| id.to_string()),
            currency: line.currency.to_string(),
            forfeited_minor: line.forfeited,
            expired_minor: line.expired,
            numerator: line.lost.numerator,
            denominator: line.lost.denominator,
            rate_basis_points: basis_points(line.lost),
            excludes: EXCLUDES.to_owned(),
        }
    }
}

/// How much of what was sold in some months is forfeited or expired by now, by template and month of
/// sale. What has ended counts as expired, whether or not that was written down.
#[utoipa::path(get, path = "/v1/reports/breakage", tag = "reports", params(MonthsOfSale),
    responses((status = 200, content((BreakageView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn breakage(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<MonthsOfSale>,
) -> Result<Response, Problem> {
    let basis = Basis::of(&app, &caller).await?;
    let months = query.bounds(basis.today, MOST_MONTHS)?;
    let rows = app
        .store
        .cohort_rows(&basis.business, basis.generation, months)
        .await?;
    let lines = domain::reports::breakage(&rows, basis.today);
    let view = BreakageView {
        time_zone: basis.zone.to_string(),
        from: months.0.to_string(),
        to: months.1.to_string(),
        as_of: basis.today,
        items: lines.into_iter().map(BreakageLine::of).collect(),
    };
    format.answer("breakage", &view, |view| &view.items)
}
