//! Sales by template and by who made them.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{Sales, Seller, day_after, sales_by_seller, sales_by_template, spans};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::Days;
use super::format::Format;
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

/// Sales of a stretch of days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SalesReport)]
pub(crate) struct SalesView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// Every sale once by template, and once by seller: the two do not add up.
    items: Vec<SalesLine>,
}

/// Sales of one template, or of one seller, in one currency.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SalesLine)]
pub(crate) struct SalesLine {
    /// What the line is about.
    by: SalesBy,
    /// The template, or the seller's account. Null for what was put together for a customer, and for
    /// what customers bought themselves.
    id: Option<String>,
    /// The currency.
    currency: String,
    /// Packages sold.
    #[schema(value_type = i64)]
    sold_count: i128,
    /// For how much.
    #[schema(value_type = i64)]
    sold_minor: i128,
    /// Packages voided.
    #[schema(value_type = i64)]
    voided_count: i128,
    /// How much was taken back by that.
    #[schema(value_type = i64)]
    voided_minor: i128,
    /// Sold less voided.
    #[schema(value_type = i64)]
    net_count: i128,
    /// Sold less voided.
    #[schema(value_type = i64)]
    net_minor: i128,
}

/// What a line of sales is about.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SalesBy {
    /// A package template.
    Template,
    /// Who sold.
    Seller,
}

impl SalesLine {
    fn of<K>(by: SalesBy, sales: Sales<K>, id: impl FnOnce(K) -> Option<String>) -> Self {
        Self {
            by,
            id: id(sales.of),
            currency: sales.currency.to_string(),
            sold_count: sales.sold_count,
            sold_minor: sales.sold,
            voided_count: sales.voided_count,
            voided_minor: sales.voided,
            net_count: sales.sold_count - sales.voided_count,
            net_minor: sales.sold - sales.voided,
        }
    }
}

/// What was sold in a stretch of days, by template and by seller, and what of it was voided.
#[utoipa::path(get, path = "/v1/reports/sales", tag = "reports", params(Days),
    responses((status = 200, content((SalesView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn sales(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<Days>,
) -> Result<Response, Problem> {
    let basis = Basis::of(&app, &caller).await?;
    let (from, to) = query.bounds(basis.today)?;
    let days = spans(Some(from), day_after(to));
    let rows = app
        .store
        .sales_rows(&basis.business, basis.generation, &days)
        .await?;
    let by_template = sales_by_template(&rows)
        .into_iter()
        .map(|sales| SalesLine::of(SalesBy::Template, sales, |id| id.map(|id| id.to_string())));
    let by_seller = sales_by_seller(&rows).into_iter().map(|sales| {
        SalesLine::of(SalesBy::Seller, sales, |seller| match seller {
            Seller::Customers => None,
            Seller::Account(id) => Some(id.to_string()),
        })
    });
    let view = SalesView {
        time_zone: basis.zone.to_string(),
        from,
        to,
        items: by_template.chain(by_seller).collect(),
    };
    format.answer("sales", &view, |view| &view.items)
}
