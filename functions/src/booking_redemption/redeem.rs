//! Paying for an appointment that is booked already.

use axum::extract::State;
use domain::bookings::pay as decide;
use domain::{BookingId, CustomerId};
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::view::PayWithWord;
use super::{BookingView, PayWithBody, Resolve};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, OptionalKey, Path, Problem, Problems, Right, SentJson,
};

/// What should pay; may be left out.
#[derive(Debug, Clone, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RedeemBody {
    /// The booking's customer: named, it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// What should pay: `auto` if left out, or package ids.
    pay_with: Option<PayWithBody>,
    /// Whether what nothing pays for may stay due: else all that is due is paid or nothing is.
    #[serde(default)]
    allow_partial: bool,
}

/// Pays with packages for what is due of an appointment that is booked: held at once, or where units
/// leave at completion agreed to be paid then.
#[utoipa::path(post, path = "/v1/bookings/{id}/redeem", tag = "bookings",
    request_body = Option<RedeemBody>,
    params(("id" = String, Path, description = "The booking"),
        ("Idempotency-Key" = Option<String>, Header,
            description = "With it, a late repetition is known again after further changes")),
    responses((status = 200, body = BookingView), Problems, Conflict))]
pub(crate) async fn redeem(
    State(app): State<App>,
    caller: Caller,
    Path(booking): Path<BookingId>,
    OptionalKey(key): OptionalKey,
    SentJson(body): SentJson<RedeemBody>,
) -> Result<Answer<BookingView>, Problem> {
    caller.may(Right::Book)?;
    let auto = PayWithBody::Word(PayWithWord::Auto);
    let pay_with = body.pay_with.unwrap_or(auto);
    if pay_with == PayWithBody::Word(PayWithWord::None) {
        let detail = "pay_with none pays nothing: say auto, or name packages";
        return Err(Problem::new(422, "invalid-body", detail));
    }
    let pay_with = pay_with.parse()?;
    let content = (&booking, &pay_with, body.allow_partial, &key);
    let context = app.context(&caller, fingerprint("redeem", &content)?)?;
    let redeem = Resolve {
        caller: &caller,
        booking,
        customer: body.customer_id,
        keyed: key.is_some(),
        context,
    };
    redeem
        .by(&app, |booking, state, context| {
            decide(
                booking,
                &state.packages,
                &pay_with,
                body.allow_partial,
                context,
            )
        })
        .await
}
