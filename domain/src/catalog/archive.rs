//! Taking something out of the catalogue without losing what refers to it.

use super::{Service, Template, save_service, save_template};
use crate::{Context, Decision};

/// Archives a service: no new bookings or templates. None when it is archived already, so that a
/// repeated request finds nothing left to do.
pub fn archive_service(present: &Service, context: &Context) -> Option<Decision> {
    (!present.archived).then(|| {
        let version = present.version + 1;
        save_service::saved(
            Service {
                archived: true,
                version,
                ..present.clone()
            },
            context,
        )
    })
}

/// Archives a template: no new sales. None when it is archived already.
pub fn archive_template(present: &Template, context: &Context) -> Option<Decision> {
    (!present.archived).then(|| {
        let version = present.version + 1;
        save_template::saved(
            Template {
                archived: true,
                version,
                ..present.clone()
            },
            context,
        )
    })
}
