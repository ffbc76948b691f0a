//! Moving an appointment.

use axum::extract::State;
use domain::bookings::reschedule as decide;
use domain::{BookingId, CustomerId};
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, Resolve};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, OptionalKey, Path, Problem, Problems, Right, Timestamp,
};

/// Where to.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RescheduleBody {
    /// The new time.
    #[schema(value_type = String, format = DateTime)]
    starts_at: Timestamp,
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
}

/// Moves an appointment. What pays for it stays, if it is valid at the new time; else it is chosen
/// again, everything or nothing.
#[utoipa::path(post, path = "/v1/bookings/{id}/reschedule", tag = "bookings",
    request_body = RescheduleBody,
    params(("id" = String, Path, description = "The booking"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "With it, a late repetition is known again after further moves")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn reschedule(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    OptionalKey(key): OptionalKey,
    Json(body): Json<RescheduleBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let content = (&booking, body.starts_at, &key);
    let context = app.context(&caller, fingerprint("reschedule", &content)?)?;
    let reschedule = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: key.is_some(),
        context,
    };
    reschedule
        .by(&app, |booking, state, context| {
            decide(booking, &state.packages, body.starts_at.0, context)
        })
        .await
}
