//! Letting a package rest.

use axum::extract::State;
use chrono::{DateTime, NaiveDate, Utc};
use domain::bookings::HoldingBooking;
use domain::packages::freeze as decide;
use domain::{BookingId, CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Key, Path, Problem, Problems, Right, SentJson};
use crate::package_sales::{Change, PackageView};

/// For how long.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct FreezeBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The day from which the package can be used again; until it is unfrozen if left out.
    until: Option<NaiveDate>,
}

/// A package at rest, and what was booked for that time.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Freeze)]
pub(crate) struct FreezeView {
    /// The package.
    package: PackageView,
    /// Bookings of its holder and members that hold units of it for a time in which it rests, earliest
    /// first. They keep what they hold: cancel, move or complete them.
    bookings: Vec<HoldingBookingView>,
}

/// A booking that holds units.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = HoldingBooking)]
pub(crate) struct HoldingBookingView {
    /// Which.
    #[schema(value_type = String)]
    booking_id: BookingId,
    /// Whose.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// When the appointment starts.
    starts_at: DateTime<Utc>,
    /// How many units it holds.
    units: u64,
}

impl From<HoldingBooking> for HoldingBookingView {
    fn from(booking: HoldingBooking) -> Self {
        Self {
            booking_id: booking.booking,
            customer_id: booking.customer,
            starts_at: booking.starts_at,
            units: booking.units,
        }
    }
}

/// Lets a package rest from now on: it pays for no appointment in that time, and its end moves by the
/// calendar days of rest. What bookings hold stays held; those in the time of rest are answered.
#[utoipa::path(post, path = "/v1/packages/{id}/freeze", tag = "packages", request_body = Option<FreezeBody>,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = FreezeView), Problems, Conflict))]
pub(crate) async fn freeze(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    SentJson(body): SentJson<FreezeBody>,
) -> Result<Answer<FreezeView>, Problem> {
    caller.may(Right::CareForPackages)?;
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("freeze", &body),
    )?;
    let frozen = change.done_by(&app, |on| {
        let zone = on.settings.time_zone();
        decide(on.package, body.until, zone, on.key.clone(), on.context)
    });
    let frozen = frozen.await?;
    let package = &frozen.package;
    let mut holding = app
        .store
        .bookings_holding(&caller.business, package.customer, id, &frozen.entry)
        .await?;
    holding.retain(|booking| package.standing.frozen_at(booking.starts_at));
    let view = FreezeView {
        package: frozen.view(),
        bookings: holding.into_iter().map(Into::into).collect(),
    };
    Ok(Answer::ok(view).replayed(frozen.replayed))
}
