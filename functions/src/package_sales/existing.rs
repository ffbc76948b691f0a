//! What a package pays for as it becomes active: appointments that were booked before.

use chrono::TimeDelta;
use domain::journal::Entry;
use domain::packages::{Package, Stage};

use crate::App;
use crate::booking_redemption::{BookingView, pay_existing};
use crate::edge::{Caller, Problem};

/// For how many hours a repeated request goes on where the first one stopped. Later it only tells.
const HOURS: i64 = 24;

/// Where `package` is to pay for what was booked before, the open bookings that it pays for since `entry`
/// made it active; none where the entry did not. None at all where it pays for new ones only.
///
/// # Errors
/// `busy` (503) when the service's patience ends: the same request, sent again, goes on.
pub(crate) async fn existing_bookings(
    app: &App,
    caller: &Caller,
    package: &Package,
    entry: &Entry,
) -> Result<Option<Vec<BookingView>>, Problem> {
    if !package.pays_existing {
        return Ok(None);
    }
    let active = package.standing.stage == Stage::Active && package.active_since() == entry.at;
    let goes_on = app.clock.now() < entry.at + TimeDelta::hours(HOURS);
    Ok(Some(match active {
        true => pay_existing(app, caller, package, goes_on).await?,
        false => Vec::new(),
    }))
}
