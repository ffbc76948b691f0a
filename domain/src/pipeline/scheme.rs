//! Stage schemes: the ordered stages that opportunities go through, and what each asks for.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::PipelineRefusal;
use crate::packages::is_default;
use crate::{Name, Refusal, SchemeId};

/// The most stages of a scheme, archived ones among them.
pub const MAX_STAGES: usize = 30;

/// An ordered list of stages. A stage is known by its number, which stays when it is moved or renamed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageScheme {
    /// Its id.
    pub id: SchemeId,
    /// What it is called.
    pub name: Name,
    /// Every stage in its order; archived ones come last.
    pub stages: Vec<Stage>,
    /// No longer used for new opportunities.
    #[serde(default, skip_serializing_if = "is_default")]
    pub archived: bool,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// A stage of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its number within the scheme, from 1; never used again.
    pub number: u16,
    /// What holds for it.
    #[serde(flatten)]
    pub terms: StageTerms,
    /// No longer entered.
    #[serde(default, skip_serializing_if = "is_default")]
    pub archived: bool,
}

/// The part of a stage that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageTerms {
    /// What it is called.
    pub name: Name,
    /// Before the win or after it.
    pub phase: Phase,
    /// How likely an opportunity in it is to be won, in per cent.
    pub probability_percent: u8,
    /// Where an open opportunity in it stands in the forecast.
    pub forecast: ForecastCategory,
    /// After how many days in it an opportunity is rotting.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rotting_days: Option<u16>,
    /// How many days an opportunity usually stays in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub average_days: Option<u16>,
    /// What an opportunity must have to enter it.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub requires: BTreeSet<Requirement>,
    /// Whether it is entered only with a quote that was sent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub quote_required: bool,
    /// Whether an opportunity may go past it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub may_skip: bool,
    /// The fact that brings a won opportunity here by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached_by: Option<Milestone>,
}

/// On which side of the win a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Before it.
    PreWin,
    /// After it: delivery, collection.
    PostWin,
}

/// How sure a sale is, as a forecast groups it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ForecastCategory {
    /// Counted on.
    Commit,
    /// Possible, if all goes well.
    BestCase,
    /// In the pipeline, no more.
    Pipeline,
    /// Left out.
    Omitted,
}

impl ForecastCategory {
    /// Every one of them.
    pub const ALL: [ForecastCategory; 4] = [
        ForecastCategory::Commit,
        ForecastCategory::BestCase,
        ForecastCategory::Pipeline,
        ForecastCategory::Omitted,
    ];
}

/// Something that an opportunity must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Requirement {
    /// A description.
    Description,
    /// An amount above 0.
    Amount,
    /// At least one line.
    Lines,
    /// A day on which it starts.
    StartsOn,
    /// A person or a company that is linked to it.
    Link,
    /// Something planned: a task, a call or a meeting to come.
    NextActivity,
}

impl std::fmt::Display for Requirement {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Requirement::Description => "a description",
            Requirement::Amount => "an amount above 0",
            Requirement::Lines => "at least one line",
            Requirement::StartsOn => "starts_on",
            Requirement::Link => "a linked person or company",
            Requirement::NextActivity => "a planned activity",
        })
    }
}

/// A fact of the packages that an opportunity sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Milestone {
    /// Something of them was used for the first time.
    FirstCapture,
    /// Nothing of them is left to be used.
    BalanceZero,
    /// Nothing of them is left to be paid.
    FullyPaid,
}

/// A stage as somebody wants it: one that is there, by its number, or a new one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StageDraft {
    /// The number of one that is there.
    pub number: Option<u16>,
    /// What is to hold for it.
    pub terms: StageTerms,
}

impl StageScheme {
    /// The stages in use, in order.
    pub fn in_use(&self) -> impl Iterator<Item = &Stage> {
        self.stages.iter().filter(|stage| !stage.archived)
    }

    /// A stage, archived or not.
    pub fn stage(&self, number: u16) -> Option<&Stage> {
        self.stages.iter().find(|stage| stage.number == number)
    }

    /// The stages as `drafts` want them: those there are keep their numbers, those that are left out
    /// are archived, new ones get the numbers after the highest there ever was.
    ///
    /// # Errors
    /// In this order: [`PipelineRefusal::SchemeSize`], [`PipelineRefusal::StageUnknown`],
    /// [`PipelineRefusal::StagePhaseFixed`], [`PipelineRefusal::StageTerms`],
    /// [`PipelineRefusal::StageNameTaken`], [`PipelineRefusal::StageOrder`].
    pub(super) fn redrawn(
        present: &[Stage],
        drafts: Vec<StageDraft>,
    ) -> Result<Vec<Stage>, Refusal> {
        let first = drafts.first().map(|draft| draft.terms.phase);
        if first != Some(Phase::PreWin) || drafts.len() > MAX_STAGES {
            return Err(PipelineRefusal::SchemeSize.into());
        }
        let there: BTreeMap<u16, &Stage> =
            present.iter().map(|stage| (stage.number, stage)).collect();
        let mut next = there.keys().max().copied().unwrap_or(0);
        let mut stages: Vec<Stage> = Vec::new();
        for StageDraft { number, terms } in drafts {
            let number = match number {
                Some(number) => {
                    let stage = there.get(&number).ok_or(PipelineRefusal::StageUnknown)?;
                    if stages.iter().any(|stage| stage.number == number) {
                        return Err(PipelineRefusal::StageUnknown.into());
                    }
                    if stage.terms.phase != terms.phase {
                        return Err(PipelineRefusal::StagePhaseFixed.into());
                    }
                    number
                }
                None => {
                    next += 1;
                    next
                }
            };
            terms.check()?;
            stages.push(Stage {
                number,
                terms,
                archived: false,
            });
        }
        if let Some(first) = stages.first() {
            first.terms.check_first()?;
        }
        let names: BTreeSet<&str> = stages.iter().map(|s| s.terms.name.as_str()).collect();
        if names.len() < stages.len() {
            return Err(PipelineRefusal::StageNameTaken.into());
        }
        if !stages.is_sorted_by_key(|stage| stage.terms.phase) {
            return Err(PipelineRefusal::StageOrder.into());
        }
        let kept: BTreeSet<u16> = stages.iter().map(|stage| stage.number).collect();
        let left_out = present.iter().filter(|stage| !kept.contains(&stage.number));
        stages.extend(left_out.cloned().map(|stage| Stage {
            archived: true,
            ..stage
        }));
        match stages.len() <= MAX_STAGES {
            true => Ok(stages),
            false => Err(PipelineRefusal::SchemeSize.into()),
        }
    }
}

impl StageTerms {
    /// What an opportunity cannot have when it is opened, its first stage cannot ask for.
    fn check_first(&self) -> Result<(), PipelineRefusal> {
        let later = [Requirement::NextActivity, Requirement::Link];
        let asked = later.iter().any(|later| self.requires.contains(later));
        match asked || self.quote_required {
            true => Err(PipelineRefusal::StageTerms(
                "the first stage cannot require a quote, a link or a planned activity: an opportunity that is opened has none",
            )),
            false => Ok(()),
        }
    }

    fn check(&self) -> Result<(), PipelineRefusal> {
        let refuse = |reason| Err(PipelineRefusal::StageTerms(reason));
        if self.probability_percent > 100 {
            return refuse("probability_percent is between 0 and 100");
        }
        let days = |days: Option<u16>| days.is_none_or(|days| (1..=3650).contains(&days));
        if !days(self.rotting_days) || !days(self.average_days) {
            return refuse("rotting_days and average_days are between 1 and 3650");
        }
        if self.phase == Phase::PreWin && self.reached_by.is_some() {
            return refuse("only a stage after the win is reached by itself: leave out reached_by");
        }
        Ok(())
    }
}
