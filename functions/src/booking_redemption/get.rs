//! Reading a booking.

use axum::extract::State;
use domain::bookings::Booking;
use domain::{BookingId, Refusal};
use infra::Consistency;

use super::BookingView;
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right};

/// An appointment; with a customer's token, one's own.
#[utoipa::path(get, path = "/v1/bookings/{id}", tag = "bookings",
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems))]
pub(crate) async fn get(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<BookingId>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::ReadWallet)?;
    let entries = app
        .store
        .booking_entries(&caller.business, &id, Consistency::Strong)
        .await?;
    let booking = Booking::fold(&entries).ok_or(Refusal::BookingNotFound)?;
    caller
        .must_own(booking.customer, &app.store, Refusal::BookingNotFound)
        .await?;
    Ok(Answer::ok(BookingView::of(booking)))
}
