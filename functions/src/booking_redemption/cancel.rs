//! Cancelling an appointment.

use axum::extract::State;
use domain::BookingId;
use domain::bookings::cancel as decide;
use infra::fingerprint;

use super::{BookingOfBody, BookingView, Resolve};
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right, SentJson};

/// Cancels an appointment: every unit it holds returns to the pool it came from.
#[utoipa::path(post, path = "/v1/bookings/{id}/cancel", tag = "bookings",
    request_body = Option<BookingOfBody>,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems))]
pub(crate) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<BookingOfBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let context = app.context(&caller, fingerprint("cancel", &booking)?)?;
    let cancel = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: false,
        with_settings: false,
        context,
    };
    cancel
        .by(&app, |booking, state, context| {
            decide(booking, &state.packages, context)
        })
        .await
}
