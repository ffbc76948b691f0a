//! The `package-sales` function: selling packages.

mod change;
mod get;
mod pay;
mod payment_view;
mod payments;
mod return_payment;
mod sell;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub(crate) use change::Change;
pub use payment_view::PaymentView;
pub use view::{BalanceView, FrozenView, PackageView, StatusView, UnitView};

/// The function.
pub const FUNCTION: Function = Function {
    name: "package-sales",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sell::sell))
        .routes(routes!(get::get))
        .routes(routes!(payments::payments, pay::pay))
        .routes(routes!(return_payment::return_payment))
}
