//! Cancelling an appointment.

use axum::extract::State;
use domain::bookings::cancel as decide;
use domain::{BookingId, CustomerId};
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, Resolve};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Path, Problem, Problems, Right, SentJson};

/// How it is cancelled; may be left out.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelBody {
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Whether the business takes nothing although it is late; not for customers.
    #[serde(default)]
    waive: bool,
}

/// Cancels an appointment. In time, every unit it holds returns to the pool it came from; late, the
/// policy it was booked under decides.
#[utoipa::path(post, path = "/v1/bookings/{id}/cancel", tag = "bookings",
    request_body = Option<CancelBody>,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<CancelBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    if body.waive {
        caller.may(Right::WaivePenalty)?;
    }
    let context = app.context(&caller, fingerprint("cancel", &(&booking, body.waive))?)?;
    let cancel = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: false,
        context,
    };
    cancel
        .by(&app, |booking, state, context| {
            decide(booking, &state.packages, body.waive, context)
        })
        .await
}
