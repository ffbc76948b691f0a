//! Booking an appointment, and holding what pays for it.

use super::booking::{BookingTerms, DeductAt, PayWith};
use super::choose::{Choice, choose};
use super::draw::{ServiceLine, Wanted, draw};
use crate::calendar::{Slot, check_appointment};
use crate::catalog::Service;
use crate::customers::Customer;
use crate::journal::{Fact, Posting};
use crate::packages::{Account, Package, Unit};
use crate::settings::Settings;
use crate::{BookingId, Context, CustomerId, Decision, EntryKey, Instant, Refusal, ServiceId};

/// What a booking, a quote or a completion looks at.
#[derive(Debug, Clone)]
pub struct Holdings {
    /// The business's settings.
    pub settings: Option<Settings>,
    /// The customer.
    pub customer: Option<Customer>,
    /// The services asked for, as far as they exist.
    pub services: Vec<Service>,
    /// Everything the customer may redeem from: what they hold, and what others share with them.
    pub packages: Vec<Package>,
}

impl Holdings {
    pub(super) fn settings(&self) -> Result<&Settings, Refusal> {
        self.settings.as_ref().ok_or(Refusal::SettingsMissing)
    }

    pub(super) fn customer(&self) -> Result<CustomerId, Refusal> {
        let customer = self.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
        customer.is_there()?;
        Ok(customer.id)
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

    /// The services asked for, all of which can be booked: an archived one by who was sold it before,
    /// by name and not used up.
    pub(super) fn bookable(
        &self,
        wanted: &[ServiceId],
        now: Instant,
    ) -> Result<Vec<Wanted>, Refusal> {
        let priced = self.priced(wanted)?;
        let usable = self
            .packages
            .iter()
            .filter(|package| package.is_usable(now));
        let sold: Vec<ServiceId> = usable
            .flat_map(|package| &package.pools)
            .filter(|pool| pool.unit == Unit::Unlimited || pool.balance.available > 0)
            .flat_map(|pool| pool.covers.named())
            .collect();
        let archived = self
            .services
            .iter()
            .find(|s| s.archived && wanted.contains(&s.id) && !sold.contains(&s.id));
        archived.map_or(Ok(priced), |service| {
            Err(Refusal::ServiceArchived(service.id))
        })
    }

    pub(super) fn packages_exist(&self, pay_with: &PayWith) -> Result<(), Refusal> {
        pay_with.must_exist(&self.packages)
    }
}

/// What is to be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub booking: BookingId,
    /// What is done.
    pub services: Vec<ServiceId>,
    /// When it starts.
    pub starts_at: Instant,
    /// What should pay; none leaves it to the business's settings.
    pub pay_with: Option<PayWith>,
    /// Whether what nothing pays for may be due.
    pub allow_partial: bool,
}

impl Appointment {
    /// What should pay, and whether the rest may be due. By the setting, whatever can pay does, and
    /// an appointment is not refused for what cannot.
    pub(super) fn payment(&self, settings: &Settings) -> (PayWith, bool) {
        match &self.pay_with {
            Some(pay_with) => (pay_with.clone(), self.allow_partial),
            None if settings.auto_apply => (PayWith::Auto, true),
            None => (PayWith::None, self.allow_partial),
        }
    }
}

/// Books an appointment. With `deduct_at: booking` everything is paid or nothing is booked, unless
/// the rest may be due; with `deduct_at: completion`, or paying with none, no package is touched.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`], [`Refusal::StartsInPast`], [`Refusal::StartsTooFar`], for each service
/// [`Refusal::ServiceNotFound`] and [`Refusal::ServiceArchived`], [`Refusal::PackageNotFound`] for
/// one that was named, then those of [`Choice::all_paid`].
pub fn book(
    holdings: &Holdings,
    appointment: &Appointment,
    context: &Context,
) -> Result<Decision, Refusal> {
    let settings = holdings.settings()?;
    let customer = holdings.customer()?;
    let slot = Slot {
        starts_at: appointment.starts_at,
        zone: settings.time_zone(),
    };
    check_appointment(slot.starts_at, context.now, slot.zone)?;
    let wanted = holdings.bookable(&appointment.services, context.now)?;
    let (pay_with, allow_partial) = appointment.payment(settings);
    holdings.packages_exist(&pay_with)?;
    let holds = settings.policies.deduct_at == DeductAt::Booking && pay_with != PayWith::None;
    let services = if holds {
        let choice = choose(customer, &holdings.packages, &wanted, &pay_with, slot);
        if !allow_partial {
            choice.all_paid(&wanted)?;
        }
        lines(&wanted, &choice)
    } else {
        unpaid(&wanted)
    };
    let mut posting = Posting::new(&holdings.packages, context.now);
    posting.moves(&draw(&services, &holdings.packages, Account::Held, slot)?)?;
    let terms = BookingTerms {
        booking: appointment.booking.clone(),
        starts_at: appointment.starts_at,
        services,
        pay_with,
        allow_partial,
        policies: settings.policies,
    };
    let key = EntryKey::Booking(appointment.booking.clone());
    Ok(posting.record(key, customer, Fact::Booked(terms), context))
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

pub(super) fn unpaid(wanted: &[Wanted]) -> Vec<ServiceLine> {
    let line = |wanted: &Wanted| ServiceLine {
        service: wanted.service,
        price: wanted.price,
        paid_by: None,
    };
    wanted.iter().map(line).collect()
}
