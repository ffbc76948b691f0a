//! People who registered elsewhere.

use domain::customers::CustomerDetails;
use domain::{Actor, ActorId, Email, IdempotencyKey, Refusal, Role};
use events::inbound::CustomerRegistered;
use infra::fingerprint;

use super::take::{Told, parsed};
use crate::bus_function::Rejected;
use crate::customers::{bind, enter};

/// Binds the account to the customer with its address; where there is none, adds one first. An account
/// that is bound stays so.
///
/// # Errors
/// `malformed-event`; `email-unverified` for an address that may be another's; `already-claimed` where the
/// customer is another account's.
pub(super) async fn take(told: &Told<'_>, person: CustomerRegistered) -> Result<(), Rejected> {
    let at = told.occurred(&person.occurred_at)?;
    let system = told.caller(&person.business_id, at).await?;
    if !person.email_verified {
        return Err(Refusal::EmailUnverified.into());
    }
    let email: Email = parsed("email", &person.email)?;
    let account: ActorId = parsed("account", &person.account)?;
    let details = CustomerDetails {
        name: parsed("name", &person.name)?,
        email: Some(email.clone()),
        phone: match &person.phone {
            Some(phone) => Some(parsed("phone", phone)?),
            None => None,
        },
    };
    let mut own = system.clone();
    own.actor = Actor {
        id: account,
        role: Role::Customer,
    };
    let nobody = Refusal::NothingToClaim.code();
    match bind(told.app, &own, email.clone()).await {
        Ok(_) => return Ok(()),
        Err(problem) if problem.code() == nobody => {}
        Err(problem) => return Err(problem.into()),
    }
    let key: IdempotencyKey = parsed("account", &format!("registered-{}", person.account))?;
    let reused = Refusal::KeyReused.code();
    let gone = match enter(told.app, &system, Some(&key), details.clone()).await {
        Ok((entered, _)) => entered.erased_at.is_some(),
        // Nothing is left of what was asked then.
        Err(problem) if problem.code() == reused => true,
        Err(problem) => return Err(problem.into()),
    };
    if gone {
        // Who comes back after being erased is somebody new.
        let event = fingerprint("registered", &(&told.event.source, &told.event.id))?;
        let key: IdempotencyKey = parsed("id", event.as_str())?;
        enter(told.app, &system, Some(&key), details).await?;
    }
    bind(told.app, &own, email).await?;
    Ok(())
}
