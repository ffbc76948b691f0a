//! Opportunities as clients see them.

use chrono::{DateTime, NaiveDate, Utc};
use domain::pipeline::{Opportunity, Rules};
use domain::{
    ActorId, CustomerId, Money, Name, Note, OpportunityId, PackageId, QuotaId, QuoteId, Refusal,
    SchemeId, Slug,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::fields::{ForecastField, PeriodField, RecursField, StatusField};
use super::line::LineView;
use super::parts::{AssignmentView, LinkView, NextActivityView, OriginView};
use crate::edge::MoneyField;

/// An opportunity.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Opportunity)]
pub(crate) struct OpportunityView {
    /// Its id.
    #[schema(value_type = String)]
    id: OpportunityId,
    /// The customer or lead.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// What it is called; null once the person was erased.
    #[schema(value_type = Option<String>)]
    title: Option<Name>,
    /// What it is about.
    #[schema(value_type = Option<String>)]
    description: Option<Note>,
    /// Whether it is still one.
    status: StatusField,
    /// In which scheme.
    #[schema(value_type = String)]
    scheme_id: SchemeId,
    /// In which stage of it.
    stage: u16,
    /// What that is called; null for a stage that its scheme never had.
    stage_name: Option<String>,
    /// Since when.
    stage_since: DateTime<Utc>,
    /// How likely the stage made it when it was entered.
    probability_percent: u8,
    /// Where it stands in the forecast.
    forecast: ForecastField,
    /// The estimate, the total of the lines, or that of the primary quote.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// Where the amount comes from.
    amount_from: AmountFrom,
    /// How often it is earned.
    period: PeriodField,
    /// For how many months.
    term_months: Option<u16>,
    /// Monthly recurring revenue: the amount ÷ the months it is for.
    #[schema(value_type = Option<MoneyField>)]
    mrr: Option<Money>,
    /// Annual recurring revenue: 12 × the amount ÷ the months it is for.
    #[schema(value_type = Option<MoneyField>)]
    arr: Option<Money>,
    /// Total contract value: the amount as often as the term has it.
    #[schema(value_type = Option<MoneyField>)]
    tcv: Option<Money>,
    /// What reports count: the total contract value or, where it is open-ended, what a year earns.
    #[schema(value_type = MoneyField)]
    value: Money,
    /// What would be sold.
    lines: Vec<LineView>,
    /// When what is sold would begin.
    #[schema(value_type = Option<String>)]
    starts_on: Option<NaiveDate>,
    /// When it is expected to be decided.
    #[schema(value_type = String)]
    expected_close_on: NaiveDate,
    /// When it was decided.
    #[schema(value_type = Option<String>)]
    closed_on: Option<NaiveDate>,
    /// Why it was lost or abandoned.
    #[schema(value_type = Option<String>)]
    reason: Option<Slug>,
    /// What somebody wrote when it was closed.
    #[schema(value_type = Option<String>)]
    closing_note: Option<Note>,
    /// When it is to be resumed, while it rests.
    #[schema(value_type = Option<String>)]
    resume_on: Option<NaiveDate>,
    /// The first day on which it has been in its stage for too long, while it is open.
    #[schema(value_type = Option<String>)]
    rots_on: Option<NaiveDate>,
    /// Who answers for it.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// Who answered for it since when, the present one last.
    assignments: Vec<AssignmentView>,
    /// Who opened it.
    #[schema(value_type = String)]
    creator_id: ActorId,
    /// Other people, and companies, who have to do with it.
    links: Vec<LinkView>,
    /// Words it is found by.
    #[schema(value_type = Vec<String>)]
    tags: Vec<Slug>,
    /// What is to be done first.
    next_activity: Option<NextActivityView>,
    /// Its quotes, in the order in which they were made.
    #[schema(value_type = Vec<String>)]
    quote_ids: Vec<QuoteId>,
    /// The quote that the amount follows.
    #[schema(value_type = Option<String>)]
    primary_quote_id: Option<QuoteId>,
    /// The packages that its accepted quote sold.
    #[schema(value_type = Vec<String>)]
    package_ids: Vec<PackageId>,
    /// What it was opened from.
    origin: Option<OriginView>,
    /// Whether the next one is opened when it is won.
    recurs: Option<RecursField>,
    /// The one that was opened when it was won.
    #[schema(value_type = Option<String>)]
    next_opportunity_id: Option<OpportunityId>,
    /// The quota it counts for.
    #[schema(value_type = Option<String>)]
    quota_id: Option<QuotaId>,
    /// When it was opened.
    opened_at: DateTime<Utc>,
    /// When it last changed.
    changed_at: DateTime<Utc>,
    /// Counts the changes; the ETag.
    version: u64,
}

/// Where an amount comes from.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum AmountFrom {
    /// Somebody wrote it.
    Estimate,
    /// The lines come to it.
    Lines,
    /// The primary quote comes to it.
    Quote,
}

impl OpportunityView {
    /// The opportunity, with what `rules` say of its stage.
    ///
    /// # Errors
    /// `amounts-too-large` for figures that no number holds.
    pub(crate) fn of(opportunity: Opportunity, rules: &Rules) -> Result<Self, Refusal> {
        let position = opportunity.position.clone();
        let recurring = opportunity.earned.recurring(position.amount)?;
        let scheme = rules.scheme(position.scheme).ok();
        let stage = scheme.and_then(|scheme| scheme.stage(position.stage));
        let next_activity = opportunity.next_activity().map(Into::into);
        let amount_from = match (opportunity.primary, opportunity.lines.is_empty()) {
            (Some(_), _) => AmountFrom::Quote,
            (None, false) => AmountFrom::Lines,
            (None, true) => AmountFrom::Estimate,
        };
        Ok(Self {
            id: opportunity.id,
            customer_id: opportunity.customer,
            title: opportunity.title,
            description: opportunity.description,
            status: position.status.into(),
            scheme_id: position.scheme,
            stage: position.stage,
            stage_name: stage.map(|stage| stage.terms.name.to_string()),
            stage_since: position.stage_since,
            probability_percent: position.probability_percent,
            forecast: position.forecast.into(),
            amount: position.amount,
            amount_from,
            period: opportunity.earned.period.into(),
            term_months: opportunity.earned.term_months,
            mrr: recurring.mrr,
            arr: recurring.arr,
            tcv: recurring.tcv,
            value: position.value,
            lines: opportunity.lines.into_iter().map(LineView::from).collect(),
            starts_on: opportunity.starts_on,
            expected_close_on: position.expected_close_on,
            closed_on: position.closed_on,
            reason: position.reason,
            closing_note: opportunity.closing_note,
            resume_on: opportunity.resume_on,
            rots_on: position.rots_on,
            representative_id: position.representative,
            assignments: opportunity
                .assignments
                .into_iter()
                .map(Into::into)
                .collect(),
            creator_id: opportunity.creator.id,
            links: opportunity.links.into_iter().map(Into::into).collect(),
            tags: opportunity.tags.into_iter().collect(),
            next_activity,
            quote_ids: opportunity.quotes.iter().map(|quote| quote.id).collect(),
            primary_quote_id: opportunity.primary,
            package_ids: opportunity.packages,
            origin: opportunity.origin.map(OriginView::of),
            recurs: opportunity.recurs.map(|recurs| RecursField {
                every_months: recurs.every_months,
            }),
            next_opportunity_id: opportunity.next,
            quota_id: opportunity.quota,
            opened_at: position.opened_at,
            changed_at: opportunity.changed_at,
            version: opportunity.version,
        })
    }
}
