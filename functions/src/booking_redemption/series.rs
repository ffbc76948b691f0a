//! Booking several appointments at once.

use std::collections::BTreeSet;

use axum::extract::State;
use domain::bookings::{Appointment, Booking, MAX_SERIES, book_series as decide};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, Context, CustomerId, Decision, Refusal, ServiceId};
use infra::{Consistency, Fault, Mutation, RedeemedSeries, Store, adopt, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, PayWithBody, service_ids};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Missing, Problem, Problems, Right, ServiceRef, Timestamp,
    objects,
};

/// What is booked together.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = SeriesBody)]
pub(crate) struct SeriesBody {
    /// For whom; a customer's token may leave it out.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The appointments, 1 to 50, in the order in which they are paid.
    #[serde(deserialize_with = "objects")]
    appointments: Vec<AppointmentBody>,
    /// What should pay for each; if left out, `none` or what the settings say.
    pay_with: Option<PayWithBody>,
    /// Whether what nothing pays for may be due: else everything is paid or nothing is booked.
    #[serde(default)]
    allow_partial: bool,
}

/// One appointment of a series.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = AppointmentOfSeries)]
pub(crate) struct AppointmentBody {
    /// Its id in the caller's system.
    #[schema(value_type = String, max_length = 64, example = "web-10023")]
    booking_id: BookingId,
    /// When it starts.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// What is done; a service that is done twice is named twice.
    #[serde(deserialize_with = "objects")]
    services: Vec<ServiceRef>,
}

/// What was booked together.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Series)]
pub(crate) struct SeriesView {
    /// The appointments, in the order sent.
    pub(crate) bookings: Vec<BookingView>,
}

struct BookSeries<'a> {
    caller: &'a Caller,
    customer: CustomerId,
    appointments: Vec<Appointment>,
    context: Context,
}

/// Books all the appointments of a customer in one step: every one of them or none. Each becomes a
/// booking of its own and is paid from what the ones before it leave. The booking ids are the
/// idempotency key: the same series sent again is booked once and answered the same.
#[utoipa::path(post, path = "/v1/bookings/series", tag = "bookings", request_body = SeriesBody,
    responses((status = 201, body = SeriesView), Problems, Missing, Conflict))]
pub(crate) async fn series(
    State(app): State<App>,
    caller: Caller,
    Json(body): Json<SeriesBody>,
) -> Result<Answer<SeriesView>, Problem> {
    caller.may(Right::Book)?;
    let pay_with = body.pay_with.map(PayWithBody::parse).transpose()?;
    let appointment = |wanted: AppointmentBody| {
        Ok(Appointment {
            booking: wanted.booking_id,
            services: service_ids(&wanted.services)?,
            starts_at: wanted.starts_at.0,
            pay_with: pay_with.clone(),
            allow_partial: body.allow_partial,
        })
    };
    let appointments: Result<Vec<Appointment>, Problem> =
        body.appointments.into_iter().map(appointment).collect();
    let appointments = appointments?;
    if !(1..=MAX_SERIES).contains(&appointments.len()) {
        return Err(Refusal::SeriesSize.into());
    }
    let ids: BTreeSet<&BookingId> = appointments.iter().map(|one| &one.booking).collect();
    if ids.len() < appointments.len() {
        let detail = "every appointment of a series has a booking_id of its own";
        return Err(Problem::new(422, "invalid-body", detail));
    }
    let customer = caller.customer_or_own(body.customer_id, &app.store).await?;
    let each = |one: &Appointment| (one.booking.clone(), one.starts_at, one.services.clone());
    let content = (
        (customer, &pay_with, body.allow_partial),
        appointments.iter().map(each).collect::<Vec<_>>(),
    );
    let context = app.context(&caller, fingerprint("book-series", &content)?)?;
    let book = BookSeries {
        caller: &caller,
        customer,
        appointments,
        context,
    };
    let settled = settle(&app.store, &book).await?;
    let entries: Vec<Entry> = if settled.replayed {
        book.booked(&app.store, settled.state).await?
    } else {
        settled.entry.into_iter().chain(settled.series).collect()
    };
    let fold = |entry: &Entry| Booking::fold([entry]).ok_or(Refusal::BookingNotFound);
    let bookings: Result<Vec<Booking>, Refusal> = entries.iter().map(fold).collect();
    let bookings = bookings?.into_iter().map(BookingView::of).collect();
    Ok(Answer::created(SeriesView { bookings }).replayed(settled.replayed))
}

impl BookSeries<'_> {
    /// The records of a series that was booked before: those at hand, or else read again.
    async fn booked(&self, store: &Store, at_hand: RedeemedSeries) -> Result<Vec<Entry>, Fault> {
        let complete = at_hand.records.iter().all(Option::is_some);
        let records = match complete {
            true => at_hand.records,
            false => self.load(store, Consistency::Strong).await?.records,
        };
        Ok(records.into_iter().flatten().collect())
    }
}

impl Mutation for BookSeries<'_> {
    type State = RedeemedSeries;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let appointments = self.appointments.iter();
        let bookings: Vec<BookingId> = appointments
            .clone()
            .map(|one| one.booking.clone())
            .collect();
        let services: BTreeSet<ServiceId> =
            appointments.flat_map(|one| one.services.clone()).collect();
        let services: Vec<ServiceId> = services.into_iter().collect();
        let business = &self.context.business;
        store
            .redeemed_series(business, self.customer, &services, &bookings, consistency)
            .await
    }

    /// All its bookings were made together, so one of them stands for all.
    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let mut same = None;
        for (appointment, record) in self.appointments.iter().zip(&state.records) {
            let repeated = self.context.repeated(record.as_ref());
            let repeated = repeated.map_err(|_| Refusal::InSeries {
                booking: appointment.booking.clone(),
                refusal: Box::new(Refusal::BookingIdReused),
            })?;
            same = same.or(repeated);
        }
        if same.is_some() {
            self.caller.may_see(state.holdings.customer.as_ref())?;
        }
        Ok(same)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        if !self.caller.owns(state.holdings.customer.as_ref()) {
            return Err(Refusal::CustomerNotFound);
        }
        decide(&state.holdings, &self.appointments, &self.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) -> bool {
        adopt(&mut state.holdings.packages, package)
    }
}
