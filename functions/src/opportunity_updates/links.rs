//! Linking people and companies to an opportunity, and taking a link away.

use axum::extract::State;
use domain::pipeline::{Link, Party, link as decide, unlink as decide_away};
use domain::{CompanyId, CustomerId, OpportunityId, Slug};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// Who is to be linked to an opportunity, and as what.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LinkBody)]
pub(crate) struct LinkBody {
    /// The person, unless it is a company.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The company, unless it is a person.
    #[schema(value_type = Option<String>)]
    company_id: Option<CompanyId>,
    /// As what.
    #[schema(value_type = String, max_length = 40, example = "decision-maker")]
    role: Slug,
    /// Whether it is the one to turn to first, in the place of who was that; no if left out.
    #[serde(default)]
    primary: bool,
}

impl LinkBody {
    /// # Errors
    /// `invalid-body` (422) for a person and a company or neither.
    fn parse(self) -> Result<Link, Problem> {
        let party = match (self.customer_id, self.company_id) {
            (Some(id), None) => Party::CustomerId(id),
            (None, Some(id)) => Party::CompanyId(id),
            (Some(_), Some(_)) | (None, None) => {
                return Err(Problem::new(
                    422,
                    "invalid-body",
                    "a link has either customer_id or company_id",
                ));
            }
        };
        Ok(Link {
            party,
            role: self.role,
            primary: self.primary,
        })
    }
}

/// The id of a person or of a company.
#[derive(Debug, Clone, Copy, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct PartyId(Party);

impl TryFrom<String> for PartyId {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let customer = text.parse().map(Party::CustomerId);
        customer
            .or_else(|_| text.parse().map(Party::CompanyId))
            .map(Self)
            .map_err(|_| {
                format!(
                    "not an id of the form {} or {} and 26 characters",
                    CustomerId::PREFIX,
                    CompanyId::PREFIX
                )
            })
    }
}

/// Links a person or a company to an opportunity, whatever its status: 20 at most.
#[utoipa::path(post, path = "/v1/opportunities/{id}/links", tag = "pipeline", request_body = LinkBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn link(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<LinkBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("link", &body))?;
    let link = body.parse()?;
    change
        .of_party(link.party)
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                link.clone(),
                changing.parties,
                changing.expected,
                changing.context,
            )
            .map(Some)
        })
        .await
}

/// Takes the link of a person or a company away.
#[utoipa::path(delete, path = "/v1/opportunities/{id}/links/{party_id}", tag = "pipeline",
    params(("id" = String, Path, description = "The opportunity"),
        ("party_id" = String, Path, description = "The person or the company"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn unlink(
    State(app): State<App>,
    caller: Caller,
    Path((id, PartyId(party))): Path<(OpportunityId, PartyId)>,
    if_match: IfMatch,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("unlink", &party))?;
    change
        .by(&app, |changing| {
            decide_away(
                changing.opportunity,
                party,
                changing.expected,
                changing.rules,
                changing.context,
            )
            .map(Some)
        })
        .await
}
