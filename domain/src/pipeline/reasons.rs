//! The lists of reasons that a business chooses from.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{Outcome, PipelineRefusal};
use crate::journal::Fact;
use crate::{Context, Decision, EntryKey, Name, Put, Refusal, Slug};

/// The most reasons of a list.
const MAX_REASONS: usize = 50;

/// A reason that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// What the journal and the reports have: stays when the name changes.
    pub code: Slug,
    /// What people read.
    pub name: Name,
}

/// How a business closes what it does not win. Version 0 is what holds before anybody sets it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PipelineSettings {
    /// Why something is lost to another, or to nothing.
    pub lost_reasons: Vec<Reason>,
    /// Why the business itself gives something up.
    pub abandoned_reasons: Vec<Reason>,
    /// Why something closed is opened again.
    pub reopen_reasons: Vec<Reason>,
    /// Counts the edits.
    pub version: u64,
}

impl PipelineSettings {
    /// What holds before anybody sets it.
    ///
    /// # Errors
    /// None in practice: its words are words.
    pub fn initial() -> Result<Self, crate::InvalidText> {
        let list = |reasons: &[(&str, &str)]| {
            let reasons = reasons.iter().map(|(code, name)| {
                Ok(Reason {
                    code: code.parse()?,
                    name: name.parse()?,
                })
            });
            reasons.collect::<Result<Vec<Reason>, crate::InvalidText>>()
        };
        Ok(Self {
            lost_reasons: list(&[
                ("price", "Too expensive"),
                ("competitor", "Chose another business"),
                ("timing", "Not now"),
                ("no-answer", "No answer any more"),
                ("no-need", "No need after all"),
            ])?,
            abandoned_reasons: list(&[
                ("not-a-fit", "Not a fit for us"),
                ("duplicate", "Was there already"),
                ("no-contact", "Could never be reached"),
            ])?,
            reopen_reasons: list(&[
                ("changed-mind", "Changed their mind"),
                ("mistake", "Closed by mistake"),
            ])?,
            version: 0,
        })
    }

    /// # Errors
    /// In this order: [`PipelineRefusal::ReasonNeeded`] for an outcome without its reason or a win with
    /// one, [`PipelineRefusal::ReasonUnknown`].
    pub(super) fn check(&self, outcome: Outcome, reason: Option<&Slug>) -> Result<(), Refusal> {
        let list = match outcome {
            Outcome::Won => None,
            Outcome::Lost => Some(&self.lost_reasons),
            Outcome::Abandoned => Some(&self.abandoned_reasons),
        };
        match (list, reason) {
            (None, None) => Ok(()),
            (Some(list), Some(reason)) => among(list, reason),
            (None, Some(_)) | (Some(_), None) => Err(PipelineRefusal::ReasonNeeded.into()),
        }
    }

    /// # Errors
    /// [`PipelineRefusal::ReasonUnknown`].
    pub(super) fn check_reopen(&self, reason: &Slug) -> Result<(), Refusal> {
        among(&self.reopen_reasons, reason)
    }
}

fn among(list: &[Reason], reason: &Slug) -> Result<(), Refusal> {
    match list.iter().any(|one| &one.code == reason) {
        true => Ok(()),
        false => Err(PipelineRefusal::ReasonUnknown.into()),
    }
}

/// Puts `wanted` in the place of `present`; its own version is ignored. What was closed keeps its
/// reason, also where the list no longer has it.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::ReasonList`].
pub fn change_reasons(
    present: Option<&PipelineSettings>,
    wanted: PipelineSettings,
    expected: Option<u64>,
    context: &Context,
) -> Result<Decision, Refusal> {
    if present.map(|settings| settings.version) != expected {
        return Err(Refusal::VersionMismatch);
    }
    let lists = [
        &wanted.lost_reasons,
        &wanted.abandoned_reasons,
        &wanted.reopen_reasons,
    ];
    let fits = lists.iter().all(|list| {
        let codes: BTreeSet<&Slug> = list.iter().map(|reason| &reason.code).collect();
        codes.len() == list.len() && (1..=MAX_REASONS).contains(&list.len())
    });
    if !fits {
        return Err(PipelineRefusal::ReasonList.into());
    }
    let settings = PipelineSettings {
        version: expected.unwrap_or(0) + 1,
        ..wanted
    };
    let key = EntryKey::PipelineSettings(settings.version);
    let fact = Fact::PipelineSettingsChanged(settings.clone());
    let entry = context.entry(None, fact, Vec::new(), None);
    let put = Put::PipelineSettings(settings);
    Ok(Decision::of_records(key, entry, vec![put]))
}
