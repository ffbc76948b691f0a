//! The `catalog` function: settings, services, package templates.

mod services;
mod settings;
mod templates;

use crate::Function;
use crate::operation::{Operation, operations};
use crate::run::BODY_BYTES;

pub use services::ServiceView;
pub use settings::SettingsView;
pub use templates::{CapsField, CoverView, InstalmentsField, TemplateView, ValidityField};
pub(crate) use templates::{DepositField, TemplateBody, covers};

/// The function.
pub const FUNCTION: Function = Function {
    name: "catalog",
    operations,
    body_bytes: BODY_BYTES,
};

fn operations() -> Vec<Operation> {
    operations![
        settings::get::get,
        settings::put::put,
        services::list::list,
        services::create::create,
        services::get::get,
        services::edit::edit,
        services::archive::archive,
        templates::list::list,
        templates::create::create,
        templates::get::get,
        templates::edit::edit,
        templates::archive::archive,
        templates::shop::shop,
    ]
}
