//! The `package-sales` function: selling packages.

mod accept;
mod buy;
mod change;
mod decline;
mod existing;
mod get;
mod list;
mod order;
mod pay;
mod payment_view;
mod payments;
mod payments_view;
mod pool_view;
mod reject_debit;
mod return_payment;
mod sale;
mod sell;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub(crate) use change::Change;
pub(crate) use existing::existing_bookings;
pub use payment_view::PaymentView;
pub use pool_view::{BalanceView, UnitView};
pub(crate) use sale::package_of;
pub use view::{FrozenView, PackageView, PendingPaymentView, StatusView};

/// The function.
pub const FUNCTION: Function = Function {
    name: "package-sales",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, sell::sell))
        .routes(routes!(buy::buy))
        .routes(routes!(accept::accept))
        .routes(routes!(decline::decline))
        .routes(routes!(get::get))
        .routes(routes!(payments::payments, pay::pay))
        .routes(routes!(return_payment::return_payment))
        .routes(routes!(reject_debit::reject_debit))
}
