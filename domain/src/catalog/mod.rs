//! What a business offers: services and the templates of its packages.

mod archive;
mod save_service;
mod save_template;
mod service;
mod template;

pub use archive::{archive_service, archive_template};
pub use save_service::{create_service, edit_service};
pub use save_template::{TemplateDraft, create_template, edit_template};
pub use service::{Service, ServiceTerms};
pub use template::{Contents, Kind, PoolTerms, Template, TemplateTerms};
