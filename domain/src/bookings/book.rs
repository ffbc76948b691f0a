//! Booking an appointment, and holding what pays for it.

use super::booking::{BookingTerms, DeductAt, PayWith, ServiceLine, draw};
use super::choose::{Choice, Wanted, choose};
use super::record::record;
use crate::calendar::check_appointment;
use crate::catalog::Service;
use crate::customers::Customer;
use crate::journal::Fact;
use crate::packages::{Account, Package};
use crate::settings::Settings;
use crate::{
    BookingId, Context, CustomerId, Decision, EntryKey, Instant, PackageId, Refusal, ServiceId,
};

/// What a booking, a quote or a completion looks at.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The customer.
    pub customer: Option<Customer>,
    /// The services asked for, as far as they exist.
    pub services: Vec<Service>,
    /// Everything the customer holds.
    pub packages: Vec<Package>,
}

impl Holdings {
    pub(super) fn settings(&self) -> Result<&Settings, Refusal> {
        self.settings.as_ref().ok_or(Refusal::SettingsMissing)
    }

    pub(super) fn customer(&self) -> Result<CustomerId, Refusal> {
        self.customer
            .as_ref()
            .map(|customer| customer.id)
            .ok_or(Refusal::CustomerNotFound)
    }

    /// The services asked for, at today's list price, archived ones too.
    pub(super) fn priced(&self, wanted: &[ServiceId]) -> Result<Vec<Wanted>, Refusal> {
        let price = |id: &ServiceId| {
            let service = self.services.iter().find(|service| service.id == *id);
            let service = service.ok_or(Refusal::ServiceNotFound(*id))?;
            Ok(Wanted {
                service: *id,
                price: service.terms.list_price,
            })
        };
        wanted.iter().map(price).collect()
    }

    /// The services asked for, all of which can be booked.
    pub(super) fn bookable(&self, wanted: &[ServiceId]) -> Result<Vec<Wanted>, Refusal> {
        let priced = self.priced(wanted)?;
        let archived = self
            .services
            .iter()
            .find(|s| s.archived && wanted.contains(&s.id));
        archived.map_or(Ok(priced), |service| {
            Err(Refusal::ServiceArchived(service.id))
        })
    }

    pub(super) fn packages_exist(&self, pay_with: &PayWith) -> Result<(), Refusal> {
        let held = |id: &PackageId| self.packages.iter().any(|package| package.id == *id);
        match pay_with {
            PayWith::None | PayWith::Auto => Ok(()),
            PayWith::Packages(ids) if ids.iter().all(held) => Ok(()),
            PayWith::Packages(_) => Err(Refusal::PackageNotFound),
        }
    }
}

/// Books `services` at `starts_at`. With `deduct_at: booking` everything is paid or nothing is
/// booked; with `deduct_at: completion`, or paying with none, no package is touched.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::StartsInPast`], [`Refusal::StartsTooFar`], for each service
/// [`Refusal::ServiceNotFound`] and [`Refusal::ServiceArchived`], [`Refusal::PackageNotFound`] for
/// one that was named, then those of [`Choice::all_paid`].
pub fn book(
    holdings: &Holdings,
    booking: BookingId,
    services: &[ServiceId],
    starts_at: Instant,
    pay_with: PayWith,
    context: &Context,
) -> Result<Decision, Refusal> {
    let settings = holdings.settings()?;
    let customer = holdings.customer()?;
    check_appointment(starts_at, context.now, settings.time_zone)?;
    let wanted = holdings.bookable(services)?;
    holdings.packages_exist(&pay_with)?;
    let holds = settings.deduct_at == DeductAt::Booking && pay_with != PayWith::None;
    let services = if holds {
        let choice = choose(&holdings.packages, &wanted, &pay_with, starts_at);
        choice.all_paid(&wanted)?;
        lines(&wanted, &choice)
    } else {
        unpaid(&wanted)
    };
    let moves = draw(&services, Account::Held, starts_at);
    let terms = agreed(settings, &booking, starts_at, services, pay_with);
    let (key, fact) = (EntryKey::Booking(booking), Fact::Booked(terms));
    record(key, customer, fact, &holdings.packages, &moves, context)
}

/// What is agreed under the present policies.
pub(super) fn agreed(
    settings: &Settings,
    booking: &BookingId,
    starts_at: Instant,
    services: Vec<ServiceLine>,
    pay_with: PayWith,
) -> BookingTerms {
    BookingTerms {
        booking: booking.clone(),
        starts_at,
        services,
        pay_with,
        deduct_at: settings.deduct_at,
        no_show: settings.no_show,
    }
}

/// Each service with what was chosen to pay for it.
pub(super) fn lines(wanted: &[Wanted], choice: &Choice) -> Vec<ServiceLine> {
    let paid = wanted.iter().zip(&choice.paid_by);
    paid.map(|(wanted, paid_by)| ServiceLine {
        service: wanted.service,
        price: wanted.price,
        paid_by: *paid_by,
    })
    .collect()
}

fn unpaid(wanted: &[Wanted]) -> Vec<ServiceLine> {
    let line = |wanted: &Wanted| ServiceLine {
        service: wanted.service,
        price: wanted.price,
        paid_by: None,
    };
    wanted.iter().map(line).collect()
}
