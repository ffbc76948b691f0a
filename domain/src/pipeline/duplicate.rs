//! The same opportunity a second time.

use super::anew::anew;
use super::change::step;
use super::open::usual_close;
use super::{Opportunity, OpportunityEvent, Origin, PipelineRefusal, Rules};
use crate::customers::Customer;
use crate::{Context, Decision, Fingerprint, OpportunityId, Refusal};

/// Opens the opportunity `id` with what `model` is about, whatever became of it: in the first stage of
/// the same scheme, or of the first in use where that is archived, of the same representative, and with
/// the prices its lines were written with. It is expected to be decided after the stages' usual days.
/// `salt` is random.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`], [`PipelineRefusal::SchemeMissing`], those of entering the stage,
/// [`Refusal::TooLarge`].
pub fn duplicate(
    model: &Opportunity,
    (id, salt): (OpportunityId, Fingerprint),
    customer: Option<&Customer>,
    rules: &Rules,
    context: &Context,
) -> Result<Decision, Refusal> {
    let today = rules.today(context.now)?;
    customer.ok_or(Refusal::CustomerNotFound)?.is_there()?;
    let same = rules.scheme_to_open(Some(model.position.scheme));
    let scheme = same.or_else(|_| rules.scheme_to_open(None))?;
    let mut opened = anew(model, Origin::DuplicateOf(model.id), context);
    opened.id = id;
    opened.salt = Some(salt);
    opened.starts_on = model.starts_on;
    opened.position.expected_close_on = usual_close(scheme, today);
    let first = scheme
        .in_use()
        .next()
        .ok_or(PipelineRefusal::StageMissing)?;
    let stage = rules.may_enter(scheme, &opened, (None, first.number), context.now)?;
    Rules::enter(&mut opened, scheme, stage, context);
    rules.settle(&mut opened)?;
    let event = OpportunityEvent::Opened(opened.origin);
    Ok(step(None, opened, event, context))
}
