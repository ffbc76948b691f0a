//! Completing an appointment that may never have been booked.

use domain::bookings::{Appointment, Booking, complete, complete_walk_in};
use domain::journal::{Entry, Fact};
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{Consistency, Fault, HoldingsAndBooking, Mutation, Store, adopt, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::booking_redemption::{BookingView, PayWithBody, after, service_ids};
use crate::edge::{Answer, Caller, Problem, ServiceRef, Timestamp, objects};

/// An appointment that was never booked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = WalkIn)]
pub(crate) struct WalkInBody {
    /// What was done; a service that was done twice is named twice.
    #[serde(deserialize_with = "objects")]
    services: Vec<ServiceRef>,
    /// When it started; now if left out.
    #[schema(value_type = Option<String>, format = DateTime)]
    starts_at: Option<Timestamp>,
    /// What should pay; if left out, `none` or what the settings say.
    pay_with: Option<PayWithBody>,
}

struct WalkIn {
    customer: CustomerId,
    appointment: Appointment,
    /// As a walk-in: with the fingerprint of what was sent.
    context: Context,
    /// As the completion of a booking: with the fingerprint any such completion has.
    of_booking: Context,
}

pub(super) async fn complete_or_walk_in(
    app: &App,
    caller: &Caller,
    booking: BookingId,
    customer: Option<CustomerId>,
    body: WalkInBody,
) -> Result<Answer<BookingView>, Problem> {
    let services = service_ids(&body.services)?;
    let pay_with = body.pay_with.map(PayWithBody::parse).transpose()?;
    let customer = caller.customer_or_own(customer, &app.store).await?;
    let content = (&booking, customer, &services, body.starts_at, &pay_with);
    let context = app.context(caller, fingerprint("walk-in", &content)?)?;
    let of_booking = Context {
        fingerprint: fingerprint("complete", &booking)?,
        ..context.clone()
    };
    let starts_at = body.starts_at.map_or(context.now, |at| at.0);
    let walk_in = WalkIn {
        customer,
        appointment: Appointment {
            booking,
            services,
            starts_at,
            pay_with,
            allow_partial: true,
        },
        context,
        of_booking,
    };
    let settled = settle(&app.store, &walk_in).await?;
    let booking = after(&settled.state.entries, &settled).ok_or(Refusal::BookingNotFound)?;
    Ok(Answer::ok(BookingView::of(booking)).replayed(settled.replayed))
}

impl Mutation for WalkIn {
    type State = HoldingsAndBooking;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let Appointment {
            booking, services, ..
        } = &self.appointment;
        let business = &self.context.business;
        store
            .holdings_and_booking(business, booking, self.customer, services, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        match state.entries.last() {
            Some(last) if last.fingerprint == self.of_booking.fingerprint => {
                if last.customer == Some(self.customer) {
                    Ok(Some(last))
                } else {
                    Err(Refusal::BookingOfAnother)
                }
            }
            Some(last) if matches!(last.fact, Fact::WalkInCompleted(_)) => self
                .context
                .repeated(Some(last))
                .map_err(|_| Refusal::BookingIdReused),
            Some(_) | None => Ok(None),
        }
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let holdings = &state.holdings;
        if let Some(booking) = Booking::fold(&state.entries) {
            if booking.customer != self.customer {
                return Err(Refusal::BookingOfAnother);
            }
            return complete(&booking, &holdings.packages, &self.of_booking).map(Some);
        }
        complete_walk_in(holdings, &self.appointment, &self.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.holdings.packages, package)
    }
}
