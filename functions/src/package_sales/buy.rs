//! Buying a package for oneself.

use axum::extract::State;
use domain::{PackageId, Refusal, TemplateId, packages};
use infra::{Consistency, derived_bytes, fingerprint};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use super::sale::{Named, package_of, sold};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Missing, Problem, Problems, Right};

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
/// once, and is had once by each customer, whatever the key. A repeated request under the same key buys once
/// and answers the same.
#[utoipa::path(post, path = "/v1/me/packages", tag = "packages", request_body = PurchaseBody,
    params(("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = PackageView), Problems, Missing, Conflict))]
pub(crate) async fn buy(
    State(app): State<App>,
    caller: Caller,
    Key(key): Key,
    Json(body): Json<PurchaseBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::BuyOnline)?;
    let (business, template) = (&caller.business, body.template_id);
    let (customer, offered) = tokio::try_join!(caller.own_customer(&app.store), async {
        let offered = app
            .store
            .template(business, template, Consistency::Eventual);
        offered.await.map_err(Problem::from)
    })?;
    // Keys are told apart by business, not by account: another customer's is another request.
    let context = app.context(&caller, fingerprint("buy", &(customer, &body))?)?;
    let named = Named {
        customer,
        template: Some(body.template_id),
        services: Vec::new(),
    };
    let is_free = offered.is_some_and(|offered| offered.terms.price.amount_minor() == 0);
    let id = match is_free {
        // What costs nothing would be taken without end.
        true => {
            let (customer, template) = (customer.to_string(), template.to_string());
            let parts = [business.as_str(), "free", &customer, &template];
            PackageId::from_bytes(derived_bytes(&parts))
        }
        false => package_of(business, &key),
    };
    let made = sold(&app, named, id, context, packages::buy).await?;
    if is_free && made.replayed {
        // Whichever request it was, what became of it since is what there is.
        let present = app.store.package(business, id).await?;
        let present = present.ok_or(Refusal::PackageNotFound)?;
        let view = PackageView::of(&present, app.clock.now());
        return Ok(Answer::created(view).replayed(true));
    }
    Ok(made.answer())
}
