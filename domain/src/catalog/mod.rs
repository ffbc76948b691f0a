//! What a business offers: services and the templates of its packages.

mod archive;
mod contents;
mod draft;
mod save_service;
mod save_template;
mod service;
mod template;

pub use archive::{archive_service, archive_template};
pub use contents::Contents;
pub use draft::TemplateDraft;
pub use save_service::{create_service, edit_service};
pub use save_template::{create_template, edit_template};
pub use service::{Service, ServiceTerms};
pub use template::{Deposit, Extras, Kind, PoolTerms, Template, TemplateTerms};
