//! The `package-sales` function: selling packages.

mod get;
mod sell;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

pub use view::PackageView;

/// The function's routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(sell::sell))
        .routes(routes!(get::get))
}
