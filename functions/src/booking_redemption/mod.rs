//! The `booking-redemption` function: booking appointments and holding what pays for them.

mod book;
mod cancel;
mod existing;
mod get;
mod quote;
mod redeem;
mod reschedule;
mod resolve;
mod series;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub(crate) use book::adopt;
pub(crate) use existing::pay_existing;
pub(crate) use resolve::{BookingOfBody, Resolve, after};
pub use view::{BookingView, PayWithBody};
pub(crate) use view::{MAX_SERVICES, service_ids};

/// The function.
pub const FUNCTION: Function = Function {
    name: "booking-redemption",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(book::book))
        .routes(routes!(get::get))
        .routes(routes!(cancel::cancel))
        .routes(routes!(reschedule::reschedule))
        .routes(routes!(quote::quote))
        .routes(routes!(series::series))
        .routes(routes!(redeem::redeem))
}
