//! The `catalog` function: settings, services, package templates.

mod services;
mod settings;
mod templates;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::{App, Function};

pub use services::ServiceView;
pub use settings::SettingsView;
pub use templates::{CapsField, CoverView, InstalmentsField, TemplateView, ValidityField};
pub(crate) use templates::{DepositField, TemplateBody, covers};

/// The function.
pub const FUNCTION: Function = Function {
    name: "catalog",
    routes,
};

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(settings::get::get, settings::put::put))
        .routes(routes!(services::list::list, services::create::create))
        .routes(routes!(services::get::get, services::edit::edit))
        .routes(routes!(services::archive::archive))
        .routes(routes!(templates::list::list, templates::create::create))
        .routes(routes!(templates::get::get, templates::edit::edit))
        .routes(routes!(templates::archive::archive))
        .routes(routes!(templates::shop::shop))
}
