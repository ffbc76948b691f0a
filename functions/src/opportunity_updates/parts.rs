//! Parts of an opportunity as clients see them.

use chrono::{DateTime, Utc};
use domain::pipeline::{Assignment, Link, Origin, Party, Planned};
use domain::{ActivityId, ActorId, CompanyId, CustomerId, OpportunityId, PackageId, Slug};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Who answered for an opportunity from when on.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Assignment)]
pub(crate) struct AssignmentView {
    /// Who.
    #[schema(value_type = String)]
    representative_id: ActorId,
    /// Since when.
    since: DateTime<Utc>,
}

/// Somebody who has to do with an opportunity.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Link)]
pub(crate) struct LinkView {
    /// The person, unless it is a company.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The company, unless it is a person.
    #[schema(value_type = Option<String>)]
    company_id: Option<CompanyId>,
    /// As what.
    #[schema(value_type = String, example = "decision-maker")]
    role: Slug,
    /// The one to turn to first.
    primary: bool,
}

/// What is to be done first.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = NextActivity)]
pub(crate) struct NextActivityView {
    /// Which activity.
    #[schema(value_type = String)]
    activity_id: ActivityId,
    /// When it is due or begins.
    at: DateTime<Utc>,
}

/// What an opportunity was opened from: one of these.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = OpportunityOrigin)]
pub(crate) struct OriginView {
    /// Somebody copied this one.
    #[schema(value_type = Option<String>)]
    duplicate_of: Option<OpportunityId>,
    /// This one was won, and recurs.
    #[schema(value_type = Option<String>)]
    recurrence_of: Option<OpportunityId>,
    /// This package will be used up before it ends.
    #[schema(value_type = Option<String>)]
    renewal_of: Option<PackageId>,
}

impl OriginView {
    pub(super) fn of(origin: Origin) -> Self {
        let none = Self::default();
        match origin {
            Origin::DuplicateOf(id) => Self {
                duplicate_of: Some(id),
                ..none
            },
            Origin::RecurrenceOf(id) => Self {
                recurrence_of: Some(id),
                ..none
            },
            Origin::RenewalOf(id) => Self {
                renewal_of: Some(id),
                ..none
            },
        }
    }
}

impl From<Assignment> for AssignmentView {
    fn from(assignment: Assignment) -> Self {
        Self {
            representative_id: assignment.representative,
            since: assignment.since,
        }
    }
}

impl From<Link> for LinkView {
    fn from(link: Link) -> Self {
        let (customer_id, company_id) = match link.party {
            Party::CustomerId(id) => (Some(id), None),
            Party::CompanyId(id) => (None, Some(id)),
        };
        Self {
            customer_id,
            company_id,
            role: link.role,
            primary: link.primary,
        }
    }
}

impl From<Planned> for NextActivityView {
    fn from(planned: Planned) -> Self {
        Self {
            activity_id: planned.id,
            at: planned.at,
        }
    }
}
