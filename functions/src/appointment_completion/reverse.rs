//! Taking back what was recorded of an appointment by mistake.

use axum::extract::State;
use domain::BookingId;
use domain::bookings::reverse as decide;
use infra::fingerprint;

use crate::App;
use crate::booking_redemption::{BookingOfBody, BookingView, Resolve};
use crate::edge::{
    Answer, Caller, Conflict, OptionalKey, Path, Problem, Problems, Right, SentJson,
};

/// Takes a completion, a no-show or a cancellation back that was recorded by mistake: the units return to where they
/// were and the appointment is open again. A walk-in becomes cancelled.
#[utoipa::path(post, path = "/v1/bookings/{id}/reverse", tag = "appointments",
    request_body = Option<BookingOfBody>,
    params(("id" = String, Path, description = "The booking"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "With it, a late repetition is known again after further changes")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn reverse(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    OptionalKey(key): OptionalKey,
    SentJson(body): SentJson<BookingOfBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Reverse)?;
    let context = app.context(&caller, fingerprint("reverse", &(&booking, &key))?)?;
    let reverse = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: key.is_some(),
        context,
    };
    reverse
        .by(&app, |booking, state, context| {
            decide(booking, &state.entries, &state.packages, context)
        })
        .await
}
