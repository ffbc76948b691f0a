//! The keys of the pipeline.

use chrono::{DateTime, NaiveDate};
use domain::pipeline::Status;
use domain::{
    ActivityId, ActorId, BusinessId, CompanyId, CustomerId, EntryKey, Fingerprint, Instant,
    OpportunityId, QuotaId, QuoteId, SchemeId,
};

use super::{Key, business, customer, entry, sold_at};

pub(crate) const OPPORTUNITY: &str = "OPPORTUNITY";
pub(crate) const ACTIVITY_PREFIX: &str = "ACT#";

pub(crate) fn pipeline_settings(business_id: &BusinessId) -> Key {
    Key::new(business(business_id), "PIPELINE")
}

pub(crate) fn schemes(business: &BusinessId) -> String {
    format!("B#{business}#SCHEMES")
}

pub(crate) fn scheme(business: &BusinessId, id: SchemeId) -> Key {
    Key::new(schemes(business), id)
}

pub(crate) fn scheme_step(business: &BusinessId, step: u64) -> Key {
    Key::new(format!("B#{business}#SCHEME-STEPS"), format!("{step:08}"))
}

pub(crate) fn companies(business: &BusinessId) -> String {
    format!("B#{business}#COMPANIES")
}

pub(crate) fn company(business: &BusinessId, id: CompanyId) -> Key {
    Key::new(companies(business), id)
}

pub(crate) fn quotas(business: &BusinessId) -> String {
    format!("B#{business}#QUOTAS")
}

pub(crate) fn quota(business: &BusinessId, id: QuotaId) -> Key {
    Key::new(quotas(business), id)
}

/// Partition of what counts for a quota.
pub(crate) fn of_quota(business: &BusinessId, id: QuotaId) -> String {
    format!("B#{business}#QUOTA#{id}")
}

pub(crate) fn counted(business: &BusinessId, quota: QuotaId, id: OpportunityId) -> Key {
    Key::new(of_quota(business, quota), id)
}

/// Partition of an opportunity: its record and its activities.
pub(crate) fn of_opportunity(business: &BusinessId, id: OpportunityId) -> String {
    format!("B#{business}#O#{id}")
}

/// The opportunity whose partition this is.
pub(crate) fn opportunity_of(business: &BusinessId, partition: &str) -> Option<OpportunityId> {
    let id = partition.strip_prefix(&format!("B#{business}#O#"))?;
    id.parse().ok()
}

pub(crate) fn opportunity(business: &BusinessId, id: OpportunityId) -> Key {
    Key::new(of_opportunity(business, id), OPPORTUNITY)
}

pub(crate) fn activity(business: &BusinessId, of: OpportunityId, id: ActivityId) -> Key {
    Key::new(
        of_opportunity(business, of),
        format!("{ACTIVITY_PREFIX}{id}"),
    )
}

/// Points from an Idempotency-Key, as a digest, to the activity of an opportunity that it entered.
pub(crate) fn activity_key(business: &BusinessId, of: OpportunityId, digest: &Fingerprint) -> Key {
    Key::new(format!("B#{business}#O#{of}#KEYS"), digest.as_str())
}

/// Partition, in the index, of what somebody is to do.
pub(crate) fn to_do(business: &BusinessId, assignee: &ActorId) -> String {
    format!("B#{business}#TODO#{assignee}")
}

/// Where an activity stands there: by the millisecond it is due, then by its id.
pub(crate) fn to_do_at(at: Instant, id: ActivityId) -> String {
    format!("{}#{id}", sold_at(at))
}

/// After everything that is due at an instant, and before what is due later.
pub(crate) fn after_to_do_at(at: Instant) -> String {
    format!("{}#~", sold_at(at))
}

/// What [`to_do_at`] made this of.
pub(crate) fn of_to_do(key: &str) -> Option<(Instant, ActivityId)> {
    let (at, id) = key.split_once('#')?;
    let (at, id) = (
        DateTime::from_timestamp_millis(at.parse().ok()?)?,
        id.parse().ok()?,
    );
    Some((at, id)).filter(|_| to_do_at(at, id) == key)
}

/// The key of the entry that brought an opportunity to a version.
pub(crate) fn opportunity_entry(business: &BusinessId, id: OpportunityId, version: u64) -> Key {
    entry(business, &EntryKey::Opportunity(id, version))
}

/// Whether this is the sort key of an entry that brought something to a version.
pub(crate) fn is_version(sk: &str) -> bool {
    let digits = sk.strip_prefix("V#");
    digits.is_some_and(|digits| digits.len() == 10 && digits.chars().all(|c| c.is_ascii_digit()))
}

pub(crate) fn quote(business: &BusinessId, id: QuoteId) -> Key {
    Key::new(format!("B#{business}#Q#{id}"), "QUOTE")
}

/// Partition, in the index, of the opportunities of a business.
pub(crate) fn pipeline(business_id: &BusinessId) -> String {
    business(business_id)
}

/// Partition, in the index, of the opportunities in a stage.
pub(crate) fn in_stage(business: &BusinessId, scheme: SchemeId, stage: u16) -> String {
    format!("B#{business}#S#{scheme}#{stage}")
}

/// Partition, in the index, of the opportunities of a representative.
pub(crate) fn of_representative(business: &BusinessId, representative: &ActorId) -> String {
    format!("B#{business}#BY#{representative}")
}

/// Partition, in the index, of the opportunities of a customer.
pub(crate) fn of_customer(business: &BusinessId, id: CustomerId) -> String {
    customer(business, id)
}

/// Where an opportunity stands in each list: by its status, then by the day it was decided or is
/// expected to be.
pub(crate) fn listed(status: Status, close_on: NaiveDate, id: OpportunityId) -> String {
    format!("{}{id}", listed_on(status, close_on))
}

/// The first part of [`listed`].
pub(crate) fn listed_on(status: Status, close_on: NaiveDate) -> String {
    format!("{}{close_on}#", listed_as(status))
}

/// The first part of [`listed_on`].
pub(crate) fn listed_as(status: Status) -> String {
    let rank = match status {
        Status::Open => 1,
        Status::Suspended => 2,
        Status::Won => 3,
        Status::Lost => 4,
        Status::Abandoned => 5,
    };
    format!("{rank}#")
}

/// What [`listed`] was made of.
pub(crate) fn of_listed(key: &str) -> Option<(Status, NaiveDate, OpportunityId)> {
    let mut parts = key.split('#');
    let (rank, day, id) = (parts.next()?, parts.next()?, parts.next()?);
    let status = Status::ALL
        .into_iter()
        .find(|status| listed_as(*status).trim_end_matches('#') == rank)?;
    let (close_on, id) = (day.parse().ok()?, id.parse().ok()?);
    Some((status, close_on, id)).filter(|_| listed(status, close_on, id) == key)
}
