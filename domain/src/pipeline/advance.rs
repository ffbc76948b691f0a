//! Moving what is won on by the facts of its packages.

use std::collections::BTreeSet;

use super::change::step;
use super::{Milestone, Opportunity, OpportunityEvent, Phase, Rules, StageScheme, Status};
use crate::packages::{Package, Status as Standing};
use crate::{Context, Decision, Instant, Refusal};

/// The facts that hold of the packages that an opportunity sold. What was given on to others is `given`:
/// its use counts as a use, but what is left of it, or to be paid for it, is theirs. A package that was
/// voided, or declined, is as if it had never been.
pub fn milestones(sold: &[Package], given: &[Package], now: Instant) -> BTreeSet<Milestone> {
    let there = |package: &&Package| match package.status(now) {
        Standing::Declined | Standing::Voided => false,
        Standing::Offer
        | Standing::PendingPayment
        | Standing::Active
        | Standing::Frozen
        | Standing::Blocked
        | Standing::Exhausted
        | Standing::Expired
        | Standing::Refunded => true,
    };
    let sold: Vec<&Package> = sold.iter().filter(there).collect();
    let mut facts = BTreeSet::new();
    if sold.is_empty() {
        return facts;
    }
    let used = |package: &Package| package.pools.iter().any(|pool| pool.balance.captured > 0);
    let mut all = sold.iter().copied().chain(given.iter().filter(there));
    if all.any(used) {
        facts.insert(Milestone::FirstCapture);
    }
    if sold.iter().all(|package| is_over(package, now)) {
        facts.insert(Milestone::BalanceZero);
    }
    let paid = |package: &&Package| package.is_sold() && package.standing.outstanding_minor() == 0;
    if sold.iter().all(paid) {
        facts.insert(Milestone::FullyPaid);
    }
    facts
}

/// Whether nothing of it is left to be used, or held.
fn is_over(package: &Package, now: Instant) -> bool {
    let held = package.pools.iter().any(|pool| pool.balance.held > 0);
    match package.status(now) {
        Standing::Exhausted | Standing::Refunded | Standing::Voided | Standing::Declined => !held,
        Standing::Expired => package.is_sold() && !held,
        Standing::Offer
        | Standing::PendingPayment
        | Standing::Active
        | Standing::Frozen
        | Standing::Blocked => false,
    }
}

/// Moves a won opportunity on to the last stage after the win that one of `facts` brings it to, if that
/// lies after the one it is in. Each fact moves it once: who moves it back is not contradicted. What the
/// stage asks for is not asked: a fact is one. None when nothing moves.
///
/// # Errors
/// In this order: [`super::PipelineRefusal::SchemeMissing`], those of [`Rules::settle`].
pub fn advance(
    present: &Opportunity,
    facts: &BTreeSet<Milestone>,
    rules: &Rules,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if present.position.status != Status::Won {
        return Ok(None);
    }
    let new: BTreeSet<Milestone> = facts.difference(&present.reached).copied().collect();
    let scheme = rules.scheme(present.position.scheme)?;
    let stages = ahead(scheme, present.position.stage);
    let reached = stages.filter_map(|stage| {
        let milestone = stage.terms.reached_by?;
        new.contains(&milestone).then_some((stage, milestone))
    });
    let Some((stage, milestone)) = reached.last() else {
        return Ok(None);
    };
    let mut after = present.clone();
    after.reached.extend(facts);
    Rules::enter(&mut after, scheme, stage, context);
    rules.settle(&mut after)?;
    let event = OpportunityEvent::Advanced(milestone);
    Ok(Some(step(Some(present), after, event, context)))
}

/// The stages after the win that lie after the stage `from`. None of an archived stage after the win:
/// where it stood cannot be said.
fn ahead(scheme: &StageScheme, from: u16) -> impl Iterator<Item = &super::Stage> {
    let lost = scheme
        .stage(from)
        .is_some_and(|stage| stage.archived && stage.terms.phase == Phase::PostWin);
    let place = scheme.in_use().position(|stage| stage.number == from);
    let before = place.map_or(0, |place| place + 1);
    scheme
        .in_use()
        .skip(before)
        .filter(move |stage| stage.terms.phase == Phase::PostWin && !lost)
}
