//! Recording that a customer did not come.

use axum::extract::State;
use domain::bookings::{Booking, no_show as decide};
use domain::{BookingId, Context, CustomerId, Decision, Refusal};
use infra::{BookingAndPackages, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::booking_redemption::{BookingView, Resolve, Verb};
use crate::edge::{Answer, Caller, Path, Problem, Problems, Right, SentJson};

/// Whose booking; may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NoShowBody {
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
}

struct NoShow;

/// Records a no-show, under the policy the appointment was booked with: its units go back or are
/// lost.
#[utoipa::path(post, path = "/v1/bookings/{id}/no-show", tag = "appointments",
    request_body = Option<NoShowBody>,
    params(("id" = String, Path, description = "The booking")),
    responses((status = 200, body = BookingView), Problems))]
pub(crate) async fn no_show(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    SentJson(body): SentJson<NoShowBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Complete)?;
    let context = app.context(&caller, fingerprint("no-show", &booking)?)?;
    let customer = body.customer_id;
    let no_show = Resolve {
        caller: &caller,
        booking,
        customer,
        context,
        verb: NoShow,
    };
    let settled = settle(&app.store, &no_show).await?;
    let view = BookingView::of(no_show.settled(&settled)?)?;
    Ok(Answer::ok(view).replayed(settled.replayed))
}

impl Verb for NoShow {
    fn decide(
        &self,
        booking: &Booking,
        state: &BookingAndPackages,
        context: &Context,
    ) -> Result<Decision, Refusal> {
        decide(booking, &state.packages, context)
    }
}
