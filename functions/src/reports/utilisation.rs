//! How much of what was sold is used.

use axum::extract::State;
use axum::response::Response;
use domain::reports::{Counted, Usage, usage};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::MonthsOfSale;
use super::format::{Format, basis_points};
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// The most months of sale in one report.
const MOST_MONTHS: u32 = 120;

const EXCLUDES: &str = "visits without number; units taken back by voids and corrections";

/// How much of what was sold in some months is used by now.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = UtilisationReport)]
pub(crate) struct UtilisationView {
    /// The zone whose months these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first month of sale.
    #[schema(example = "2026-01")]
    from: String,
    /// The last month of sale.
    #[schema(example = "2026-11")]
    to: String,
    /// One line per template and kind of unit.
    items: Vec<UtilisationLine>,
}

/// The units of one template.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = UtilisationLine)]
pub(crate) struct UtilisationLine {
    /// The template; null for what was put together for a customer.
    template_id: Option<String>,
    /// `visit`, or the currency of credit, which is counted in minor units.
    #[schema(example = "visit")]
    unit: String,
    /// Units used.
    #[schema(value_type = i64)]
    numerator: i128,
    /// Units granted.
    #[schema(value_type = i64)]
    denominator: i128,
    /// Hundredths of a per cent, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    rate_basis_points: Option<i128>,
    /// What neither of them counts.
    excludes: String,
}

impl UtilisationLine {
    fn of(usage: Usage) -> Self {
        Self {
            template_id: usage.template.map(|id| id.to_string()),
            unit: match usage.counted {
                Counted::Visits => "visit".to_owned(),
                Counted::Credit(currency) => currency.to_string(),
            },
            numerator: usage.used.numerator,
            denominator: usage.used.denominator,
            rate_basis_points: basis_points(usage.used),
            excludes: EXCLUDES.to_owned(),
        }
    }
}

/// How much of what was granted to the packages sold in some months is used by now, by template.
#[utoipa::path(get, path = "/v1/reports/utilisation", tag = "reports", params(MonthsOfSale),
    responses((status = 200, content((UtilisationView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn utilisation(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<MonthsOfSale>,
) -> Result<Response, Problem> {
    let basis = Basis::of(&app, &caller).await?;
    let months = query.bounds(basis.today, MOST_MONTHS)?;
    let rows = app
        .store
        .usage_rows(&basis.business, basis.generation, months)
        .await?;
    let view = UtilisationView {
        time_zone: basis.zone.to_string(),
        from: months.0.to_string(),
        to: months.1.to_string(),
        items: usage(&rows).into_iter().map(UtilisationLine::of).collect(),
    };
    format.answer("utilisation", &view, |view| &view.items)
}
