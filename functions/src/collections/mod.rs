//! The `collections` function: mandates, the account that is collected to, and collecting by direct
//! debit. Accounts of customers are read here and nowhere else.

mod collect;
mod creditor;
mod file;
mod mandate;
mod one;
mod pain008;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub use pain008::pain008;

/// The function.
pub const FUNCTION: Function = Function {
    name: "collections",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(
            mandate::get::get,
            mandate::put::put,
            mandate::remove::remove
        ))
        .routes(routes!(creditor::get::get, creditor::put::put))
        .routes(routes!(collect::collect))
}
