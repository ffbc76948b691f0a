//! The `appointment-completion` function: recording what became of an appointment.

mod complete;
mod no_show;
mod reverse;
mod walk_in;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

/// The function.
pub const FUNCTION: Function = Function {
    name: "appointment-completion",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(complete::complete))
        .routes(routes!(no_show::no_show))
        .routes(routes!(reverse::reverse))
}
