//! The `opportunity-updates` function: the pipeline.

mod activities;
mod change;
mod customer_page;
mod edit;
mod fields;
mod get;
mod held;
mod journal;
mod line;
mod list;
mod open;
mod parts;
mod stage;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use held::OpportunityHeldView;
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
        .routes(routes!(activities::list, activities::log))
        .routes(routes!(activities::change))
        .routes(routes!(activities::complete))
        .routes(routes!(activities::cancel))
        .routes(routes!(activities::to_do))
        .routes(routes!(journal::journal))
        .routes(routes!(customer_page::customer_page))
}
