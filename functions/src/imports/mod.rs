//! The `imports` function: moving in from another system.

mod amount;
mod catalogue;
mod column;
mod csv;
mod file;
mod identity;
mod line;
mod mistake;
mod outcome;
mod packages;
mod reading;
mod take;
mod work;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub use column::Column;

/// The function.
pub const FUNCTION: Function = Function {
    name: "imports",
    routes,
};

/// The largest file. A function is given at most 6 MB, in which a body may stand as base64.
const FILE_BYTES: usize = 4 * 1024 * 1024;

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(packages::packages))
        .layer(DefaultBodyLimit::max(FILE_BYTES))
}
