//! The same opportunity a second time.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{PipelineRefusal, duplicate as decide};
use domain::{Context, Decision, Fingerprint, OpportunityId, Refusal};
use infra::{Consistency, DuplicateState, Fault, Mutation, Store, fingerprint, fresh_salt, settle};

use super::OpportunityView;
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, OptionalKey, Path, Problem, Problems, Right, fresh_or_derived,
};

struct Duplicate<'a> {
    caller: &'a Caller,
    /// The one to be copied.
    model: OpportunityId,
    /// The copy.
    id: OpportunityId,
    salt: Fingerprint,
    context: Context,
}

/// Opens an opportunity with what another one is about, whatever became of that: in the first stage of
/// its scheme, or of the first one in use where that is archived, with its lines at their prices, its links and tags, and without its quotes and
/// activities. With an Idempotency-Key, a repeated request opens it once, and is answered with the
/// copy as it is now.
#[utoipa::path(post, path = "/v1/opportunities/{id}/duplicate", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity to be copied"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn duplicate(
    State(app): State<App>,
    caller: Caller,
    Path(model): Path<OpportunityId>,
    OptionalKey(key): OptionalKey,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let context = app.context(&caller, fingerprint("duplicate-opportunity", &model)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "duplicate",
        &context,
        OpportunityId::new,
        OpportunityId::from_bytes,
    )?;
    let duplicate = Duplicate {
        caller: &caller,
        model,
        id,
        salt: fresh_salt()?,
        context,
    };
    let settled = settle(&app.store, &duplicate).await?;
    let opened = match settled.replayed {
        false => duplicate.decide(&settled.state)?,
        true => None,
    };
    let copy = match opened.as_ref().and_then(Decision::opportunity) {
        Some(copy) => Some(copy.clone()),
        None => {
            app.store
                .opportunity(&caller.business, id, Consistency::Strong)
                .await?
        }
    };
    let copy = copy.ok_or(Refusal::Pipeline(PipelineRefusal::OpportunityMissing))?;
    caller.works_on(&copy)?;
    let version = copy.version;
    let view = OpportunityView::of(copy, &settled.state.rules)?;
    Ok(Answer::created(view)
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Duplicate<'_> {
    type State = DuplicateState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, of) = (&self.context.business, (self.model, self.id));
        store.duplicate_state(business, of, consistency).await
    }

    /// Nothing that people wrote is in the request: its digest needs no salt.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let model = state.model.as_ref();
        let model = model.ok_or(PipelineRefusal::OpportunityMissing)?;
        self.caller.works_on(model)?;
        let named = (self.id, self.salt.clone());
        let customer = state.customer.as_ref();
        decide(model, named, customer, &state.rules, &self.context).map(Some)
    }
}
