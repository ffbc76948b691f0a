//! Erasing a person. What was agreed stays, and every total with it.

use super::{Customer, CustomerDetails, create};
use crate::journal::Fact;
use crate::{Context, Decision, Name, Refusal};

/// What someone is called who was erased. It stands in no look-up.
pub const ERASED_NAME: &str = "Erased customer";

/// Takes from the record everything that says who the person is: name, address, number and account,
/// and with them the look-ups. The id stays, and so do packages, bookings and journal, which hold
/// nothing else of the person. None when it was done before.
///
/// Nothing holds it up, neither bookings to come nor units that are left: the right is the person's.
///
/// # Errors
/// [`Refusal::CustomerNotFound`].
pub fn erase(found: Option<&Customer>, context: &Context) -> Result<Option<Decision>, Refusal> {
    let present = found.ok_or(Refusal::CustomerNotFound)?;
    if present.erased_at.is_some() {
        return Ok(None);
    }
    let after = Customer {
        details: CustomerDetails {
            name: Name::fixed(ERASED_NAME),
            email: None,
            phone: None,
        },
        account: None,
        salt: None,
        erased_at: Some(context.now),
        version: present.version + 1,
        ..present.clone()
    };
    let fact = Fact::CustomerErased;
    Ok(Some(create::saved(Some(present), after, fact, context)))
}
