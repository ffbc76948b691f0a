//! Entering an activity: what was done, or what is to be done.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{
    ActivityDraft, Opportunity, Party, PipelineRefusal, Plan, log_activity, plan_activity,
};
use domain::{
    ActivityId, ActorId, Context, Decision, Fingerprint, Name, Note, OpportunityId, Refusal, Slug,
};
use infra::{Consistency, Fault, LoggingState, Mutation, Store, fingerprint, random_128, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ActivityKindField, ActivityView, PartyField};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, OptionalKey, Path, Problem, Problems, Right, Timestamp,
    object_or_null, objects_or_null,
};
use crate::opportunity_updates::change::salted;

/// What was done, or is to be done.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = ActivityBody)]
pub(crate) struct ActivityBody {
    /// What kind.
    kind: ActivityKindField,
    /// What it is called; a task has a subject.
    #[schema(value_type = Option<String>, max_length = 120, example = "Fiyat teklifini konuştuk")]
    subject: Option<Name>,
    /// What there is to say about it; a note has a text.
    #[schema(value_type = Option<String>, max_length = 2000)]
    text: Option<Note>,
    /// When it was done, not in the future; now if both this and `due_at` are left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    done_at: Option<Timestamp>,
    /// When it is due or begins: it is planned. Not for a note, and not beside `done_at`.
    #[schema(value_type = Option<String>, format = DateTime)]
    due_at: Option<Timestamp>,
    /// When somebody is to be reminded of what is planned; not after `due_at`.
    #[schema(value_type = Option<String>, format = DateTime)]
    remind_at: Option<Timestamp>,
    /// Who is to do it, or did: the subject of their token; who sends this if left out.
    #[schema(value_type = Option<String>)]
    assignee_id: Option<ActorId>,
    /// With whom, at most 20: the customer, and people and companies that are linked to the opportunity.
    #[serde(default, deserialize_with = "objects_or_null")]
    with: Option<Vec<PartyField>>,
    /// Links whoever of `with` is not linked yet; without it they are refused.
    #[serde(default, deserialize_with = "object_or_null")]
    link: Option<LinkingField>,
}

/// As what somebody is linked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Linking)]
pub(crate) struct LinkingField {
    /// Their role, such as decision-maker.
    #[schema(value_type = String, example = "decision-maker")]
    role: Slug,
}

struct Log<'a> {
    caller: &'a Caller,
    opportunity: OpportunityId,
    id: ActivityId,
    draft: ActivityDraft,
    /// Who may have to be linked.
    linking: Vec<Party>,
    done_at: Option<Timestamp>,
    plan: Option<Plan>,
    context: Context,
}

/// Logs what was done about an opportunity, or plans what is to be done, whatever the opportunity's
/// status. It is added to whatever else happens at the same moment: no If-Match. With an
/// Idempotency-Key, a repeated request enters it once, and is answered with the activity as it is now.
#[utoipa::path(post, path = "/v1/opportunities/{id}/activities", tag = "pipeline", request_body = ActivityBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request about this opportunity")),
    responses((status = 201, body = ActivityView), Problems, Conflict))]
pub(crate) async fn log(
    State(app): State<App>,
    caller: Caller,
    Path(opportunity): Path<OpportunityId>,
    OptionalKey(key): OptionalKey,
    Json(body): Json<ActivityBody>,
) -> Result<Answer<ActivityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let key = match key {
        Some(key) => Some(fingerprint("activity-key", &key.as_str())?),
        None => None,
    };
    let log = Log::new(&app, &caller, opportunity, key, body)?;
    let settled = settle(&app.store, &log).await?;
    let activity = match settled.replayed {
        false => log.decide(&settled.state)?.as_ref().and_then(entered),
        // What was read may be older than what stood in the way.
        true => log.load(&app.store, Consistency::Strong).await?.activity,
    };
    let activity = activity.ok_or(Refusal::Pipeline(PipelineRefusal::ActivityMissing))?;
    let version = activity.version;
    Ok(Answer::created(activity.into())
        .version(version)
        .replayed(settled.replayed))
}

/// The activity that a decision puts.
pub(super) fn entered(decision: &Decision) -> Option<domain::pipeline::Activity> {
    decision.activity().cloned()
}

impl<'a> Log<'a> {
    /// # Errors
    /// `invalid-body` (422) for `done_at` beside `due_at`, a reminder of what is not planned, or somebody
    /// in `with` who is neither a person nor a company.
    fn new(
        app: &App,
        caller: &'a Caller,
        opportunity: OpportunityId,
        key: Option<Fingerprint>,
        body: ActivityBody,
    ) -> Result<Self, Problem> {
        let id = ActivityId::new(app.clock.now(), random_128()?);
        // Two requests of one content are two calls, unless a key says that they are one.
        let named = match &key {
            Some(key) => key.to_string(),
            None => id.to_string(),
        };
        let content = fingerprint("enter-activity", &(opportunity, named, &body))?;
        let plan = match (body.done_at, body.due_at, body.remind_at) {
            (None, Some(due_at), remind_at) => Some(Plan {
                due_at: due_at.0,
                remind_at: remind_at.map(|at| at.0),
            }),
            (_, None, None) => None,
            (Some(_), Some(_), _) => {
                return Err(invalid("an activity has either done_at or due_at"));
            }
            (_, None, Some(_)) => {
                return Err(invalid("remind_at goes with due_at: give that, too"));
            }
        };
        let with = body.with.unwrap_or_default().into_iter();
        let with: Vec<Party> = with.map(PartyField::parse).collect::<Result<_, _>>()?;
        let link = body.link.map(|link| link.role);
        let linking = match (&link, with.len() <= domain::pipeline::MAX_WITH) {
            (Some(_), true) => with.clone(),
            // More than that is refused, and not looked for.
            (Some(_), false) | (None, _) => Vec::new(),
        };
        let draft = ActivityDraft {
            kind: body.kind.into(),
            subject: body.subject,
            text: body.text,
            assignee: body.assignee_id,
            with,
            link,
            key,
        };
        Ok(Self {
            caller,
            opportunity,
            id,
            draft,
            linking,
            done_at: body.done_at,
            plan,
            context: app.context(caller, content)?,
        })
    }

    /// The opportunity, if the caller works on it, and the surroundings salted with it.
    fn seen<'s>(&self, state: &'s LoggingState) -> Result<(&'s Opportunity, Context), Refusal> {
        let opportunity = state.opportunity.as_ref();
        let opportunity = opportunity.ok_or(PipelineRefusal::OpportunityMissing)?;
        self.caller.works_on(opportunity)?;
        let context = salted(&self.context, opportunity);
        let context = context.map_err(|_| PipelineRefusal::OpportunityMissing)?;
        Ok((opportunity, context))
    }
}

fn invalid(detail: &'static str) -> Problem {
    Problem::new(422, "invalid-body", detail)
}

impl Mutation for Log<'_> {
    type State = LoggingState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store
            .logging_state(
                business,
                self.opportunity,
                self.draft.key.as_ref(),
                &self.linking,
                consistency,
            )
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let (_, context) = self.seen(state)?;
        context.repeated(state.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let (opportunity, context) = self.seen(state)?;
        let (draft, parties) = (self.draft.clone(), &state.parties);
        let decision = match self.plan {
            Some(plan) => plan_activity(opportunity, draft, (self.id, plan), parties, &context),
            None => {
                let done_at = self.done_at.map(|at| at.0);
                log_activity(opportunity, draft, (self.id, done_at), parties, &context)
            }
        };
        decision.map(Some)
    }
}
