//! Selling a template to a customer.

use axum::extract::State;
use domain::journal::{Entry, fold};
use domain::packages::sell as decide;
use domain::{Context, CustomerId, Decision, PackageId, Refusal, TemplateId};
use infra::{Consistency, Fault, Mutation, SaleState, Store, derived_bytes, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use crate::App;
use crate::edge::{Answer, Caller, Json, Key, Problem, Problems, Right};

/// What is sold to whom.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct SaleBody {
    /// The buyer.
    #[schema(value_type = String, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: CustomerId,
    /// What is sold.
    #[schema(value_type = String, example = "tpl_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    template_id: TemplateId,
}

struct Sell {
    body: SaleBody,
    package: PackageId,
    context: Context,
}

/// Sells a template to a customer: a package with the template's terms of this moment, active at
/// once. A repeated request under the same key sells once and answers the same.
#[utoipa::path(post, path = "/v1/packages", tag = "packages", request_body = SaleBody,
    params(("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = PackageView), Problems))]
pub(crate) async fn sell(
    State(app): State<App>,
    caller: Caller,
    Key(key): Key,
    Json(body): Json<SaleBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::Sell)?;
    let context = app.context(&caller, fingerprint("sell", &body)?)?;
    // The key makes the package's id, so the package itself cannot be sold twice.
    let bytes = derived_bytes(&[caller.business.as_str(), "package", key.as_str()]);
    let package = PackageId::from_bytes(bytes);
    let settled = settle(
        &app.store,
        &Sell {
            body,
            package,
            context,
        },
    )
    .await?;
    let sold = fold(package, settled.entry.as_ref())?.ok_or(Refusal::PackageNotFound)?;
    Ok(Answer::created(PackageView::of(&sold, sold.sold_at)).replayed(settled.replayed))
}

impl Mutation for Sell {
    type State = SaleState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let SaleBody {
            customer_id,
            template_id,
        } = self.body;
        let business = &self.context.business;
        store
            .sale(
                business,
                customer_id,
                template_id,
                self.package,
                consistency,
            )
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.sold.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        decide(&state.sale, self.package, &self.context).map(Some)
    }
}
