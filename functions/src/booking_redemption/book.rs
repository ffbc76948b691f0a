//! Booking an appointment.

use axum::extract::State;
use domain::bookings::{Appointment, Booking, book as decide};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{Consistency, Fault, Mutation, Redeemed, Store, adopt, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, PayWithBody, service_ids};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Missing, Problem, Problems, Right, ServiceRef, Timestamp,
    objects,
};

/// What is booked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct BookingBody {
    /// The appointment's id in the caller's system; a repeated request books once.
    #[schema(value_type = String, max_length = 64, example = "web-10023")]
    booking_id: BookingId,
    /// For whom; a customer's token may leave it out.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// When it starts.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// What is done; a service that is done twice is named twice.
    #[serde(deserialize_with = "objects")]
    services: Vec<ServiceRef>,
    /// What should pay; if left out, `none` or what the settings say.
    pay_with: Option<PayWithBody>,
    /// Whether what nothing pays for may be due: else everything is paid or nothing is booked.
    #[serde(default)]
    allow_partial: bool,
}

struct Book<'a> {
    caller: &'a Caller,
    customer: CustomerId,
    appointment: Appointment,
    context: Context,
}

/// Books an appointment, and holds what pays for it: everything or nothing. Its id is the
/// idempotency key: the same booking sent again is booked once and answered the same.
#[utoipa::path(post, path = "/v1/bookings", tag = "bookings", request_body = BookingBody,
    responses((status = 201, body = BookingView), Problems, Missing, Conflict))]
pub(crate) async fn book(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<BookingBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let services = service_ids(&body.services)?;
    let pay_with = body.pay_with.map(PayWithBody::parse).transpose()?;
    let customer = caller.customer_or_own(body.customer_id, &app.store).await?;
    let content = (
        (&body.booking_id, customer, body.starts_at),
        (&services, &pay_with, body.allow_partial),
    );
    let context = app.context(&caller, fingerprint("book", &content)?)?;
    let book = Book {
        caller: &caller,
        customer,
        appointment: Appointment {
            booking: body.booking_id,
            services,
            starts_at: body.starts_at.0,
            pay_with,
            allow_partial: body.allow_partial,
        },
        context,
    };
    let settled = settle(&app.store, &book).await?;
    let booking = Booking::fold(settled.entry.as_ref()).ok_or(Refusal::BookingNotFound)?;
    Ok(Answer::created(BookingView::of(booking)).replayed(settled.replayed))
}

impl Mutation for Book<'_> {
    type State = Redeemed;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let Appointment {
            booking, services, ..
        } = &self.appointment;
        store
            .redeemed(
                business,
                self.customer,
                services,
                Some(booking),
                consistency,
            )
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let repeated = self.context.repeated(state.record.as_ref());
        let repeated = repeated.map_err(|_| Refusal::BookingIdReused)?;
        if repeated.is_some() {
            self.caller.may_see(state.holdings.customer.as_ref())?;
        }
        Ok(repeated)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        if !self.caller.owns(state.holdings.customer.as_ref()) {
            return Err(Refusal::CustomerNotFound);
        }
        decide(&state.holdings, &self.appointment, &self.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.holdings.packages, package)
    }
}
