//! Not wanting what was offered, or not paid for yet.

use axum::extract::State;
use domain::PackageId;
use domain::packages::decline as decide;

use super::PackageView;
use super::change::{Change, HolderBody};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Key, Path, Problem, Problems, Right, SentJson};

/// Declines an offer, for the customer or as the customer. It cannot be accepted any more. What was bought
/// or accepted and waits for its first payment is withdrawn from: it is voided.
#[utoipa::path(post, path = "/v1/packages/{id}/decline", tag = "packages",
    request_body = Option<HolderBody>,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn decline(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    SentJson(body): SentJson<HolderBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::AnswerOffer)?;
    let of = (id, body.customer_id);
    let change = Change::new(&app, &caller, of, &key, ("decline-offer", &()))?;
    change
        .by(&app, |offer| {
            decide(offer.package, offer.key.clone(), offer.context)
        })
        .await
}
