//! Package templates.

pub(super) mod archive;
mod body;
pub(super) mod create;
pub(super) mod edit;
mod fields;
pub(super) mod get;
pub(super) mod list;
pub(super) mod shop;
mod view;

pub(crate) use body::TemplateBody;
pub(crate) use fields::DepositField;
pub use fields::{CapsField, InstalmentsField, ValidityField};
pub(crate) use view::covers;
pub use view::{CoverView, TemplateView};
