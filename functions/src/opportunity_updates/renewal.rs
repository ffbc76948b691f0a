//! Opening the opportunity to sell a package again.

use axum::extract::State;
use domain::journal::Entry;
use domain::packages::Package;
use domain::pipeline::{Item, PipelineRefusal, renew};
use domain::{
    ActorId, BusinessId, Context, Decision, Fingerprint, OpportunityId, PackageId, Refusal,
};
use infra::{
    Consistency, Fault, Mutation, OpeningState, Store, derived_bytes, fingerprint, fresh_salt,
    settle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::open::may_open_for;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Path, Problem, Problems, Right};

/// Whose the renewal of a package is.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Renewal)]
pub(crate) struct RenewalBody {
    /// Who answers for it: the subject of their token; who opens it if left out. Sales open their own.
    #[schema(value_type = Option<String>)]
    representative_id: Option<ActorId>,
}

struct Renew {
    id: OpportunityId,
    package: PackageId,
    representative: Option<ActorId>,
    salt: Fingerprint,
    context: Context,
}

/// What opening a renewal looks at.
struct RenewalState {
    package: Package,
    opening: OpeningState,
}

/// Opens the opportunity to sell a package again, if at the rate at which it was used so far it will be
/// used up before it ends or, where it never ends, within a year. The rate is what was captured ÷ the days
/// since the first use where validity counts from that, else since the sale, both days counted; it takes
/// two visits, or any use in seven days, to say it. Of a package with several pools, the one that is used up
/// first decides. It is expected to be decided on that day. Once per package: a repeated request is
/// answered with the opportunity that there is.
#[utoipa::path(post, path = "/v1/packages/{id}/renewal", tag = "pipeline",
    request_body = RenewalBody, params(("id" = String, Path, description = "The package")),
    responses((status = 201, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn renewal(
    State(app): State<App>,
    caller: Caller,
    Path(package): Path<PackageId>,
    Json(body): Json<RenewalBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    may_open_for(&caller, body.representative_id.as_ref())?;
    let renew = Renew {
        id: renewal_of(&caller.business, package),
        package,
        context: app.context(&caller, fingerprint("renew", &(package, &body))?)?,
        representative: body.representative_id,
        salt: fresh_salt()?,
    };
    let settled = settle(&app.store, &renew).await?;
    let opened = match settled.replayed {
        false => renew.decide(&settled.state)?,
        true => None,
    };
    let opportunity = match opened.as_ref().and_then(Decision::opportunity) {
        Some(opportunity) => Some(opportunity.clone()),
        None => {
            app.store
                .opportunity(&caller.business, renew.id, Consistency::Strong)
                .await?
        }
    };
    let opportunity = opportunity.ok_or(Refusal::Pipeline(PipelineRefusal::OpportunityMissing))?;
    if caller.works_on(&opportunity).is_err() {
        return Err(Refusal::Pipeline(PipelineRefusal::RenewedByAnother).into());
    }
    let version = opportunity.version;
    let rules = settled.state.map(|state| state.opening.opening.rules);
    let rules = rules.ok_or(Refusal::PackageNotFound)?;
    Ok(Answer::created(OpportunityView::of(opportunity, &rules)?)
        .version(version)
        .replayed(settled.replayed))
}

/// The opportunity to sell a package again: there is one.
pub(crate) fn renewal_of(business: &BusinessId, package: PackageId) -> OpportunityId {
    let name = package.to_string();
    OpportunityId::from_bytes(derived_bytes(&[business.as_str(), "renewal", &name]))
}

impl Mutation for Renew {
    /// None if there is no such package.
    type State = Option<RenewalState>;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let Some(package) = store.package(business, self.package).await? else {
            return Ok(None);
        };
        let of = (self.id, package.customer);
        let items: Vec<Item> = package.template.into_iter().map(Item::TemplateId).collect();
        let opening = store
            .opening_state(business, of, &items, consistency)
            .await?;
        Ok(Some(RenewalState { package, opening }))
    }

    /// Whoever opened it, and however: it is there once.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(state
            .as_ref()
            .and_then(|state| state.opening.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let state = state.as_ref().ok_or(Refusal::PackageNotFound)?;
        let named = (self.id, self.salt.clone());
        let representative = self.representative.clone();
        let (opening, package) = (&state.opening.opening, &state.package);
        renew(opening, package, named, representative, &self.context).map(Some)
    }
}
