//! What was done about an opportunity, or is to be done.

use serde::{Deserialize, Serialize};

use super::Party;
use crate::packages::is_default;
use crate::{ActivityId, Actor, ActorId, Fingerprint, Instant, Name, Note, OpportunityId};

/// How many people and companies an activity is with, at most.
pub const MAX_WITH: usize = 20;

/// What kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityKind {
    /// Something to be done by somebody.
    Task,
    /// Something written down.
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
}

/// An activity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Activity {
    /// Its id.
    pub id: ActivityId,
    /// What it is about.
    pub opportunity: OpportunityId,
    /// What kind.
    pub kind: ActivityKind,
    /// What it is called. None once the person was erased.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Name>,
    /// What somebody wrote about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Note>,
    /// Who is to do it, or did.
    pub assignee: ActorId,
    /// When it is due or begins, or was done.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
    /// When somebody is to be reminded of it.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub remind_at: Option<Instant>,
    /// With whom.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<Party>,
    /// How it stands.
    pub state: ActivityState,
    /// Who entered it.
    pub creator: Actor,
    /// When it was entered.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: Instant,
    /// The version of the opportunity that entered it.
    pub entered_in: u64,
    /// The version of the opportunity that last changed it.
    pub changed_in: u64,
    /// What the Idempotency-Key of the request that entered it comes to, if it had one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<Fingerprint>,
    /// Counts its changes, from 1.
    pub version: u64,
}

/// How an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActivityState {
    /// To be done.
    #[default]
    Planned,
    /// Done, held or written.
    Done,
    /// Not to be done any more.
    Cancelled,
}

impl Activity {
    /// Whether it is still to be done.
    pub fn is_planned(&self) -> bool {
        is_default(&self.state)
    }
}
