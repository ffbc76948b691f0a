//! Accepting an offer.

use axum::extract::State;
use domain::PackageId;
use domain::packages::accept as decide;

use super::change::{Change, HolderBody};
use super::existing::existing_bookings;
use super::sell::SoldView;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Key, Path, Problem, Problems, Right, SentJson};

/// Accepts an offer, for the customer or as the customer: from now on it is sold. Its validity counts
/// from now, and it is active unless a deposit is due. Archiving the template it was made from does
/// not take an offer back. If it was offered with `apply_to: existing_bookings` it now pays for those.
#[utoipa::path(post, path = "/v1/packages/{id}/accept", tag = "packages",
    request_body = Option<HolderBody>,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = SoldView), Problems, Conflict))]
pub(crate) async fn accept(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    SentJson(body): SentJson<HolderBody>,
) -> Result<Answer<SoldView>, Problem> {
    caller.may(Right::AnswerOffer)?;
    let of = (id, body.customer_id);
    let change = Change::new(&app, &caller, of, &key, ("accept-offer", &()))?;
    let accepted = change.done_by(&app, |offer| {
        offer.holder.is_there()?;
        let key = offer.key.clone();
        decide(offer.package, offer.settings, key, offer.context)
    });
    let accepted = accepted.await?;
    let (package, entry) = (&accepted.package, &accepted.entry);
    let view = SoldView {
        package: accepted.view(),
        existing_bookings: existing_bookings(&app, &caller, package, entry).await?,
    };
    Ok(Answer::ok(view).replayed(accepted.replayed))
}
