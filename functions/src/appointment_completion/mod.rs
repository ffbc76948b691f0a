//! The `appointment-completion` function: recording what became of an appointment.

mod complete;
mod no_show;
mod walk_in;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::App;

/// The function's routes.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(complete::complete))
        .routes(routes!(no_show::no_show))
}
