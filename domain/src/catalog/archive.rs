//! Taking something out of the catalogue without losing what refers to it.

use super::{Service, Template, save_service, save_template};
use crate::{Context, Decision, Refusal};

/// Archives a service: no new templates, and bookings only for what was sold before. None when it is
/// archived already, so that a repeated request finds nothing left to do. `templates` are those of the
/// business.
///
/// # Errors
/// [`Refusal::ServiceInUse`] while a template that is not archived sells it.
pub fn archive_service(
    present: &Service,
    templates: &[Template],
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if present.archived {
        return Ok(None);
    }
    let sells = |template: &&Template| {
        let mut pools = template.terms.pools.iter();
        !template.archived && pools.any(|pool| pool.covers.named().any(|id| id == present.id))
    };
    if let Some(template) = templates.iter().find(sells) {
        return Err(Refusal::ServiceInUse(template.id));
    }
    let version = present.version + 1;
    let archived = Service {
        archived: true,
        version,
        ..present.clone()
    };
    Ok(Some(save_service::saved(archived, context)))
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
