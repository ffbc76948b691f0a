//! Adding and editing a package template.

use super::{Service, Template, TemplateDraft};
use crate::journal::Fact;
use crate::{Context, Decision, EntryKey, Put, Refusal, TemplateId};

/// Adds the template `id`; `services` are those its draft names, as far as they exist.
///
/// # Errors
/// Those of [`TemplateDraft::terms`].
pub fn create_template(
    draft: TemplateDraft,
    services: &[Service],
    id: TemplateId,
    context: &Context,
) -> Result<Decision, Refusal> {
    let terms = draft.terms(services)?;
    Ok(saved(
        Template {
            id,
            terms,
            archived: false,
            version: 1,
        },
        context,
    ))
}

/// Edits a template. Packages that were sold keep their terms.
///
/// # Errors
/// [`Refusal::VersionMismatch`] when the caller has not seen the present version, then those of
/// [`create_template`].
pub fn edit_template(
    present: &Template,
    draft: TemplateDraft,
    services: &[Service],
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    let terms = draft.terms(services)?;
    Ok(saved(
        Template {
            terms,
            version: expected + 1,
            ..present.clone()
        },
        context,
    ))
}

pub(super) fn saved(template: Template, context: &Context) -> Decision {
    let key = EntryKey::Template(template.id, template.version);
    let fact = Fact::TemplateSaved(template.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Template(template)])
}
