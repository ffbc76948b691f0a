//! Activities as clients see them.

use chrono::{DateTime, Utc};
use domain::pipeline::{Activity, ActivityState};
use domain::{ActivityId, ActorId, Name, Note, OpportunityId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{ActivityKindField, ActivityStateField, PartyField};

/// What was done about an opportunity, or is to be done.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Activity)]
pub(crate) struct ActivityView {
    /// Its id.
    #[schema(value_type = String)]
    id: ActivityId,
    /// What it is about.
    #[schema(value_type = String)]
    opportunity_id: OpportunityId,
    /// What kind.
    kind: ActivityKindField,
    /// How it stands.
    state: ActivityStateField,
    /// What it is called.
    #[schema(value_type = Option<String>)]
    subject: Option<Name>,
    /// What somebody wrote about it.
    #[schema(value_type = Option<String>)]
    text: Option<Note>,
    /// Who is to do it, or did.
    #[schema(value_type = String)]
    assignee_id: ActorId,
    /// When it is due or begins, or was to be done; null where it was done.
    due_at: Option<DateTime<Utc>>,
    /// When it was done; null where it was not.
    done_at: Option<DateTime<Utc>>,
    /// When somebody is to be reminded of it, while it is planned.
    remind_at: Option<DateTime<Utc>>,
    /// With whom.
    with: Vec<PartyField>,
    /// Who entered it.
    #[schema(value_type = String)]
    creator_id: ActorId,
    /// When.
    created_at: DateTime<Utc>,
    /// Counts the changes; the ETag.
    version: u64,
}

impl From<Activity> for ActivityView {
    fn from(activity: Activity) -> Self {
        let (due_at, done_at) = match activity.state {
            ActivityState::Planned | ActivityState::Cancelled => (Some(activity.at), None),
            ActivityState::Done => (None, Some(activity.at)),
        };
        Self {
            id: activity.id,
            opportunity_id: activity.opportunity,
            kind: activity.kind.into(),
            state: activity.state.into(),
            subject: activity.subject,
            text: activity.text,
            assignee_id: activity.assignee,
            due_at,
            done_at,
            remind_at: activity.remind_at,
            with: activity.with.into_iter().map(Into::into).collect(),
            creator_id: activity.creator.id,
            created_at: activity.created_at,
            version: activity.version,
        }
    }
}
