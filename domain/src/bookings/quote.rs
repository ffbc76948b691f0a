//! Asking what would pay, without booking.

use super::book::{Holdings, lines};
use super::booking::PayWith;
use super::choose::{Considered, choose};
use super::draw::ServiceLine;
use crate::calendar::{Slot, check_appointment};
use crate::{Instant, Refusal, ServiceId};

/// What would happen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quote {
    /// What would pay for each service, in the order asked.
    pub services: Vec<ServiceLine>,
    /// Every package of the customer and what it would do, in the order of preference.
    pub packages: Vec<Considered>,
}

impl Quote {
    /// Whether a booking would be paid in full.
    pub fn covered(&self) -> bool {
        self.services.iter().all(|line| line.paid_by.is_some())
    }
}

/// Which packages would pay for `services` at `starts_at`, and why the others would not. What
/// nothing pays for is no refusal here.
///
/// # Errors
/// Those of [`super::book()`], up to the choice.
pub fn quote(
    holdings: &Holdings,
    services: &[ServiceId],
    starts_at: Instant,
    pay_with: &PayWith,
    now: Instant,
) -> Result<Quote, Refusal> {
    let zone = holdings.settings()?.time_zone();
    let customer = holdings.customer()?;
    check_appointment(starts_at, now, zone)?;
    let wanted = holdings.bookable(services, now)?;
    holdings.packages_exist(pay_with)?;
    let slot = Slot { starts_at, zone };
    let choice = choose(customer, &holdings.packages, &wanted, pay_with, slot);
    Ok(Quote {
        services: lines(&wanted, &choice),
        packages: choice.considered,
    })
}
