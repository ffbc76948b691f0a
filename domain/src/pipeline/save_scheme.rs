//! Adding, editing and archiving stage schemes.

use super::{PipelineRefusal, StageDraft, StageScheme, default_scheme};
use crate::journal::{Entry, Fact};
use crate::{Context, Decision, EntryKey, Name, Put, Refusal, SchemeId};

/// A stage scheme as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeDraft {
    /// What it is called.
    pub name: Name,
    /// Its stages in use, in order.
    pub stages: Vec<StageDraft>,
}

/// The most schemes of a business, archived ones among them.
const MAX_SCHEMES: usize = 20;

/// Adds the scheme `id` to those there are.
///
/// # Errors
/// In this order: [`PipelineRefusal::SchemeLimit`], [`PipelineRefusal::SchemeSize`], [`PipelineRefusal::StageUnknown`] for a stage with a
/// number, [`PipelineRefusal::StageTerms`], [`PipelineRefusal::StageNameTaken`],
/// [`PipelineRefusal::StageOrder`].
pub fn create_scheme(
    draft: SchemeDraft,
    id: SchemeId,
    present: &[StageScheme],
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.len() >= MAX_SCHEMES {
        return Err(PipelineRefusal::SchemeLimit.into());
    }
    let stages = StageScheme::redrawn(&[], draft.stages)?;
    let scheme = StageScheme {
        id,
        name: draft.name,
        stages,
        archived: false,
        version: 1,
    };
    Ok(next(scheme, present, context))
}

/// Edits a scheme. Stages that are left out are archived: opportunities stay in them until they are
/// moved, and keep the probability they entered with.
///
/// # Errors
/// In this order: [`PipelineRefusal::SchemeMissing`], [`Refusal::VersionMismatch`], then those of
/// [`create_scheme`] from [`PipelineRefusal::SchemeSize`] on, with [`PipelineRefusal::StagePhaseFixed`]
/// after [`PipelineRefusal::StageUnknown`].
pub fn edit_scheme(
    id: SchemeId,
    schemes: &[StageScheme],
    draft: SchemeDraft,
    expected: u64,
    context: &Context,
) -> Result<Decision, Refusal> {
    let present = schemes.iter().find(|scheme| scheme.id == id);
    let present = present.ok_or(PipelineRefusal::SchemeMissing)?;
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    let scheme = StageScheme {
        id: present.id,
        name: draft.name,
        stages: StageScheme::redrawn(&present.stages, draft.stages)?,
        archived: present.archived,
        version: present.version + 1,
    };
    Ok(next(scheme, schemes, context))
}

/// Archives a scheme: no opportunity is opened in it any more, those in it go on. None when it is
/// archived already.
///
/// # Errors
/// In this order: [`PipelineRefusal::SchemeMissing`], [`PipelineRefusal::LastScheme`].
pub fn archive_scheme(
    id: SchemeId,
    schemes: &[StageScheme],
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let present = schemes.iter().find(|scheme| scheme.id == id);
    let present = present.ok_or(PipelineRefusal::SchemeMissing)?;
    if present.archived {
        return Ok(None);
    }
    if !schemes
        .iter()
        .any(|other| other.id != id && !other.archived)
    {
        return Err(PipelineRefusal::LastScheme.into());
    }
    let scheme = StageScheme {
        archived: true,
        version: present.version + 1,
        ..present.clone()
    };
    Ok(Some(next(scheme, schemes, context)))
}

/// The entry and the record that give a new business its first scheme, beside its first settings.
pub(crate) fn first_scheme(context: &Context) -> Option<(EntryKey, Entry, Put)> {
    let scheme = default_scheme().ok()?;
    // Made in the moment of the settings' entry: told apart by the random part.
    let context = Context {
        random: context.random.wrapping_add(1),
        ..context.clone()
    };
    let Decision {
        key, entry, puts, ..
    } = saved(scheme, &context);
    puts.into_iter().next().map(|put| (key, entry, put))
}

/// The next thing that happens to the schemes there are: each has its versions behind it.
fn next(scheme: StageScheme, schemes: &[StageScheme], context: &Context) -> Decision {
    let happened: u64 = schemes.iter().map(|scheme| scheme.version).sum();
    let mut decision = saved(scheme, context);
    decision.puts.push(Put::SchemeStep(happened + 1));
    decision
}

fn saved(scheme: StageScheme, context: &Context) -> Decision {
    let key = EntryKey::Scheme(scheme.id, scheme.version);
    let fact = Fact::StageSchemeSaved(scheme.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Scheme(scheme)])
}
