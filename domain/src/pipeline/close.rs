//! Deciding an opportunity: won, lost or abandoned.

use chrono::Months;

use super::anew::anew;
use super::change::step;
use super::{Opportunity, OpportunityEvent, Origin, Outcome, Rules, Status, Transition};
use crate::customers::Customer;
use crate::{Context, Decision, Note, OpportunityId, Put, Refusal, Slug};

/// How an opportunity is decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Closing {
    /// How.
    pub outcome: Outcome,
    /// Why, unless it was won: one of the business's list.
    pub reason: Option<Slug>,
    /// What somebody wrote about it.
    pub note: Option<Note>,
}

/// Closes an opportunity that is open or suspended. One that recurs is opened anew when it is won, in
/// the same decision, unless its `customer` was erased: what was written about them may still be in it.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`super::PipelineRefusal::OpportunityClosed`],
/// [`super::PipelineRefusal::ReasonNeeded`], [`super::PipelineRefusal::ReasonUnknown`],
/// [`Refusal::CustomerErased`] for a note, [`Refusal::CustomerNotFound`] where winning it opens the next
/// one.
pub fn close(
    present: &Opportunity,
    closing: Closing,
    customer: Option<&Customer>,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.must_be_version(expected)?;
    let Closing {
        outcome,
        reason,
        note,
    } = closing;
    let status = present.position.status.after(Transition::Close(outcome))?;
    rules.reasons()?.check(outcome, reason.as_ref())?;
    if note.is_some() {
        present.must_be_of_somebody()?;
    }
    let mut after = closed(present, status, rules, context)?;
    after.position.reason = reason.clone();
    after.closing_note = note;
    let event = OpportunityEvent::Closed { outcome, reason };
    let mut decision = step(Some(present), after, event, context);
    if outcome == Outcome::Won {
        open_next(&mut decision, present, customer, rules, context)?;
    }
    Ok(decision)
}

/// The opportunity, decided today.
///
/// # Errors
/// Those of [`Rules::settle`].
pub(super) fn closed(
    present: &Opportunity,
    status: Status,
    rules: &Rules,
    context: &Context,
) -> Result<Opportunity, Refusal> {
    let mut after = present.clone();
    after.position.status = status;
    after.position.closed_on = Some(rules.today(context.now)?);
    after.resume_on = None;
    rules.settle(&mut after)?;
    Ok(after)
}

/// Adds the next of an opportunity that recurs to the decision that wins it: with the same lines or
/// estimate, in the first stage. What that stage asks for is not looked at: a sale does not fail for it.
/// There is one next, also where the opportunity is reopened and won once more; and none of a person who
/// was erased.
///
/// # Errors
/// In this order: [`Refusal::CustomerNotFound`] where there is to be a next one, those of
/// [`Rules::settle`].
pub(super) fn open_next(
    decision: &mut Decision,
    won: &Opportunity,
    customer: Option<&Customer>,
    rules: &Rules,
    context: &Context,
) -> Result<(), Refusal> {
    let Some(recurs) = won.recurs.filter(|_| won.may_open_next()) else {
        return Ok(());
    };
    // With somebody who was erased nothing new is begun; who was not found yet is asked for once more.
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    if customer.is_there().is_err() {
        return Ok(());
    }
    // Ids made in one moment are told apart by their random part.
    let apart = context
        .random
        .wrapping_add(1 + decision.series.len() as u128);
    let context = Context {
        random: apart,
        ..context.clone()
    };
    let today = rules.today(context.now)?;
    let next = today.checked_add_months(Months::new(recurs.every_months.into()));
    let mut opened = anew(won, Origin::RecurrenceOf(won.id), &context);
    opened.id = OpportunityId::new(context.now, apart);
    opened.position.expected_close_on = next.unwrap_or(today);
    let same = rules.scheme_to_open(Some(won.position.scheme));
    let scheme = same.or_else(|_| rules.scheme_to_open(None))?;
    if let Some(first) = scheme.in_use().next() {
        Rules::enter(&mut opened, scheme, first, &context);
    }
    rules.settle(&mut opened)?;
    for put in &mut decision.puts {
        if let Put::Opportunity(after) = put {
            after.next = Some(opened.id);
        }
    }
    let event = OpportunityEvent::Opened(opened.origin);
    let opened = step(None, opened, event, &context);
    decision.series.push((opened.key, opened.entry));
    decision.puts.extend(opened.puts);
    Ok(())
}
