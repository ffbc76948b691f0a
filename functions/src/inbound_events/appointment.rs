//! Following appointments that another system keeps.

use domain::bookings::{Appointment, BookingStatus, PayWith, Telling, follow};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{Context, Decision, PackageId, Refusal, ServiceId};
use events::inbound;
use infra::{Consistency, Fault, HoldingsAndBooking, Mutation, Store, adopt, fingerprint, settle};

use super::take::{Told, instant, parsed};
use crate::booking_redemption::MAX_SERVICES;
use crate::bus_function::Rejected;

/// More steps than lead from anywhere to anywhere: opened again, moved, resolved.
const MOST_STEPS: usize = 8;

/// Brings the booking to where the other system says it stands, step by step, each an entry of its own.
/// Stopped anywhere, the same event goes on from there.
pub(super) async fn take(
    told: &Told<'_>,
    appointment: inbound::Appointment,
    status: BookingStatus,
) -> Result<(), Rejected> {
    let app = told.app;
    let telling = telling(told, &appointment, status)?;
    let caller = told.caller(&appointment.business_id, telling.at).await?;
    for _ in 0..MOST_STEPS {
        let event = (&told.event.source, &told.event.id);
        let follow = Follow {
            telling: telling.clone(),
            context: app.context(&caller, fingerprint("told", &event)?)?,
        };
        if settle(&app.store, &follow).await?.entry.is_none() {
            return Ok(());
        }
    }
    let cause = "an appointment does not come to rest".to_owned();
    Err(Fault::Unavailable { cause }.into())
}

fn telling(
    told: &Told<'_>,
    appointment: &inbound::Appointment,
    status: BookingStatus,
) -> Result<Telling, Rejected> {
    let services = appointment.services.iter();
    let services: Result<Vec<ServiceId>, Rejected> =
        services.map(|id| parsed("services", id)).collect();
    let services = services?;
    if !(1..=MAX_SERVICES).contains(&services.len()) {
        let detail = format!("services: 1 to {MAX_SERVICES} are taken");
        return Err(Rejected::new("malformed-event", detail));
    }
    Ok(Telling {
        at: told.occurred(&appointment.occurred_at)?,
        customer: parsed("customer_id", &appointment.customer_id)?,
        appointment: Appointment {
            booking: parsed("booking_id", &appointment.booking_id)?,
            services,
            starts_at: instant("starts_at", &appointment.starts_at)?,
            pay_with: appointment.pay_with.as_ref().map(pay_with).transpose()?,
            allow_partial: true,
        },
        status,
    })
}

fn pay_with(pay_with: &inbound::PayWith) -> Result<PayWith, Rejected> {
    Ok(match pay_with {
        inbound::PayWith::Word(inbound::PayWithWord::None) => PayWith::None,
        inbound::PayWith::Word(inbound::PayWithWord::Auto) => PayWith::Auto,
        inbound::PayWith::Packages(ids) => {
            let ids = ids.iter().map(|id| parsed("pay_with", id));
            let ids: Vec<PackageId> = ids.collect::<Result<_, _>>()?;
            let twice = ids.iter().enumerate().any(|(i, id)| ids[..i].contains(id));
            if !(1..=MAX_SERVICES).contains(&ids.len()) || twice {
                let detail = "pay_with: 1 to 20 packages are named, each once";
                return Err(Rejected::new("malformed-event", detail));
            }
            PayWith::Packages(ids)
        }
    })
}

struct Follow {
    telling: Telling,
    context: Context,
}

impl Mutation for Follow {
    type State = HoldingsAndBooking;

    const STRONG: bool = true;

    /// Each step is decided on what the one before it left.
    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let Telling {
            customer,
            appointment,
            ..
        } = &self.telling;
        let Appointment {
            booking, services, ..
        } = appointment;
        let (business, strong) = (&self.context.business, Consistency::Strong);
        store
            .holdings_and_booking(business, booking, *customer, services, strong)
            .await
    }

    /// What was done is seen in the booking itself.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        follow(
            &state.entries,
            &state.holdings,
            &self.telling,
            &self.context,
        )
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.holdings.packages, package)
    }
}
