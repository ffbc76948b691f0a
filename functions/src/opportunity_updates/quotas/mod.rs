//! What representatives are to sell.

pub(super) mod close;
pub(super) mod create;
pub(super) mod edit;
pub(super) mod get;
pub(super) mod list;
mod progress;

use chrono::{DateTime, NaiveDate, Utc};
use domain::pipeline::{PipelineRefusal, Quota, QuotaTarget, QuotaTerms};
use domain::{ActorId, Money, Name, QuotaId, Refusal, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

pub(crate) use progress::QuotaProgressView;

use crate::edge::{Caller, MoneyField, Problem};

/// What is sent to set or edit a quota: a target of either an amount or a count.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuotaBody)]
pub(crate) struct QuotaBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "Kasım 2026")]
    name: Name,
    /// Whose it is: the subject of their token. It stays theirs.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// Its first day.
    #[schema(value_type = String, example = "2026-11-01")]
    from: NaiveDate,
    /// Its last day; 366 days in all at most.
    #[schema(value_type = String, example = "2026-11-30")]
    to: NaiveDate,
    /// This much is to be sold: opportunities in other currencies do not count for it.
    #[schema(value_type = Option<MoneyField>)]
    target_amount: Option<Money>,
    /// Else so many opportunities are to be won.
    #[schema(minimum = 1)]
    target_count: Option<u32>,
}

impl QuotaBody {
    /// # Errors
    /// `invalid-body` (422) for neither or both of an amount and a count.
    fn parse(self) -> Result<QuotaTerms, Problem> {
        let target = match (self.target_amount, self.target_count) {
            (Some(amount), None) => QuotaTarget::Amount(amount),
            (None, Some(count)) => QuotaTarget::Count(count),
            (Some(_), Some(_)) | (None, None) => {
                return Err(Problem::new(
                    422,
                    "invalid-body",
                    "a quota has either target_amount or target_count",
                ));
            }
        };
        Ok(QuotaTerms {
            name: self.name,
            representative: self.representative_id,
            from: self.from,
            to: self.to,
            target,
        })
    }
}

/// A quota.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Quota)]
pub(crate) struct QuotaView {
    /// Its id.
    #[schema(value_type = String)]
    id: QuotaId,
    /// What it is called.
    #[schema(value_type = String)]
    name: Name,
    /// Whose it is.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// Its first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// Its last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// How much is to be sold; null where opportunities are counted.
    #[schema(value_type = Option<MoneyField>)]
    target_amount: Option<Money>,
    /// How many opportunities are to be won; null where it is an amount.
    target_count: Option<u32>,
    /// When it was closed; null while its figures still move.
    closed_at: Option<DateTime<Utc>>,
    /// Counts the edits; the ETag.
    version: u64,
}

impl From<Quota> for QuotaView {
    fn from(quota: Quota) -> Self {
        let (target_amount, target_count) = match quota.terms.target {
            QuotaTarget::Amount(amount) => (Some(amount), None),
            QuotaTarget::Count(count) => (None, Some(count)),
        };
        Self {
            id: quota.id,
            name: quota.terms.name,
            representative_id: quota.terms.representative,
            from: quota.terms.from,
            to: quota.terms.to,
            target_amount,
            target_count,
            closed_at: quota.closed_at,
            version: quota.version,
        }
    }
}

/// Whether the caller may see a quota: sales, their own.
fn sees(caller: &Caller, quota: &Quota) -> bool {
    match caller.actor.role {
        Role::Owner | Role::Staff | Role::Machine => true,
        Role::Sales => quota.terms.representative == caller.actor.id,
        Role::Customer => false,
    }
}

fn missing() -> Refusal {
    PipelineRefusal::QuotaMissing.into()
}
