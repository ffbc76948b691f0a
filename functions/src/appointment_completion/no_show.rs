//! Recording that a customer did not come.

use axum::extract::State;
use domain::BookingId;
use domain::bookings::no_show as decide;
use infra::fingerprint;

use crate::App;
use crate::booking_redemption::{BookingOfBody, BookingView, Resolve};
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right, SentJson};

/// Records a no-show, under the policy the appointment was booked with: its units go back or are
/// lost.
#[utoipa::path(post, path = "/v1/bookings/{id}/no-show", tag = "appointments",
    request_body = Option<BookingOfBody>,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn no_show(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<BookingOfBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Complete)?;
    let context = app.context(&caller, fingerprint("no-show", &booking)?)?;
    let no_show = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: false,
        context,
    };
    no_show
        .by(&app, |booking, state, context| {
            decide(booking, &state.packages, context)
        })
        .await
}
