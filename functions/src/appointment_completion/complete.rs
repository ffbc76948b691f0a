//! Completing an appointment.

use axum::extract::State;
use domain::bookings::complete as decide;
use domain::{BookingId, CustomerId};
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::walk_in::{WalkInBody, complete_or_walk_in};
use crate::App;
use crate::booking_redemption::{BookingView, Resolve};
use crate::edge::{
    Answer, Caller, Conflict, Path, Problem, Problems, Right, SentJson, object_or_null,
};

/// What took place; may be left out for an appointment that was booked.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompleteBody {
    /// The appointment's customer: needed for a walk-in, else named it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// What took place, for an appointment that was never booked. Where there is a booking, the
    /// booking counts and this is ignored.
    #[serde(default, deserialize_with = "object_or_null")]
    walk_in: Option<WalkInBody>,
}

/// Completes an appointment: what it holds is captured. One that was never booked is recorded with
/// `walk_in`. A completion is a fact: what no package covers is answered as due.
#[utoipa::path(post, path = "/v1/bookings/{id}/complete", tag = "appointments",
    request_body = Option<CompleteBody>,
    params(("id" = String, Path, description = "The booking, or a new id for a walk-in")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn complete(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<CompleteBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Complete)?;
    let customer = body.customer_id;
    if let Some(walk_in) = body.walk_in {
        return complete_or_walk_in(&app, &caller, booking, customer, walk_in).await;
    }
    let context = app.context(&caller, fingerprint("complete", &booking)?)?;
    let complete = Resolve {
        caller: &caller,
        booking,
        customer,
        keyed: false,
        context,
    };
    complete
        .by(&app, |booking, state, context| {
            decide(booking, &state.packages, context)
        })
        .await
}
