//! The `wallet` function: what customers hold, and the journals.

mod business_journal;
mod customer_journal;
mod customer_wallet;
mod my_wallet;
mod package_journal;
mod reader;
mod shared;
mod standing;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub(crate) use reader::Reader;
pub use view::{EntryView, WalletView};

/// The function.
pub const FUNCTION: Function = Function {
    name: "wallet",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(customer_wallet::customer_wallet))
        .routes(routes!(my_wallet::my_wallet))
        .routes(routes!(customer_journal::customer_journal))
        .routes(routes!(package_journal::package_journal))
        .routes(routes!(business_journal::business_journal))
}
