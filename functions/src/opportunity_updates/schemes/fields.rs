//! Words of a stage, as clients send and see them.

use domain::pipeline::{Milestone, Phase, Requirement};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// On which side of the win a stage is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Phase)]
pub(super) enum PhaseField {
    /// Before it.
    PreWin,
    /// After it: delivery, collection.
    PostWin,
}

impl From<PhaseField> for Phase {
    fn from(field: PhaseField) -> Self {
        match field {
            PhaseField::PreWin => Phase::PreWin,
            PhaseField::PostWin => Phase::PostWin,
        }
    }
}

impl From<Phase> for PhaseField {
    fn from(of: Phase) -> Self {
        match of {
            Phase::PreWin => PhaseField::PreWin,
            Phase::PostWin => PhaseField::PostWin,
        }
    }
}

/// Something that an opportunity must have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Requirement)]
pub(super) enum RequirementField {
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

impl From<RequirementField> for Requirement {
    fn from(field: RequirementField) -> Self {
        match field {
            RequirementField::Description => Requirement::Description,
            RequirementField::Amount => Requirement::Amount,
            RequirementField::Lines => Requirement::Lines,
            RequirementField::StartsOn => Requirement::StartsOn,
            RequirementField::Link => Requirement::Link,
            RequirementField::NextActivity => Requirement::NextActivity,
        }
    }
}

impl From<Requirement> for RequirementField {
    fn from(of: Requirement) -> Self {
        match of {
            Requirement::Description => RequirementField::Description,
            Requirement::Amount => RequirementField::Amount,
            Requirement::Lines => RequirementField::Lines,
            Requirement::StartsOn => RequirementField::StartsOn,
            Requirement::Link => RequirementField::Link,
            Requirement::NextActivity => RequirementField::NextActivity,
        }
    }
}

/// A fact of the packages that an opportunity sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[schema(as = Milestone)]
pub(super) enum MilestoneField {
    /// Something of them was used for the first time.
    FirstCapture,
    /// Nothing of them is left to be used.
    BalanceZero,
    /// Nothing of them is left to be paid.
    FullyPaid,
}

impl From<MilestoneField> for Milestone {
    fn from(field: MilestoneField) -> Self {
        match field {
            MilestoneField::FirstCapture => Milestone::FirstCapture,
            MilestoneField::BalanceZero => Milestone::BalanceZero,
            MilestoneField::FullyPaid => Milestone::FullyPaid,
        }
    }
}

impl From<Milestone> for MilestoneField {
    fn from(of: Milestone) -> Self {
        match of {
            Milestone::FirstCapture => MilestoneField::FirstCapture,
            Milestone::BalanceZero => MilestoneField::BalanceZero,
            Milestone::FullyPaid => MilestoneField::FullyPaid,
        }
    }
}
