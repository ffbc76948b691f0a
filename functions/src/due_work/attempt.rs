//! One attempt at something that is due, and what becomes of it on the agenda.

use infra::{Failure, Fault, FoundDue, OnAgenda};

use super::fall::{Outcome, fall};
use crate::App;

/// How often something is tried that a rule or broken data refuses, before it is set aside.
const ATTEMPTS: u32 = 5;

/// What came of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Attempt {
    /// It is recorded, and off the agenda.
    Done,
    /// There was nothing to do, and it is off the agenda.
    Nothing,
    /// It is still on the agenda.
    Failed,
    /// It failed too often, or cannot be read, and stands in a list of its own.
    SetAside,
}

/// Does what is due, and takes it off the agenda. Whatever fails is a matter of this one thing: the log
/// says it, and the others go on.
pub(super) async fn attempt(app: &App, found: &FoundDue) -> Attempt {
    let done = match &found.due {
        Ok(item) => try_item(app, item).await,
        Err(fault) => {
            let (place, cause) = (found.place(), fault.cause());
            let aside = app.store.set_unreadable_aside(found, cause).await;
            aside.map(|aside| {
                tracing::error!(place, cause, aside, "due, and cannot be read");
                match aside {
                    true => Attempt::SetAside,
                    false => Attempt::Failed,
                }
            })
        }
    };
    done.unwrap_or_else(|fault| {
        tracing::warn!(
            place = found.place(),
            cause = fault.cause(),
            "due, not done"
        );
        Attempt::Failed
    })
}

/// # Errors
/// What has nothing to do with the thing itself, and passes: the next call tries it again, however often.
async fn try_item(app: &App, item: &OnAgenda) -> Result<Attempt, Fault> {
    let failed = match fall(app, item).await {
        Ok(outcome) => {
            app.store.done_on_agenda(item).await?;
            return Ok(match outcome {
                Outcome::Done => Attempt::Done,
                Outcome::Nothing => Attempt::Nothing,
            });
        }
        Err(failed) => failed,
    };
    let reason = match failed {
        Failure::Fault(fault @ (Fault::Unavailable { .. } | Fault::Denied { .. })) => {
            return Err(fault);
        }
        Failure::Fault(Fault::Broken { cause }) => cause,
        Failure::Refused(refusal) => refusal.code().to_owned(),
    };
    let aside = app.store.failed_on_agenda(item, &reason, ATTEMPTS).await?;
    let (of, what) = (item.of.to_string(), item.due.what.name());
    tracing::error!(of, what, reason, aside, "due, not done");
    Ok(match aside {
        true => Attempt::SetAside,
        false => Attempt::Failed,
    })
}
