//! Requests that say something of a person, so digested that the journal does not tell what.

use domain::{Context, Fingerprint};
use infra::{Fault, Identity, fingerprint};

/// What creating or editing a customer looks at, and its surroundings with a fingerprint that only
/// their record's salt explains: without it nobody finds in the journal whom they know.
pub(super) struct Salted {
    pub(super) identity: Identity,
    pub(super) context: Context,
}

impl Salted {
    /// `context` with its fingerprint salted: with the record's salt or, where it has none, with `salt`.
    ///
    /// # Errors
    /// None in practice: what JSON cannot express is not digested.
    pub(super) fn of(
        identity: Identity,
        context: &Context,
        salt: &Fingerprint,
    ) -> Result<Self, Fault> {
        let customer = identity.customer.as_ref();
        let salt = customer
            .and_then(|customer| customer.salt.as_ref())
            .unwrap_or(salt);
        let context = Context {
            fingerprint: fingerprint("salted", &(&context.fingerprint, salt))?,
            ..context.clone()
        };
        Ok(Self { identity, context })
    }
}
