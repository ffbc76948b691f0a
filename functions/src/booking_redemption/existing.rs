//! Paying with a new package for what was booked before it was sold.

use domain::bookings::{PayWith, existing_bookings, pay};
use domain::packages::Package;
use infra::{Failure, fingerprint};

use super::{BookingView, Resolve};
use crate::App;
use crate::edge::{Caller, Problem};

/// The most bookings that one request pays for anew.
const MOST: usize = 100;

/// Pays with `package`, and with nothing else, for the open bookings of its holder that were made
/// before it was sold and are for that day or later: in the order of their time, as far as it goes,
/// each by a step of its own, if it `goes_on`. Answers those that it pays for. Called again after a
/// failure or for a repeated sale it goes on where it stopped: what is paid is not due any more.
///
/// # Errors
/// `busy` (503) when the service's patience ends: the bookings paid until then stay paid.
pub(crate) async fn pay_existing(
    app: &App,
    caller: &Caller,
    package: &Package,
    goes_on: bool,
) -> Result<Vec<BookingView>, Problem> {
    let business = &caller.business;
    let entries = app
        .store
        .customer_entries(business, package.customer, None)
        .await?;
    let pay_with = PayWith::Packages(vec![package.id]);
    let mut left = package.clone();
    let mut paid = Vec::new();
    let mut asked = 0;
    for booking in existing_bookings(&entries, package) {
        if booking.is_paid_by(package.id) {
            paid.push(BookingView::of(booking));
            continue;
        }
        if !goes_on {
            continue;
        }
        let id = &booking.terms.booking;
        let context = app.context(caller, fingerprint("pay-existing", &(id, package.id))?)?;
        // What the package cannot pay for is not asked of the database.
        let Ok(decision) = pay(
            &booking,
            std::slice::from_ref(&left),
            &pay_with,
            true,
            &context,
        ) else {
            continue;
        };
        if asked == MOST {
            break;
        }
        asked += 1;
        let redeem = Resolve {
            caller,
            booking: id.clone(),
            customer: Some(package.customer),
            keyed: false,
            context,
        };
        let settled = redeem.settle(app, |booking, state, context| {
            let packages: Vec<Package> = state
                .packages
                .iter()
                .filter(|held| held.id == package.id)
                .cloned()
                .collect();
            pay(booking, &packages, &pay_with, true, context)
        });
        match settled.await {
            Ok((booking, _)) => {
                left = left.after(&decision.entry)?;
                paid.push(BookingView::of(booking));
            }
            // It was changed, or the package drawn from, at this very moment.
            Err(Failure::Refused(_)) => {}
            Err(Failure::Fault(fault)) => return Err(fault.into()),
        }
    }
    Ok(paid)
}
