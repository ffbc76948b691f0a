//! Selling a package to a customer, or offering it.

use axum::extract::State;
use domain::packages;
use infra::fingerprint;

use super::PackageView;
use super::order::OrderBody;
use super::sale::sold;
use crate::App;
use crate::edge::{Answer, Caller, Json, Key, Problem, Problems, Right};

/// Sells a package to a customer: a template with its terms of this moment, or terms of its own;
/// active at once, unless a deposit is due. With `offer` it is offered instead, and sold when the
/// offer is accepted. A repeated request under the same key sells once and answers the same.
#[utoipa::path(post, path = "/v1/packages", tag = "packages", request_body = OrderBody,
    params(("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = PackageView), Problems))]
pub(crate) async fn sell(
    State(app): State<App>,
    caller: Caller,
    Key(key): Key,
    Json(body): Json<OrderBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::Sell)?;
    let context = app.context(&caller, fingerprint("sell", &body)?)?;
    let (named, order, offer) = body.parse()?;
    let made = sold(
        &app,
        named,
        &key,
        context,
        |sale, id, context| match offer {
            Some(offer) => packages::offer(sale, &order, offer.until, id, context),
            None => packages::sell(sale, &order, id, context),
        },
    );
    Ok(made.await?.answer())
}
