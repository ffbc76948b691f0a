//! Adding and editing a service.

use super::{Service, ServiceTerms};
use crate::journal::Fact;
use crate::{Context, Decision, EntryKey, Put, Refusal, ServiceId};

/// Adds the service `id`.
pub fn create_service(terms: ServiceTerms, id: ServiceId, context: &Context) -> Decision {
    saved(
        Service {
            id,
            terms,
            archived: false,
            version: 1,
        },
        context,
    )
}

/// Edits a service. Packages that were sold keep the name they were sold with, bookings their price.
///
/// # Errors
/// [`Refusal::VersionMismatch`] when the caller has not seen the present version.
pub fn edit_service(
    present: &Service,
    terms: ServiceTerms,
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    Ok(saved(
        Service {
            terms,
            version: expected + 1,
            ..present.clone()
        },
        context,
    ))
}

pub(super) fn saved(service: Service, context: &Context) -> Decision {
    let key = EntryKey::Service(service.id, service.version);
    let fact = Fact::ServiceSaved(service.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Service(service)])
}
