//! Editing a customer.

use super::{Customer, CustomerDetails, create};
use crate::journal::Fact;
use crate::{Context, CustomerId, Decision, Email, Name, Phone, Refusal};

/// The fields to change; what is none stays, what is `Some(None)` is cleared.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CustomerEdit {
    /// A new name.
    pub name: Option<Name>,
    /// A new address, or none any more.
    pub email: Option<Option<Email>>,
    /// A new phone number, or none any more.
    pub phone: Option<Option<Phone>>,
}

/// Edits a customer; `holder` is who has the new e-mail address already. The journal records which
/// fields changed, never their content.
///
/// # Errors
/// In this order: [`Refusal::CustomerErased`], [`Refusal::VersionMismatch`] when the caller has not seen
/// the present version, [`Refusal::EmailTaken`].
pub fn edit(
    present: &Customer,
    edit: CustomerEdit,
    holder: Option<CustomerId>,
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    present.is_there()?;
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    if holder.is_some_and(|holder| holder != present.id) {
        return Err(Refusal::EmailTaken);
    }
    let before = &present.details;
    let details = CustomerDetails {
        name: edit.name.unwrap_or_else(|| before.name.clone()),
        email: edit.email.unwrap_or_else(|| before.email.clone()),
        phone: edit.phone.unwrap_or_else(|| before.phone.clone()),
    };
    let changed = [
        ("name", details.name != before.name),
        ("email", details.email != before.email),
        ("phone", details.phone != before.phone),
    ];
    let fields = changed
        .iter()
        .filter(|(_, changed)| *changed)
        .map(|(name, _)| (*name).to_owned());
    let fact = Fact::CustomerEdited(fields.collect());
    let after = Customer {
        details,
        version: expected + 1,
        ..present.clone()
    };
    Ok(create::saved(Some(present), after, fact, context))
}
