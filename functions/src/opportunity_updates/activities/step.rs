//! What the changes of an activity have in common.

use domain::journal::Entry;
use domain::pipeline::{Activity, Opportunity, PipelineRefusal};
use domain::{ActivityId, Context, Decision, OpportunityId, Refusal, Role};
use infra::{ActivityState, Consistency, Fault, Mutation, Store, fingerprint, settle};
use serde::Serialize;

use super::ActivityView;
use super::log::entered;
use crate::App;
use crate::edge::{Answer, Caller, Problem};
use crate::opportunity_updates::change::salted;

/// Something to be done to an activity that exists.
pub(super) struct Step<'a> {
    caller: &'a Caller,
    opportunity: OpportunityId,
    activity: ActivityId,
    /// The version that the caller read, where it matters.
    expected: Option<u64>,
    /// Whether whoever is to do it may do this, too, on an opportunity of somebody else.
    by_assignee: bool,
    context: Context,
}

impl<'a> Step<'a> {
    /// The step that `verb` with `content` makes.
    ///
    /// # Errors
    /// A problem when the operating system has no randomness.
    pub(super) fn new(
        app: &App,
        caller: &'a Caller,
        (opportunity, activity): (OpportunityId, ActivityId),
        expected: Option<u64>,
        (verb, content): (&str, &impl Serialize),
    ) -> Result<Self, Problem> {
        let content = fingerprint(verb, &(opportunity, activity, expected, content))?;
        Ok(Self {
            caller,
            opportunity,
            activity,
            expected,
            by_assignee: false,
            context: app.context(caller, content)?,
        })
    }

    /// The same, which whoever is to do it may take, too.
    pub(super) fn by_assignee(self) -> Self {
        Self {
            by_assignee: true,
            ..self
        }
    }

    /// Takes it by the verb's own decision, and answers with the activity as it is then; where it changes nothing, as it
    /// was when that was seen. A repeated
    /// request is answered with the activity as it is now.
    ///
    /// # Errors
    /// `opportunity-not-found`, `activity-not-found`, `activity-of-another`, then the verb's own.
    pub(super) async fn by<D>(self, app: &App, decide: D) -> Result<Answer<ActivityView>, Problem>
    where
        D: Fn(&Opportunity, &Activity, &Context) -> Result<Option<Decision>, Refusal> + Sync,
    {
        let deciding = Deciding { step: self, decide };
        let settled = settle(&app.store, &deciding).await?;
        let activity = match (&settled.entry, settled.replayed) {
            (None, _) => settled.state.activity,
            (Some(_), false) => deciding.decide(&settled.state)?.as_ref().and_then(entered),
            // What was read may be older than what stood in the way.
            (Some(_), true) => {
                deciding
                    .load(&app.store, Consistency::Strong)
                    .await?
                    .activity
            }
        };
        let activity = activity.ok_or(Refusal::Pipeline(PipelineRefusal::ActivityMissing))?;
        let version = activity.version;
        Ok(Answer::ok(activity.into())
            .version(version)
            .replayed(settled.replayed))
    }
}

/// A request with its verb's decision.
struct Deciding<'a, D> {
    step: Step<'a>,
    decide: D,
}

impl<D> Deciding<'_, D> {
    /// The opportunity and the activity, if the caller may take the step, and the surroundings salted
    /// with the opportunity.
    fn seen<'s>(
        &self,
        state: &'s ActivityState,
    ) -> Result<(&'s Opportunity, &'s Activity, Context), Refusal> {
        let step = &self.step;
        let opportunity = state.opportunity.as_ref();
        let opportunity = opportunity.ok_or(PipelineRefusal::OpportunityMissing)?;
        let activity = state.activity.as_ref();
        let assigned = activity.is_some_and(|it| it.assignee == step.caller.actor.id);
        let theirs = step.by_assignee && assigned;
        if !theirs {
            step.caller.works_on(opportunity)?;
        }
        let activity = activity.ok_or(PipelineRefusal::ActivityMissing)?;
        // Staff read what is not theirs to do.
        if !theirs && step.caller.actor.role == Role::Staff {
            return Err(PipelineRefusal::ActivityOfAnother.into());
        }
        let context = salted(&step.context, opportunity);
        let context = context.map_err(|_| PipelineRefusal::OpportunityMissing)?;
        Ok((opportunity, activity, context))
    }
}

impl<D> Mutation for Deciding<'_, D>
where
    D: Fn(&Opportunity, &Activity, &Context) -> Result<Option<Decision>, Refusal> + Sync,
{
    type State = ActivityState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let step = &self.step;
        let of = (step.opportunity, step.activity);
        store
            .activity_state(&step.context.business, of, step.expected, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let (_, _, context) = self.seen(state)?;
        Ok(context.repeated_edit(state.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let (opportunity, activity, context) = self.seen(state)?;
        (self.decide)(opportunity, activity, &context)
    }
}
