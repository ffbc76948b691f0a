//! Opening an opportunity.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::NaiveDate;
use domain::journal::Entry;
use domain::pipeline::{Earned, Item, OpportunityDraft, PipelineRefusal, open as decide};
use domain::{
    ActorId, Context, CustomerId, Decision, Fingerprint, Money, Name, Note, OpportunityId, Refusal,
    Role, SchemeId, Slug,
};
use infra::{Consistency, Fault, Mutation, OpeningState, Store, fingerprint, fresh_salt, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::fields::{ForecastField, PeriodField, RecursField};
use super::line::{LineBody, parse_lines};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Missing, MoneyField, OptionalKey, Problem, Problems, Right,
    fresh_or_derived, object_or_null, objects_or_null,
};

/// What is sent to open an opportunity.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OpportunityBody)]
pub(crate) struct OpportunityBody {
    /// The customer or lead: a person, whether or not they ever bought.
    #[schema(value_type = String, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: CustomerId,
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "Gelin paketi, Haziran")]
    title: Name,
    /// What it is about.
    #[schema(value_type = Option<String>, max_length = 2000)]
    description: Option<Note>,
    /// In which stage scheme; the business's first if left out.
    #[schema(value_type = Option<String>)]
    scheme_id: Option<SchemeId>,
    /// In which stage of it; the first if left out.
    stage: Option<u16>,
    /// What it is thought to be worth, until lines or a quote say so.
    #[schema(value_type = MoneyField)]
    estimate: Money,
    /// How often the amount is earned; once if left out.
    period: Option<PeriodField>,
    /// For how many months; open-ended, or of no matter, if left out.
    #[schema(minimum = 1, maximum = 120)]
    term_months: Option<u16>,
    /// What would be sold: the amount follows it.
    #[serde(default, deserialize_with = "objects_or_null")]
    lines: Option<Vec<LineBody>>,
    /// When what is sold would begin.
    #[schema(value_type = Option<String>, example = "2027-06-01")]
    starts_on: Option<NaiveDate>,
    /// When it is expected to be decided; after the usual days of the stages if left out.
    #[schema(value_type = Option<String>, example = "2026-12-31")]
    expected_close_on: Option<NaiveDate>,
    /// Where it stands in the forecast; where its stage does if left out.
    forecast: Option<ForecastField>,
    /// Who answers for it: the subject of their token; who opens it if left out. Sales open their own.
    #[schema(value_type = Option<String>)]
    representative_id: Option<ActorId>,
    /// Words it is found by, such as bridal.
    #[schema(value_type = Option<Vec<String>>)]
    tags: Option<BTreeSet<Slug>>,
    /// Whether the next one is opened when it is won.
    #[serde(default, deserialize_with = "object_or_null")]
    recurs: Option<RecursField>,
}

struct Open {
    id: OpportunityId,
    customer: CustomerId,
    draft: OpportunityDraft,
    items: Vec<Item>,
    salt: Fingerprint,
    context: Context,
}

/// Opens an opportunity. With an Idempotency-Key, a repeated request opens it once, and is answered with
/// the opportunity as it is now.
#[utoipa::path(post, path = "/v1/opportunities", tag = "pipeline", request_body = OpportunityBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = OpportunityView), Problems, Missing, Conflict))]
pub(crate) async fn open(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<OpportunityBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    may_open_for(&caller, body.representative_id.as_ref())?;
    let context = app.context(&caller, fingerprint("open-opportunity", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "opportunity",
        &context,
        OpportunityId::new,
        OpportunityId::from_bytes,
    )?;
    let (lines, items) = parse_lines(body.lines.unwrap_or_default())?;
    let draft = OpportunityDraft {
        title: body.title,
        description: body.description,
        scheme: body.scheme_id,
        stage: body.stage,
        estimate: body.estimate,
        earned: Earned {
            period: body.period.map(Into::into).unwrap_or_default(),
            term_months: body.term_months,
        },
        lines,
        starts_on: body.starts_on,
        expected_close_on: body.expected_close_on,
        forecast: body.forecast.map(Into::into),
        representative: body.representative_id,
        tags: body.tags.unwrap_or_default(),
        recurs: body.recurs.map(Into::into),
    };
    let open = Open {
        id,
        customer: body.customer_id,
        draft,
        items,
        salt: fresh_salt()?,
        context,
    };
    let settled = settle(&app.store, &open).await?;
    let opened = match settled.replayed {
        false => open.decide(&settled.state)?,
        true => None,
    };
    let opportunity = match opened.as_ref().and_then(Decision::opportunity) {
        Some(opportunity) => Some(opportunity.clone()),
        None => {
            app.store
                .opportunity(&caller.business, id, Consistency::Strong)
                .await?
        }
    };
    let opportunity = opportunity.ok_or(Refusal::Pipeline(PipelineRefusal::OpportunityMissing))?;
    caller.works_on(&opportunity)?;
    let version = opportunity.version;
    let view = OpportunityView::of(opportunity, &settled.state.opening.rules)?;
    Ok(Answer::created(view)
        .version(version)
        .replayed(settled.replayed))
}

/// # Errors
/// `forbidden` (403) for sales who would open an opportunity of somebody else.
pub(super) fn may_open_for(
    caller: &Caller,
    representative: Option<&ActorId>,
) -> Result<(), Problem> {
    let own = representative.is_none_or(|representative| representative == &caller.actor.id);
    if caller.actor.role == Role::Sales && !own {
        return Err(Problem::new(
            403,
            "forbidden",
            "sales open opportunities of their own: leave out representative_id",
        ));
    }
    Ok(())
}

impl Open {
    /// The surroundings, salted with the opportunity's salt where it is there.
    fn salted(&self, state: &OpeningState) -> Result<Context, Refusal> {
        let there = state.opportunity.as_ref();
        let salt = match there {
            Some(opportunity) => &opportunity.salt,
            None => &Some(self.salt.clone()),
        };
        let digest = fingerprint("salted", &(&self.context.fingerprint, salt));
        Ok(Context {
            fingerprint: digest.map_err(|_| PipelineRefusal::OpportunityMissing)?,
            ..self.context.clone()
        })
    }
}

impl Mutation for Open {
    type State = OpeningState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, of) = (&self.context.business, (self.id, self.customer));
        store
            .opening_state(business, of, &self.items, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.salted(state)?.repeated(state.entry.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let context = self.salted(state)?;
        let named = (self.id, self.salt.clone());
        decide(&state.opening, self.draft.clone(), named, None, &context).map(Some)
    }
}
