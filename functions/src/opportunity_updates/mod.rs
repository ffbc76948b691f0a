//! The `opportunity-updates` function: the pipeline.

mod change;
mod edit;
mod fields;
mod get;
mod line;
mod list;
mod open;
mod parts;
mod quota;
mod quotas;
mod renewal;
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
        .routes(routes!(quota::quota))
        .routes(routes!(renewal::renewal))
        .routes(routes!(quotas::list::list, quotas::create::create))
        .routes(routes!(quotas::get::get, quotas::edit::edit))
        .routes(routes!(quotas::close::close))
}
