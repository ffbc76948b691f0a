//! Selling more units of a package.

use axum::extract::State;
use domain::packages::top_up as decide;
use domain::{CustomerId, Money, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pools::{PoolUnitsBody, units};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Key, MoneyField, Path, Problem, Problems, Right, objects,
};
use crate::package_sales::{Change, PackageView};

/// What is added, and for how much.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TopUpBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The units, by pool.
    #[serde(deserialize_with = "objects")]
    pools: Vec<PoolUnitsBody>,
    /// What they cost together, tax included, in the currency of the package: split over the pools by
    /// their units.
    #[schema(value_type = MoneyField)]
    price: Money,
}

/// Adds units to a package for a price that is to be paid. A package that was used up can be used
/// again. A pass has no units: it is extended.
#[utoipa::path(post, path = "/v1/packages/{id}/top-ups", tag = "packages", request_body = TopUpBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn top_up(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<TopUpBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::Sell)?;
    if body.price.amount_minor() == 0 {
        caller.may(Right::GiveGoodwill)?;
    }
    let pools = units(&body.pools)?;
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("top-up", &body),
    )?;
    let topped_up = change.by(&app, |on| {
        on.holder.is_there()?;
        decide(on.package, &pools, body.price, on.key.clone(), on.context)
    });
    topped_up.await
}
