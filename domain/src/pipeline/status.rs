//! The status of an opportunity: independent of its stage.

use serde::{Deserialize, Serialize};

use super::PipelineRefusal;

/// Whether an opportunity is still one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being worked on.
    Open,
    /// Resting until a day; not in the forecast.
    Suspended,
    /// Sold.
    Won,
    /// Not sold: the customer decided against it.
    Lost,
    /// Not sold: the business gave it up.
    Abandoned,
}

/// How an opportunity is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Outcome {
    /// Sold.
    Won,
    /// The customer decided against it.
    Lost,
    /// The business gave it up.
    Abandoned,
}

/// What changes a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transition {
    /// It rests.
    Suspend,
    /// It rests no longer.
    Resume,
    /// It is decided.
    Close(Outcome),
    /// It is not decided after all.
    Reopen,
}

impl Status {
    /// Every status.
    pub const ALL: [Status; 5] = [
        Status::Open,
        Status::Suspended,
        Status::Won,
        Status::Lost,
        Status::Abandoned,
    ];

    /// Whether it is decided.
    pub fn is_closed(self) -> bool {
        match self {
            Status::Open | Status::Suspended => false,
            Status::Won | Status::Lost | Status::Abandoned => true,
        }
    }

    /// The status after a transition.
    ///
    /// # Errors
    /// [`PipelineRefusal::OpportunityClosed`] for anything but reopening what is closed,
    /// [`PipelineRefusal::NotClosed`] for reopening what is not, [`PipelineRefusal::OpportunitySuspended`]
    /// for suspending what rests, [`PipelineRefusal::NotSuspended`] for resuming what does not.
    pub fn after(self, transition: Transition) -> Result<Status, PipelineRefusal> {
        match (self, transition) {
            (Status::Open, Transition::Suspend) => Ok(Status::Suspended),
            (Status::Suspended, Transition::Suspend) => Err(PipelineRefusal::OpportunitySuspended),
            (Status::Suspended, Transition::Resume) => Ok(Status::Open),
            (Status::Open, Transition::Resume) => Err(PipelineRefusal::NotSuspended),
            (Status::Open | Status::Suspended, Transition::Close(outcome)) => Ok(outcome.into()),
            (Status::Open | Status::Suspended, Transition::Reopen) => {
                Err(PipelineRefusal::NotClosed)
            }
            (Status::Won | Status::Lost | Status::Abandoned, Transition::Reopen) => {
                Ok(Status::Open)
            }
            (
                Status::Won | Status::Lost | Status::Abandoned,
                Transition::Suspend | Transition::Resume | Transition::Close(_),
            ) => Err(PipelineRefusal::OpportunityClosed),
        }
    }

    /// Whether an opportunity of this status can be worked on.
    ///
    /// # Errors
    /// [`PipelineRefusal::OpportunityClosed`], [`PipelineRefusal::OpportunitySuspended`].
    pub(super) fn must_be_open(self) -> Result<(), PipelineRefusal> {
        match self {
            Status::Open => Ok(()),
            Status::Suspended => Err(PipelineRefusal::OpportunitySuspended),
            Status::Won | Status::Lost | Status::Abandoned => {
                Err(PipelineRefusal::OpportunityClosed)
            }
        }
    }

    /// Whether it is undecided.
    ///
    /// # Errors
    /// [`PipelineRefusal::OpportunityClosed`].
    pub(super) fn must_be_undecided(self) -> Result<(), PipelineRefusal> {
        match self.is_closed() {
            true => Err(PipelineRefusal::OpportunityClosed),
            false => Ok(()),
        }
    }
}

impl From<Outcome> for Status {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Won => Status::Won,
            Outcome::Lost => Status::Lost,
            Outcome::Abandoned => Status::Abandoned,
        }
    }
}
