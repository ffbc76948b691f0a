//! The `opportunity-updates` function: the pipeline.

mod change;
mod edit;
mod fields;
mod get;
mod line;
mod list;
mod open;
mod parts;
mod quotes;
mod stage;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use view::OpportunityView;

use crate::{App, Function};

/// The function.
pub const FUNCTION: Function = Function {
    name: "opportunity-updates",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list, open::open))
        .routes(routes!(get::get, edit::edit))
        .routes(routes!(stage::stage))
        .routes(routes!(quotes::list::list, quotes::draft::draft))
        .routes(routes!(quotes::get::get, quotes::edit::edit))
        .routes(routes!(quotes::send::send))
        .routes(routes!(quotes::primary::primary))
        .routes(routes!(quotes::revise::revise))
        .routes(routes!(quotes::withdraw::withdraw))
        .routes(routes!(quotes::reject::reject))
        .routes(routes!(quotes::accept::accept))
}
