//! Saying for which quota an opportunity counts.

use axum::extract::State;
use domain::pipeline::set_quota;
use domain::{OpportunityId, QuotaId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, IfMatch, Json, Path, Problem, Problems, Right};

/// A quota, or none.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = QuotaLink)]
pub(crate) struct QuotaLinkBody {
    /// The quota that it counts for from now on; null is none.
    #[serde(deserialize_with = "given")]
    #[schema(value_type = Option<String>, required, example = "qta_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    quota_id: Option<QuotaId>,
}

/// A field that may be null but not left out.
fn given<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<QuotaId>, D::Error> {
    Option::deserialize(deserializer)
}

/// Lets an opportunity count for a quota of its representative, or for none. It counts for one at most; to
/// and from a closed quota nothing is moved.
#[utoipa::path(post, path = "/v1/opportunities/{id}/quota", tag = "pipeline",
    request_body = QuotaLinkBody,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn quota(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<QuotaLinkBody>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::EditQuotas)?;
    let change = Change::new(&app, &caller, id, if_match, ("set-quota", &body))?;
    change
        .of_quotas(body.quota_id)
        .by(&app, |changing| {
            set_quota(
                changing.opportunity,
                body.quota_id,
                changing.quotas,
                changing.expected,
                changing.rules,
                changing.context,
            )
        })
        .await
}
