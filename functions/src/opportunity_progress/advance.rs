//! What a batch of the stream means for opportunities.

use std::collections::BTreeMap;

use aws_lambda_events::dynamodb::EventRecord;
use domain::journal::Entry;
use domain::packages::Package;
use domain::pipeline::{PipelineRefusal, advance as decide, milestones};
use domain::{Actor, BusinessId, Context, Decision, OpportunityId, Refusal};
use infra::{
    Change, Consistency, Failure, Fault, Mutation, ProgressState, Store, fingerprint, random_128,
    settle,
};

use super::forget::forget;
use crate::App;
use crate::stream::{Failed, Handled};

/// The packages of one opportunity that changed in a batch, and the place of the first of them.
struct Changed {
    place: usize,
    packages: Vec<Package>,
}

/// An opportunity of which packages changed.
struct Advance {
    id: OpportunityId,
    changed: Vec<Package>,
    context: Context,
}

/// Looks at each opportunity of which a package changed, and moves it on as far as the facts say; and at
/// those of each person who was erased. What is there decides, not what the record tells of: records may
/// come again and in any order. One that cannot be looked at is named, and does not keep the others from
/// being.
pub(crate) fn advance<'a>(app: &'a App, records: &'a [EventRecord]) -> Handled<'a> {
    Box::pin(async move {
        let mut failed = Vec::new();
        let mut changed = BTreeMap::<(BusinessId, OpportunityId), Changed>::new();
        for (place, record) in records.iter().enumerate() {
            let change = &record.change;
            match Change::read(&change.keys, &change.old_image, &change.new_image) {
                Ok(Change::Package {
                    business, after, ..
                }) => {
                    let Some(opportunity) = after.opportunity else {
                        continue;
                    };
                    let of = changed.entry((business, opportunity));
                    let of = of.or_insert_with(|| Changed {
                        place,
                        packages: Vec::new(),
                    });
                    of.packages.push(*after);
                }
                Ok(Change::Entry(entry)) => {
                    if let Err(fault) = forget(app, &entry).await {
                        failed.push((place, fault));
                    }
                }
                Ok(Change::Other) => {}
                Err(fault) => failed.push((place, fault)),
            }
        }
        for ((business, id), changed) in changed {
            if let Err(fault) = look_at(app, business, id, changed.packages).await {
                failed.push((changed.place, fault));
            }
        }
        let first = failed.into_iter().min_by_key(|(place, _)| *place);
        first.map_or(Ok(()), |(first, fault)| Err(Failed { first, fault }))
    })
}

async fn look_at(
    app: &App,
    business: BusinessId,
    id: OpportunityId,
    changed: Vec<Package>,
) -> Result<(), Fault> {
    let last = changed.last().map(|package| package.id);
    let cause = last.map_or_else(|| id.to_string(), |package| package.to_string());
    let context = Context {
        business,
        actor: Actor::carnet(),
        now: app.clock.now(),
        random: random_128()?,
        fingerprint: fingerprint("advance", &id)?,
        cause: cause.parse().map_err(broken)?,
    };
    let advance = Advance {
        id,
        changed,
        context,
    };
    match settle(&app.store, &advance).await {
        Ok(_) => Ok(()),
        Err(Failure::Fault(fault)) => Err(fault),
        Err(Failure::Refused(refusal)) => Err(broken(refusal)),
    }
}

fn broken(cause: impl std::fmt::Display) -> Fault {
    Fault::Broken {
        cause: cause.to_string(),
    }
}

impl Mutation for Advance {
    type State = ProgressState;

    const STRONG: bool = true;

    /// Always as it is at this moment: that nothing moves must be as true as that something does.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        store.progress_state(&self.context.business, self.id).await
    }

    /// What is there already is what a repeated record finds.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let Some(opportunity) = &state.opportunity else {
            return Ok(None);
        };
        let given = |package: &&Package| !opportunity.packages.contains(&package.id);
        let given: Vec<Package> = self.changed.iter().filter(given).cloned().collect();
        let facts = milestones(&state.sold, &given, self.context.now);
        // Two that look at once are the same only where they see the same.
        let digest = fingerprint("advance", &(self.id, &facts));
        let context = Context {
            fingerprint: digest.map_err(|_| PipelineRefusal::OpportunityMissing)?,
            ..self.context.clone()
        };
        decide(opportunity, &facts, &state.rules, &context)
    }
}
