//! Setting, editing and closing quotas.

use chrono::TimeDelta;

use super::{Attained, PipelineRefusal, Quota, QuotaTerms, Rules};
use crate::journal::Fact;
use crate::{Context, Decision, EntryKey, Put, QuotaId, Refusal};

/// Sets the quota `id`.
///
/// # Errors
/// In this order: [`PipelineRefusal::QuotaPeriod`], [`PipelineRefusal::QuotaTarget`].
pub fn create_quota(
    terms: QuotaTerms,
    id: QuotaId,
    context: &Context,
) -> Result<Decision, Refusal> {
    terms.check()?;
    let quota = Quota {
        id,
        terms,
        frozen: None,
        closed_at: None,
        links: 0,
        version: 1,
    };
    Ok(saved(quota, context))
}

/// Edits a quota that is not closed. It stays its representative's: what counts for it is theirs.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::QuotaClosed`],
/// [`PipelineRefusal::QuotaOwnerFixed`], [`PipelineRefusal::QuotaPeriod`],
/// [`PipelineRefusal::QuotaTarget`].
pub fn edit_quota(
    present: &Quota,
    terms: QuotaTerms,
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    present.must_be_running()?;
    if terms.representative != present.terms.representative {
        return Err(PipelineRefusal::QuotaOwnerFixed.into());
    }
    terms.check()?;
    let quota = Quota {
        terms,
        version: present.version + 1,
        ..present.clone()
    };
    Ok(saved(quota, context))
}

/// How long after its last day a quota can be closed: what was won in that day's last moment may be on its
/// way still, for longer than a request is tried and clocks differ.
const fn settling() -> TimeDelta {
    TimeDelta::minutes(1)
}

/// Closes a quota a minute after its last day: `attained` is what it came to, and stays that, whatever becomes of
/// the opportunities. None when it is closed already.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`PipelineRefusal::QuotaRunning`].
pub fn close_quota(
    present: &Quota,
    attained: Attained,
    rules: &Rules,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if present.frozen.is_some() {
        return Ok(None);
    }
    if rules.today(context.now - settling())? <= present.terms.to {
        return Err(PipelineRefusal::QuotaRunning.into());
    }
    let quota = Quota {
        frozen: Some(attained),
        closed_at: Some(context.now),
        version: present.version + 1,
        ..present.clone()
    };
    Ok(Some(saved(quota, context)))
}

impl Quota {
    /// # Errors
    /// [`PipelineRefusal::QuotaClosed`].
    pub(super) fn must_be_running(&self) -> Result<(), Refusal> {
        match self.frozen {
            Some(_) => Err(PipelineRefusal::QuotaClosed.into()),
            None => Ok(()),
        }
    }
}

fn saved(quota: Quota, context: &Context) -> Decision {
    let key = EntryKey::Quota(quota.id, quota.version);
    let fact = Fact::QuotaSaved(quota.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Quota(quota)])
}
