//! Selling a package to a customer, or offering it.

use axum::extract::State;
use domain::packages;
use infra::fingerprint;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::PackageView;
use super::existing::existing_bookings;
use super::order::OrderBody;
use super::sale::{package_of, sold};
use crate::App;
use crate::booking_redemption::BookingView;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Missing, Problem, Problems, Right};

/// Sells a package to a customer: a template with its terms of this moment, or terms of its own;
/// active at once, unless a deposit is due. With `offer` it is offered instead, and sold when the
/// offer is accepted. With `apply_to: existing_bookings` it pays for the customer's open and unpaid
/// appointments as soon as it is active, each by a step of its own: now, or when the offer is accepted
/// or the deposit is paid. What costs nothing by terms of its own takes the right to give goodwill. A
/// repeated request under the same key sells once and answers the same.
#[utoipa::path(post, path = "/v1/packages", tag = "packages", request_body = OrderBody,
    params(("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = SoldView), Problems, Missing, Conflict))]
pub(crate) async fn sell(
    State(app): State<App>,
    caller: Caller,
    Key(key): Key,
    Json(body): Json<OrderBody>,
) -> Result<Answer<SoldView>, Problem> {
    caller.may(Right::Sell)?;
    let context = app.context(&caller, fingerprint("sell", &body)?)?;
    let (named, order, offer) = body.parse()?;
    if order.is_free() {
        caller.may(Right::GiveGoodwill)?;
    }
    let made = sold(
        &app,
        named,
        package_of(&caller.business, &key),
        context,
        |sale, id, context| match offer {
            Some(offer) => packages::offer(sale, &order, offer.until, id, context),
            None => packages::sell(sale, &order, id, context),
        },
    );
    let sold = made.await?;
    let view = SoldView {
        package: PackageView::of(&sold.package, sold.package.sold_at),
        existing_bookings: existing_bookings(&app, &caller, &sold.package, &sold.entry).await?,
    };
    Ok(Answer::created(view).replayed(sold.replayed))
}

/// A package as it was sold, and what it paid for at once.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SoldPackage)]
pub(crate) struct SoldView {
    /// As it was sold: before it paid for anything.
    #[serde(flatten)]
    pub(super) package: PackageView,
    /// With `apply_to: existing_bookings` the appointments it pays for from now on, at most 100 at
    /// once: sent again, the request goes on with what is left. None while it is not active.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) existing_bookings: Option<Vec<BookingView>>,
}
