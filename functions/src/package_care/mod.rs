//! The `package-care` function: what is done for packages that were sold. A function of its own, as it may
//! delete what points a member to a package and pays money back: the one that customers buy through
//! may not.

mod adjust;
mod extend;
mod freeze;
mod members;
mod pools;
mod refund;
mod refund_quote;
mod top_up;
mod transfer;
mod unfreeze;
mod void;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

/// The function.
pub const FUNCTION: Function = Function {
    name: "package-care",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(adjust::adjust))
        .routes(routes!(top_up::top_up))
        .routes(routes!(freeze::freeze))
        .routes(routes!(unfreeze::unfreeze))
        .routes(routes!(extend::extend))
        .routes(routes!(transfer::transfer))
        .routes(routes!(members::change_members))
        .routes(routes!(void::void))
        .routes(routes!(refund_quote::quote_refund))
        .routes(routes!(refund::refund))
}
