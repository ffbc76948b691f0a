//! The `reports` function: what the sums tell, as JSON or CSV. docs/reports.md defines every figure.

mod basis;
mod breakage;
mod days;
mod forecast;
mod format;
mod funnel;
mod liability;
mod pipeline;
mod representatives;
mod roll_forward;
mod sales;
mod utilisation;
mod wins;
mod wins_lines;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use format::basis_points;

use crate::{App, Function};

/// The function.
pub const FUNCTION: Function = Function {
    name: "reports",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(liability::liability))
        .routes(routes!(roll_forward::roll_forward))
        .routes(routes!(sales::sales))
        .routes(routes!(utilisation::utilisation))
        .routes(routes!(breakage::breakage))
        .routes(routes!(pipeline::pipeline))
        .routes(routes!(forecast::forecast))
        .routes(routes!(wins::wins))
        .routes(routes!(funnel::funnel))
        .routes(routes!(representatives::representatives))
}
