//! Cancelling an appointment.

use axum::extract::State;
use domain::bookings::{Booking, cancel as decide};
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{BookingAndPackages, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{BookingView, Resolve, Verb};
use crate::App;
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right, SentJson};

/// Whose booking; may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelBody {
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
}

struct Cancel;

/// Cancels an appointment: every unit it holds returns to the pool it came from.
#[utoipa::path(post, path = "/v1/bookings/{id}/cancel", tag = "bookings",
    request_body = Option<CancelBody>,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems))]
pub(crate) async fn cancel(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<CancelBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let context = app.context(&caller, fingerprint("cancel", &booking)?)?;
    let customer = body.customer_id;
    let cancel = Resolve {
        caller: &caller,
        booking,
        customer,
        context,
        verb: Cancel,
    };
    let settled = settle(&app.store, &cancel).await?;
    let view = BookingView::of(cancel.settled(&settled)?)?;
    Ok(Answer::ok(view).replayed(settled.replayed))
}

impl Verb for Cancel {
    fn decide(
        &self,
        booking: &Booking,
        state: &BookingAndPackages,
        context: &Context,
    ) -> Result<Decision, Refusal> {
        decide(booking, &state.packages, context)
    }
}
