//! What was decided on what was read, and comes to be written after that was erased or closed.

use domain::journal::Entry;
use domain::pipeline::{
    Earned, OpportunityDraft, OpportunityEdit, PipelineRefusal, edit, open, set_quota,
};
use domain::{Context, Decision, OpportunityId, Refusal};
use infra::{Consistency, Failure, Fault, Mutation, Store, settle};
use serde_json::json;

use super::activities::last;
use super::erase::{erase, zerrin};
use crate::harness::{Salon, dump, id, lira};

/// A decision on what was there; what is there by then is refused.
struct Late(Decision, Refusal);

impl Mutation for Late {
    /// Whether it was read once more.
    type State = bool;

    async fn load(&self, _: &Store, consistency: Consistency) -> Result<bool, Fault> {
        Ok(matches!(consistency, Consistency::Strong))
    }

    fn repeated<'s>(&self, _: &'s bool) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, again: &bool) -> Result<Option<Decision>, Refusal> {
        match again {
            true => Err(self.1.clone()),
            false => Ok(Some(self.0.clone())),
        }
    }
}

/// Nothing is written of what comes too late.
async fn is_too_late(salon: &Salon, decision: Decision, refusal: impl Into<Refusal>) {
    let refusal = refusal.into();
    let stored = async || (dump(&salon.world).await.len(), salon.world.journal().await);
    let before = stored().await;
    let settled = settle(&salon.world.store, &Late(decision, refusal.clone())).await;
    let refused = settled.map(|_| ()).unwrap_err();
    assert!(matches!(&refused, Failure::Refused(it) if it == &refusal));
    assert_eq!(stored().await, before);
}

fn draft() -> OpportunityDraft {
    OpportunityDraft {
        title: "Zerrin yine".parse().unwrap(),
        description: None,
        scheme: None,
        stage: None,
        estimate: serde_json::from_value(lira(1)).unwrap(),
        earned: Earned::default(),
        lines: Vec::new(),
        starts_on: None,
        expected_close_on: None,
        forecast: None,
        representative: None,
        tags: Default::default(),
        recurs: None,
    }
}

async fn read(salon: &Salon, context: &Context, path: &str) -> infra::OpportunityState {
    let of = (last(path).parse().unwrap(), 0);
    let strong = Consistency::Strong;
    let state = salon
        .world
        .store
        .opportunity_state(&context.business, of, &[], strong);
    state.await.unwrap()
}

#[tokio::test]
async fn nothing_is_opened_or_edited_on_what_was_read_before_the_person_was_erased() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    let context = world.context_of(&world.business);
    let named = OpportunityId::new(context.now, context.random);
    let of = (named, zerrin.parse().unwrap());
    let strong = Consistency::Strong;
    let opening = world
        .store
        .opening_state(&context.business, of, &[], strong);
    let opening = opening.await.unwrap().opening;
    let named = (named, "5a17".parse().unwrap());
    let opened = open(&opening, draft(), named, None, &context).unwrap();
    let state = read(&salon, &context, &path).await;
    let present = state.opportunity.unwrap();
    let title = OpportunityEdit {
        title: Some("Zerrin".parse().unwrap()),
        ..OpportunityEdit::default()
    };
    let edited = edit(&present, title, present.version, &state.rules, &context);
    let edited = edited.unwrap().unwrap();
    erase(&salon, &zerrin).await;
    is_too_late(&salon, opened, Refusal::CustomerErased).await;
    is_too_late(&salon, edited, Refusal::CustomerErased).await;
}

#[tokio::test]
async fn nothing_is_linked_to_a_quota_that_was_running_when_it_was_read() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let quota = json!({
        "name": "Ekim 2026", "representative_id": "someone", "from": "2026-10-01",
        "to": "2026-10-31", "target_amount": lira(1),
    });
    let quota = id(&world.post("/v1/quotas", quota).ok().await);
    let opportunity = json!({"customer_id": salon.ayse, "title": "Gelin", "estimate": lira(1)});
    let opportunity = id(&world.post("/v1/opportunities", opportunity).ok().await);
    let context = world.context_of(&world.business);
    let state = read(&salon, &context, &opportunity).await;
    let wanted = [quota.parse().unwrap()];
    let strong = Consistency::Strong;
    let quotas = world.store.quotas_of(&context.business, &wanted, strong);
    let quotas = quotas.await.unwrap();
    let present = state.opportunity.unwrap();
    let link = set_quota(
        &present,
        Some(wanted[0]),
        &quotas,
        1,
        &state.rules,
        &context,
    );
    let link = link.unwrap().unwrap();
    let close = world.call("POST", &format!("/v1/quotas/{quota}/close"));
    close.ok().await;
    is_too_late(&salon, link, PipelineRefusal::QuotaClosed).await;
}

#[tokio::test]
async fn no_quota_is_told_of_what_was_read_before_the_person_was_erased() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    let context = world.context_of(&world.business);
    let state = read(&salon, &context, &path).await;
    let present = state.opportunity.unwrap();
    let another = json!({
        "name": "Aralık 2026", "representative_id": "rep-1", "from": "2026-12-01",
        "to": "2026-12-31", "target_count": 1,
    });
    let another = id(&world.post("/v1/quotas", another).ok().await);
    let wanted = [another.parse().unwrap()];
    let strong = Consistency::Strong;
    let quotas = world.store.quotas_of(&context.business, &wanted, strong);
    let quotas = quotas.await.unwrap();
    let to = Some(wanted[0]);
    let version = present.version;
    let link = set_quota(&present, to, &quotas, version, &state.rules, &context);
    let link = link.unwrap().unwrap();
    erase(&salon, &zerrin).await;
    is_too_late(&salon, link, Refusal::CustomerErased).await;
}
