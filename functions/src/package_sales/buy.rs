//! Buying a package for oneself.

use axum::extract::State;
use domain::{TemplateId, packages};
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use super::sale::{Named, sold};
use crate::App;
use crate::edge::{Answer, Caller, Json, Key, Problem, Problems, Right};

/// What a customer buys.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PurchaseBody)]
pub(crate) struct PurchaseBody {
    /// A template of the shop.
    #[schema(value_type = String, example = "tpl_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    template_id: TemplateId,
}

/// Buys a template of the shop for the customer of this account. It waits for its payment: of the
/// deposit, or of all of its price where the template asks for none. What costs nothing is active at
/// once. A repeated request under the same key buys once and answers the same.
#[utoipa::path(post, path = "/v1/me/packages", tag = "packages", request_body = PurchaseBody,
    params(("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = PackageView), Problems))]
pub(crate) async fn buy(
    State(app): State<App>,
    caller: Caller,
    Key(key): Key,
    Json(body): Json<PurchaseBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::BuyOnline)?;
    let customer = caller.own_customer(&app.store).await?;
    // Keys are told apart by business, not by account: another customer's is another request.
    let context = app.context(&caller, fingerprint("buy", &(customer, &body))?)?;
    let named = Named {
        customer,
        template: Some(body.template_id),
        services: Vec::new(),
    };
    let made = sold(&app, named, &key, context, packages::buy);
    Ok(made.await?.answer())
}
