//! Adding a customer.

use super::{Customer, CustomerDetails};
use crate::journal::Fact;
use crate::{Context, CustomerId, Decision, EntryKey, Fingerprint, Put, Refusal};

/// Adds the customer `id`; `holder` is who has their e-mail address already, `salt` is random.
///
/// # Errors
/// [`Refusal::EmailTaken`].
pub fn create(
    details: CustomerDetails,
    holder: Option<CustomerId>,
    (id, salt): (CustomerId, Fingerprint),
    context: &Context,
) -> Result<Decision, Refusal> {
    if holder.is_some() {
        return Err(Refusal::EmailTaken);
    }
    let customer = Customer {
        id,
        details,
        account: None,
        salt: Some(salt),
        created_at: context.now,
        won_at: None,
        erased_at: None,
        version: 1,
    };
    Ok(saved(None, customer, Fact::CustomerCreated, context))
}

pub(super) fn saved(
    before: Option<&Customer>,
    after: Customer,
    fact: Fact,
    context: &Context,
) -> Decision {
    let key = EntryKey::Customer(after.id, after.version);
    let entry = context.entry(Some(after.id), fact, Vec::new(), None);
    let put = Put::Customer {
        before: before.cloned(),
        after,
    };
    Decision::of_records(key, entry, vec![put])
}
