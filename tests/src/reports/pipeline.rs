//! What the reports of the pipeline are tested with: opportunities over HTTP, and their decisions.

use domain::pipeline::{Closing, Opportunity, Outcome, Rules, assign, close, reopen, suspend};
use domain::{Actor, Context, Decision, OpportunityId, Refusal, Role};
use infra::{Consistency, Fault, Mutation, Store, settle};
use serde_json::{Value, json};

use crate::harness::{Salon, id};

/// A change of an opportunity, decided as its function does.
struct Changing<'s, D> {
    id: OpportunityId,
    context: &'s Context,
    decide: D,
}

impl<D> Mutation for Changing<'_, D>
where
    D: Fn(&Opportunity, &Rules, &Context) -> Result<Decision, Refusal> + Sync,
{
    type State = (Opportunity, Rules);

    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let found = store.opportunity(business, self.id, Consistency::Strong);
        let rules = store.rules(business, Consistency::Strong).await?;
        Ok((found.await?.unwrap(), rules))
    }

    fn repeated<'s>(
        &self,
        _: &'s Self::State,
    ) -> Result<Option<&'s domain::journal::Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, (present, rules): &Self::State) -> Result<Option<Decision>, Refusal> {
        (self.decide)(present, rules, self.context).map(Some)
    }
}

async fn change(
    salon: &Salon,
    id: &str,
    decide: impl Fn(&Opportunity, &Rules, &Context) -> Result<Decision, Refusal> + Sync,
) {
    let world = &salon.world;
    let context = Context {
        business: world.business.parse().unwrap(),
        actor: Actor {
            id: "someone".parse().unwrap(),
            role: Role::Owner,
        },
        now: world.clock.now(),
        random: infra::random_128().unwrap(),
        fingerprint: "f".parse().unwrap(),
        cause: "request-1".parse().unwrap(),
    };
    let changing = Changing {
        id: id.parse().unwrap(),
        context: &context,
        decide,
    };
    settle(&world.store, &changing).await.unwrap();
}

/// Opens an opportunity of Ayşe's, of so many lira, expected to be decided on a day; its id.
pub(super) async fn opened(salon: &Salon, lira: u64, close_on: &str, by: &str) -> String {
    let body = json!({
        "customer_id": salon.ayse, "title": "Gelin paketi", "representative_id": by,
        "estimate": {"amount_minor": lira * 100, "currency": "TRY"}, "expected_close_on": close_on,
    });
    let key = format!("{:x}", infra::random_128().unwrap());
    let call = salon.world.post("/v1/opportunities", body).key(&key);
    id(&call.ok().await)
}

pub(super) async fn moved(salon: &Salon, id: &str, stage: u16) {
    let path = format!("/v1/opportunities/{id}");
    let version = salon.world.get(&path).ok().await["version"]
        .as_u64()
        .unwrap();
    let call = salon
        .world
        .post(&format!("{path}/stage"), json!({"stage": stage}));
    call.if_match(version).ok().await;
}

pub(super) async fn closed(salon: &Salon, id: &str, outcome: Outcome) {
    change(salon, id, |present, rules, context| {
        let reasons = rules.reasons()?;
        let reason = match outcome {
            Outcome::Won => None,
            Outcome::Lost => Some(reasons.lost_reasons[0].code.clone()),
            Outcome::Abandoned => Some(reasons.abandoned_reasons[0].code.clone()),
        };
        let closing = Closing {
            outcome,
            reason,
            note: None,
        };
        close(present, closing, None, present.version, rules, context)
    })
    .await;
}

pub(super) async fn reopened(salon: &Salon, id: &str) {
    change(salon, id, |present, rules, context| {
        let reason = rules.reasons()?.reopen_reasons[0].code.clone();
        reopen(present, (reason, None), present.version, rules, context)
    })
    .await;
}

pub(super) async fn suspended(salon: &Salon, id: &str, until: &str) {
    change(salon, id, |present, rules, context| {
        let until = until.parse().unwrap();
        suspend(present, until, present.version, rules, context)
    })
    .await;
}

pub(super) async fn assigned(salon: &Salon, id: &str, to: &str) {
    change(salon, id, |present, rules, context| {
        let to = to.parse().unwrap();
        Ok(assign(present, &to, present.version, rules, context)?.unwrap())
    })
    .await;
}

/// Some fields of a line.
pub(super) fn some(line: &Value, fields: &[&str]) -> Vec<Value> {
    fields.iter().map(|field| line[*field].clone()).collect()
}
