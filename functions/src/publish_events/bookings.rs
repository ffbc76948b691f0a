//! What appointments do to packages, as events.

use domain::bookings::ServiceLine;
use domain::{BookingId, Money};
use events::Version;
use events::out::{
    AppointmentUnpaid, Balance, SessionsCaptured, SessionsForfeited, SessionsHeld, SessionsReleased,
};
use infra::Fault;

use super::figures::{Moved, money, touched};
use super::packages::what_is_left;
use super::told::Tellings;

/// What an appointment's entry did to each package: by what each pool has more or less of afterwards,
/// however many steps that took.
pub(super) fn sessions(tellings: &mut Tellings<'_>, booking: &BookingId) -> Result<(), Fault> {
    let booking_id = booking.to_string();
    for package in touched(tellings.entry) {
        let moved = Moved::of(tellings.entry, package);
        let any = |what: &dyn Fn(Balance, Balance) -> bool| {
            let mut pools = moved.change.pools.iter();
            pools.any(|pool| what(pool.before, pool.after))
        };
        let (held, used) = (
            any(&|before, after| after.held > before.held),
            any(&|before, after| after.used > before.used),
        );
        let forfeited = any(&|before, after| after.forfeited > before.forfeited);
        let released = any(&|before, after| {
            let went_back = after.available > before.available || after.expired > before.expired;
            // The units of a pass are granted as they are drawn.
            went_back || after.granted < before.granted
        });
        macro_rules! tell {
            ($happened:ident, $event:ident) => {
                if $happened {
                    tellings.tell(None, Some(moved.sequence.clone()), |told| $event {
                        version: Version,
                        told,
                        package: moved.change.clone(),
                        booking_id: booking_id.clone(),
                    })?;
                }
            };
        }
        tell!(held, SessionsHeld);
        tell!(used, SessionsCaptured);
        tell!(forfeited, SessionsForfeited);
        tell!(released, SessionsReleased);
        what_is_left(tellings, &moved)?;
    }
    Ok(())
}

/// What an appointment that took place leaves to be paid, if anything.
pub(super) fn unpaid(
    tellings: &mut Tellings<'_>,
    booking: &BookingId,
    services: &[ServiceLine],
) -> Result<(), Fault> {
    let due = services
        .iter()
        .filter(|line| line.paid_by.is_none() && line.price.amount_minor() > 0);
    let sums = Money::totals(
        due.clone()
            .map(|line| (line.price.currency(), line.price.amount_minor())),
    );
    if sums.is_empty() {
        return Ok(());
    }
    tellings.tell(None, None, |told| AppointmentUnpaid {
        version: Version,
        told,
        booking_id: booking.to_string(),
        service_ids: due.map(|line| line.service.to_string()).collect(),
        due: sums.into_iter().map(money).collect(),
    })
}
