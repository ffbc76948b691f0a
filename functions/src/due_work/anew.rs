//! Making agendas anew, of businesses whose settings say otherwise when things fall due.

use domain::Instant;
use infra::{Anew, Consistency, Fault};

use crate::{App, Deadline};

/// Makes them anew until the time is up; the next call goes on where this one stopped. Whether all are
/// made: one that fails is left to the next call, and does not keep the others from being.
pub(super) async fn make_anew(app: &App, deadline: Deadline, now: Instant) -> Result<bool, Fault> {
    for anew in app.store.agendas_anew().await? {
        let business = anew.business.to_string();
        match of_business(app, deadline, anew, now).await {
            Ok(true) => {}
            Ok(false) => return Ok(false),
            Err(fault) => {
                tracing::error!(
                    business,
                    cause = fault.cause(),
                    "its agenda is not made anew"
                );
            }
        }
    }
    Ok(true)
}

async fn of_business(
    app: &App,
    deadline: Deadline,
    anew: Anew,
    now: Instant,
) -> Result<bool, Fault> {
    let strong = Consistency::Strong;
    let settings = app.store.settings(&anew.business, strong).await?;
    let mut next = settings.is_some().then_some(anew);
    while let (Some(anew), Some(settings)) = (&next, &settings) {
        if deadline.is_over() {
            return Ok(false);
        }
        next = app.store.make_anew(anew, settings, now).await?;
    }
    Ok(true)
}
