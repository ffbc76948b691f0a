//! What a quota comes to, as clients see it.

use chrono::NaiveDate;
use domain::pipeline::{Counted, Quota, QuotaTarget, Status};
use domain::reports::Share;
use domain::{Money, Name, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::QuotaView;
use crate::edge::{MoneyField, SumField};
use crate::opportunity_updates::fields::StatusField;
use crate::reports::basis_points;

/// A quota, and what it comes to. Where its target is an amount, values count: the total contract value
/// or, where that is open-ended, what a year earns.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuotaProgress)]
pub(crate) struct QuotaProgressView {
    /// The quota.
    quota: QuotaView,
    /// Whether these are the figures of the moment it was closed.
    frozen: bool,
    /// Linked opportunities that were won in the period: how many.
    won_count: u32,
    /// For how much; null where opportunities are counted.
    #[schema(value_type = Option<SumField>)]
    won: Option<Money>,
    /// Linked opportunities that are open and expected in the period: how many.
    open_count: u32,
    /// For how much; null where opportunities are counted.
    #[schema(value_type = Option<SumField>)]
    open: Option<Money>,
    /// Linked and won in the period, but left out of every figure, as they are in another currency than
    /// the target.
    won_in_other_currencies: u32,
    /// Open and expected in the period, and left out for the same reason.
    open_in_other_currencies: u32,
    /// What was won ÷ the target: in minor units, or opportunities.
    attainment: RateView,
    /// What is missing: the target less what was won, not below 0; in minor units, or opportunities.
    gap: u64,
    /// What is open ÷ what is missing; null where nothing is.
    coverage: Option<RateView>,
    /// The opportunities that count now: linked, and won in the period or open and expected in it; those
    /// that were won first, and in order of when they were, or are expected to be decided. Once
    /// the quota is closed, they may come to something else than its figures.
    opportunities: Vec<LinkedView>,
}

/// A rate, and the parts it is made of.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuotaRate)]
struct RateView {
    /// The part.
    #[schema(value_type = i64)]
    numerator: i128,
    /// The whole.
    #[schema(value_type = i64)]
    denominator: i128,
    /// Hundredths of a per cent, rounded.
    #[schema(value_type = Option<i64>)]
    rate_basis_points: Option<i128>,
}

/// An opportunity that counts for a quota.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = QuotaOpportunity)]
struct LinkedView {
    /// Its id.
    #[schema(value_type = String)]
    id: OpportunityId,
    /// What it is called; null once the person was erased.
    #[schema(value_type = Option<String>)]
    title: Option<Name>,
    /// `won` or `open`.
    status: StatusField,
    /// When it was won, or is expected to be decided.
    #[schema(value_type = String)]
    close_on: NaiveDate,
    /// What it comes to.
    #[schema(value_type = MoneyField)]
    value: Money,
}

impl QuotaProgressView {
    /// A quota with its figures: those it was closed with, else those of what is linked to it.
    pub(super) fn of(quota: Quota, mut links: Vec<Counted>) -> Self {
        let target = quota.terms.target;
        let frozen = quota.frozen.is_some();
        let sums = quota.frozen.unwrap_or_else(|| quota.terms.attained(&links));
        links.retain(|link| quota.terms.has(link));
        links.sort_by_key(|link| (link.status != Status::Won, link.close_on));
        let money = |minor| match target {
            QuotaTarget::Amount(amount) => Some(Money::total(amount.currency(), minor)),
            QuotaTarget::Count(_) => None,
        };
        Self {
            quota: quota.into(),
            frozen,
            won_count: sums.won_count,
            won: money(sums.won_minor),
            open_count: sums.open_count,
            open: money(sums.open_minor),
            won_in_other_currencies: sums.won_elsewhere,
            open_in_other_currencies: sums.open_elsewhere,
            attainment: target.attainment(&sums).into(),
            gap: target.gap(&sums),
            coverage: target.coverage(&sums).map(Into::into),
            opportunities: links.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Share> for RateView {
    fn from(share: Share) -> Self {
        Self {
            numerator: share.numerator,
            denominator: share.denominator,
            rate_basis_points: basis_points(share),
        }
    }
}

impl From<Counted> for LinkedView {
    fn from(link: Counted) -> Self {
        Self {
            id: link.opportunity,
            title: link.title,
            status: link.status.into(),
            close_on: link.close_on,
            value: link.value,
        }
    }
}
