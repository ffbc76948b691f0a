//! Opening an opportunity.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate};

use super::change::step;
use super::edit::{check_expected_close, check_recurrence, check_start};
use super::{
    Assignment, Earned, ForecastCategory, Goods, LineDraft, Opportunity, OpportunityEvent, Origin,
    Position, Recurrence, Rules, StageScheme, Status, priced,
};
use crate::customers::Customer;
use crate::{
    ActorId, Context, Decision, Fingerprint, Money, Name, Note, OpportunityId, Refusal, SchemeId,
    Slug,
};

/// How many days ahead an opportunity is expected to be decided where neither the caller nor its stages
/// say so.
const USUAL_DAYS: u64 = 30;

/// An opportunity as somebody wants it.
#[derive(Debug, Clone)]
pub struct OpportunityDraft {
    /// What it is called.
    pub title: Name,
    /// What it is about.
    pub description: Option<Note>,
    /// In which scheme; the first in use if left out.
    pub scheme: Option<SchemeId>,
    /// In which stage of it; the first in use if left out.
    pub stage: Option<u16>,
    /// What it is thought to be worth.
    pub estimate: Money,
    /// How often that is earned.
    pub earned: Earned,
    /// What would be sold.
    pub lines: Vec<LineDraft>,
    /// When what is sold would begin.
    pub starts_on: Option<NaiveDate>,
    /// When it is expected to be decided; after the stages' usual days if left out.
    pub expected_close_on: Option<NaiveDate>,
    /// Where it stands in the forecast, if not where its stage does.
    pub forecast: Option<ForecastCategory>,
    /// Who answers for it; who opens it if left out.
    pub representative: Option<ActorId>,
    /// Words it is found by.
    pub tags: BTreeSet<Slug>,
    /// Whether the next one is opened when it is won.
    pub recurs: Option<Recurrence>,
}

/// What opening looks at.
#[derive(Debug, Clone)]
pub struct Opening {
    /// How the business sells.
    pub rules: Rules,
    /// The customer or lead.
    pub customer: Option<Customer>,
    /// What the lines name.
    pub goods: Goods,
}

/// Opens the opportunity `id`; `salt` is random.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`], [`super::PipelineRefusal::SchemeMissing`],
/// [`super::PipelineRefusal::SchemeArchived`], those of [`priced`],
/// [`super::PipelineRefusal::TermOutOfRange`], [`super::PipelineRefusal::CloseOutOfRange`], [`super::PipelineRefusal::StartsOutOfRange`],
/// [`super::PipelineRefusal::RecurrenceOutOfRange`], [`super::PipelineRefusal::TooMany`], those of entering the stage, [`Refusal::TooLarge`].
pub fn open(
    opening: &Opening,
    draft: OpportunityDraft,
    (id, salt): (OpportunityId, Fingerprint),
    origin: Option<Origin>,
    context: &Context,
) -> Result<Decision, Refusal> {
    let opportunity = opened(opening, draft, (id, salt), origin, context)?;
    let event = OpportunityEvent::Opened(origin);
    Ok(step(None, opportunity, event, context))
}

/// The opportunity that [`open`] opens.
///
/// # Errors
/// Those of [`open`].
pub(super) fn opened(
    opening: &Opening,
    draft: OpportunityDraft,
    (id, salt): (OpportunityId, Fingerprint),
    origin: Option<Origin>,
    context: &Context,
) -> Result<Opportunity, Refusal> {
    let rules = &opening.rules;
    let today = rules.today(context.now)?;
    let customer = opening.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
    customer.is_there()?;
    let scheme = rules.scheme_to_open(draft.scheme)?;
    let lines = priced(draft.lines, &opening.goods)?;
    draft.earned.check()?;
    let expected = draft
        .expected_close_on
        .unwrap_or_else(|| usual_close(scheme, today));
    check_expected_close(expected, context.now, rules.zone()?)?;
    check_start(draft.starts_on, context.now, rules.zone()?)?;
    check_recurrence(draft.recurs)?;
    let representative = draft
        .representative
        .unwrap_or_else(|| context.actor.id.clone());
    let mut opportunity = Opportunity {
        id,
        customer: customer.id,
        title: Some(draft.title),
        description: draft.description,
        starts_on: draft.starts_on,
        estimate: draft.estimate,
        earned: draft.earned,
        forecast: draft.forecast,
        lines,
        quotes: Vec::new(),
        primary: None,
        links: Vec::new(),
        tags: draft.tags,
        planned: Vec::new(),
        creator: context.actor.clone(),
        assignments: vec![Assignment {
            representative: representative.clone(),
            since: context.now,
        }],
        resume_on: None,
        closing_note: None,
        origin,
        recurs: draft.recurs,
        next: None,
        quota: None,
        resumed_at: None,
        packages: Vec::new(),
        reached: BTreeSet::new(),
        salt: Some(salt),
        position: Position {
            status: Status::Open,
            scheme: scheme.id,
            stage: 0,
            stage_since: context.now,
            probability_percent: 0,
            forecast: ForecastCategory::Omitted,
            amount: draft.estimate,
            value: draft.estimate,
            representative,
            opened_at: context.now,
            expected_close_on: expected,
            closed_on: None,
            reason: None,
            rots_on: None,
            effort: Default::default(),
        },
        changed_at: context.now,
        version: 1,
    };
    opportunity.check_size()?;
    let first = scheme.in_use().next().map_or(0, |stage| stage.number);
    let to = draft.stage.unwrap_or(first);
    let stage = rules.may_enter(scheme, &opportunity, (None, to), context.now)?;
    Rules::enter(&mut opportunity, scheme, stage, context);
    rules.settle(&mut opportunity)?;
    Ok(opportunity)
}

/// The day on which an opportunity of this scheme is usually decided, when it is opened on `today`.
pub(super) fn usual_close(scheme: &StageScheme, today: NaiveDate) -> NaiveDate {
    let before_win = scheme
        .in_use()
        .filter(|stage| stage.terms.phase == super::Phase::PreWin);
    let days: u64 = before_win
        .filter_map(|stage| stage.terms.average_days)
        .map(u64::from)
        .sum();
    let days = if days == 0 {
        USUAL_DAYS
    } else {
        days.min(3650)
    };
    today.checked_add_days(Days::new(days)).unwrap_or(today)
}
