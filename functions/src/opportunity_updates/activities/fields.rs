//! Fields of activities, as clients send and see them.

use domain::pipeline::{ActivityKind, ActivityState, Party};
use domain::{CompanyId, CustomerId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::Problem;

/// What kind of activity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ActivityKind)]
pub(crate) enum ActivityKindField {
    /// Something to be done by somebody.
    Task,
    /// Something written down; never planned.
    Note,
    /// A call.
    Call,
    /// A meeting.
    Meeting,
}

impl From<ActivityKindField> for ActivityKind {
    fn from(field: ActivityKindField) -> Self {
        match field {
            ActivityKindField::Task => ActivityKind::Task,
            ActivityKindField::Note => ActivityKind::Note,
            ActivityKindField::Call => ActivityKind::Call,
            ActivityKindField::Meeting => ActivityKind::Meeting,
        }
    }
}

impl From<ActivityKind> for ActivityKindField {
    fn from(kind: ActivityKind) -> Self {
        match kind {
            ActivityKind::Task => ActivityKindField::Task,
            ActivityKind::Note => ActivityKindField::Note,
            ActivityKind::Call => ActivityKindField::Call,
            ActivityKind::Meeting => ActivityKindField::Meeting,
        }
    }
}

/// How an activity stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = ActivityState)]
pub(crate) enum ActivityStateField {
    /// To be done.
    Planned,
    /// Done, held or written.
    Done,
    /// Not to be done any more.
    Cancelled,
}

impl From<ActivityState> for ActivityStateField {
    fn from(state: ActivityState) -> Self {
        match state {
            ActivityState::Planned => ActivityStateField::Planned,
            ActivityState::Done => ActivityStateField::Done,
            ActivityState::Cancelled => ActivityStateField::Cancelled,
        }
    }
}

/// A person or a company: one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Party)]
pub(crate) struct PartyField {
    /// The customer or lead.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: Option<CustomerId>,
    /// The company.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "com_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    company_id: Option<CompanyId>,
}

impl PartyField {
    /// # Errors
    /// `invalid-body` (422) for neither or both.
    pub(super) fn parse(self) -> Result<Party, Problem> {
        match (self.customer_id, self.company_id) {
            (Some(id), None) => Ok(Party::CustomerId(id)),
            (None, Some(id)) => Ok(Party::CompanyId(id)),
            (Some(_), Some(_)) | (None, None) => Err(Problem::new(
                422,
                "invalid-body",
                "with: each of them has either customer_id or company_id",
            )),
        }
    }
}

impl From<Party> for PartyField {
    fn from(party: Party) -> Self {
        let (customer_id, company_id) = match party {
            Party::CustomerId(id) => (Some(id), None),
            Party::CompanyId(id) => (None, Some(id)),
        };
        Self {
            customer_id,
            company_id,
        }
    }
}
