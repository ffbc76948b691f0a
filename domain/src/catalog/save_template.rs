//! Adding and editing a package template.

use super::{Contents, Service, Template, TemplateTerms};
use crate::calendar::Validity;
use crate::journal::Fact;
use crate::{
    Colour, Context, Decision, EntryKey, Money, Name, Put, Refusal, ServiceId, TemplateId,
};

/// A template as a person enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateDraft {
    /// What it is called.
    pub name: Name,
    /// Its colour; none takes the kind's.
    pub colour: Option<Colour>,
    /// What it costs.
    pub price: Money,
    /// How long it is valid; none is for ever.
    pub validity: Option<Validity>,
    /// What it grants.
    pub contents: Contents,
}

impl TemplateDraft {
    /// The terms, checked against the services there are.
    fn terms(self, services: &[Service]) -> Result<TemplateTerms, Refusal> {
        if let Some(validity) = self.validity {
            validity.check()?;
        }
        let pools = self
            .contents
            .pools(|id| Ok(find(services, id)?.terms.name.clone()))?;
        let kind = self.contents.kind();
        Ok(TemplateTerms {
            name: self.name,
            kind,
            colour: self.colour.unwrap_or_else(|| kind.default_colour()),
            price: self.price,
            validity: self.validity,
            pools,
        })
    }
}

fn find(services: &[Service], id: ServiceId) -> Result<&Service, Refusal> {
    let service = services.iter().find(|service| service.id == id);
    let service = service.ok_or(Refusal::ServiceNotFound(id))?;
    if service.archived {
        Err(Refusal::ServiceArchived(id))
    } else {
        Ok(service)
    }
}

/// Adds the template `id`; `services` are those its draft names, as far as they exist.
///
/// # Errors
/// In this order: [`Refusal::ValidityOutOfRange`], [`Refusal::TemplateContents`], then for each
/// service named [`Refusal::ServiceNotFound`], [`Refusal::ServiceArchived`].
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
    Decision {
        key: EntryKey::Template(template.id, template.version),
        entry: context.entry(
            None,
            Fact::TemplateSaved(template.clone()),
            Vec::new(),
            None,
        ),
        puts: vec![Put::Template(template)],
    }
}
