//! The `opportunity-updates` function: the pipeline.

mod activities;
mod assign;
mod change;
mod close;
mod companies;
mod customer_page;
mod duplicate;
mod edit;
mod fields;
mod get;
mod held;
mod journal;
mod line;
mod lines;
mod links;
mod list;
mod open;
mod parts;
mod quota;
mod quotas;
mod quotes;
mod reasons;
mod renewal;
mod reopen;
mod resume;
mod schemes;
mod stage;
mod suspend;
mod view;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(crate) use held::OpportunityHeldView;
pub(crate) use renewal::renewal_of;
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
        .routes(routes!(close::close))
        .routes(routes!(suspend::suspend))
        .routes(routes!(resume::resume))
        .routes(routes!(reopen::reopen))
        .routes(routes!(assign::assign))
        .routes(routes!(lines::lines))
        .routes(routes!(links::link))
        .routes(routes!(links::unlink))
        .routes(routes!(duplicate::duplicate))
        .routes(routes!(reasons::get::get, reasons::put::put))
        .routes(routes!(schemes::list::list, schemes::create::create))
        .routes(routes!(schemes::get::get, schemes::edit::edit))
        .routes(routes!(schemes::archive::archive))
        .routes(routes!(companies::list::list, companies::create::create))
        .routes(routes!(companies::get::get, companies::edit::edit))
        .routes(routes!(activities::list, activities::log))
        .routes(routes!(activities::change))
        .routes(routes!(activities::complete))
        .routes(routes!(activities::cancel))
        .routes(routes!(activities::to_do))
        .routes(routes!(journal::journal))
        .routes(routes!(customer_page::customer_page))
        .routes(routes!(quota::quota))
        .routes(routes!(renewal::renewal))
        .routes(routes!(quotas::list::list, quotas::create::create))
        .routes(routes!(quotas::get::get, quotas::edit::edit))
        .routes(routes!(quotas::close::close))
        .routes(routes!(quotes::list::list, quotes::draft::draft))
        .routes(routes!(quotes::get::get, quotes::edit::edit))
        .routes(routes!(quotes::send::send))
        .routes(routes!(quotes::primary::primary))
        .routes(routes!(quotes::revise::revise))
        .routes(routes!(quotes::withdraw::withdraw))
        .routes(routes!(quotes::reject::reject))
        .routes(routes!(quotes::accept::accept))
}
