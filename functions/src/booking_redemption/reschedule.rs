//! Moving an appointment.

use axum::extract::State;
use domain::bookings::{Booking, reschedule as decide};
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{BookingAndPackages, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, Resolve, Verb};
use crate::App;
use crate::edge::{Answer, Caller, Json, Path, Problem, Problems, Right, Timestamp};

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

struct Reschedule(Timestamp);

/// Moves an appointment. What pays for it stays, if it is valid at the new time; else it is chosen
/// again, everything or nothing.
#[utoipa::path(post, path = "/v1/bookings/{id}/reschedule", tag = "bookings",
    request_body = RescheduleBody,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems))]
pub(crate) async fn reschedule(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    Json(body): Json<RescheduleBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let content = (&booking, body.starts_at);
    let context = app.context(&caller, fingerprint("reschedule", &content)?)?;
    let (customer, verb) = (body.customer_id, Reschedule(body.starts_at));
    let reschedule = Resolve {
        caller: &caller,
        booking,
        customer,
        context,
        verb,
    };
    let settled = settle(&app.store, &reschedule).await?;
    let view = BookingView::of(reschedule.settled(&settled)?)?;
    Ok(Answer::ok(view).replayed(settled.replayed))
}

impl Verb for Reschedule {
    const NEEDS_SETTINGS: bool = true;

    fn decide(
        &self,
        booking: &Booking,
        state: &BookingAndPackages,
        context: &Context,
    ) -> Result<Decision, Refusal> {
        let settings = state.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        decide(
            booking,
            &state.packages,
            self.0.0,
            settings.time_zone,
            context,
        )
    }
}
