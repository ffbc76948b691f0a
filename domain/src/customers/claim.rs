//! Binding a customer that staff created to the account of the same person.

use super::{Customer, create};
use crate::journal::Fact;
use crate::{Context, Decision, Email, Refusal};

/// Binds the customer found by the account's verified e-mail address to the acting account, the
/// first that asks. None when it is bound to this account already.
///
/// # Errors
/// In this order: [`Refusal::NothingToClaim`] when the record has another address or there is none,
/// [`Refusal::AlreadyClaimed`] when another account was first.
pub fn claim(
    found: Option<&Customer>,
    verified: &Email,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    // The look-up that found the record may be older than the record.
    let has_address = |customer: &&Customer| customer.details.email.as_ref() == Some(verified);
    let present = found.filter(has_address).ok_or(Refusal::NothingToClaim)?;
    match &present.account {
        Some(account) if *account == context.actor.id => return Ok(None),
        Some(_) => return Err(Refusal::AlreadyClaimed),
        None => {}
    }
    let after = Customer {
        account: Some(context.actor.id.clone()),
        version: present.version + 1,
        ..present.clone()
    };
    Ok(Some(create::saved(
        Some(present),
        after,
        Fact::CustomerClaimed,
        context,
    )))
}
