//! The people and companies who have to do with an opportunity.

use super::change::step;
use super::{Link, Opportunity, OpportunityEvent, Parties, Party, PipelineRefusal, Rules};
use crate::{Context, Decision, Refusal};

/// Links somebody to an opportunity, whatever its status. A primary link takes that from the one that
/// had it.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::LinkTaken`] for its own customer and
/// for who is linked already, [`Refusal::CustomerNotFound`] and [`Refusal::CustomerErased`] or
/// [`PipelineRefusal::CompanyMissing`], [`PipelineRefusal::TooMany`].
pub fn link(
    present: &Opportunity,
    link: Link,
    parties: &Parties,
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let party = link.party;
    let own = party == Party::CustomerId(present.customer);
    if own || present.links.iter().any(|link| link.party == party) {
        return Err(PipelineRefusal::LinkTaken.into());
    }
    parties.must_have(party)?;
    let mut after = present.clone();
    if link.primary {
        for other in &mut after.links {
            other.primary = false;
        }
    }
    after.links.push(link);
    after.check_size()?;
    let event = OpportunityEvent::Linked(party);
    Ok(step(Some(present), after, event, context))
}

/// Takes a link away.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::LinkMissing`],
/// [`PipelineRefusal::StageRequires`] for the last one where its stage asks for one.
pub fn unlink(
    present: &Opportunity,
    party: Party,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let mut after = present.clone();
    after.links.retain(|link| link.party != party);
    if after.links.len() == present.links.len() {
        return Err(PipelineRefusal::LinkMissing.into());
    }
    rules.may_stay(present, &after)?;
    let event = OpportunityEvent::Unlinked(party);
    Ok(step(Some(present), after, event, context))
}
