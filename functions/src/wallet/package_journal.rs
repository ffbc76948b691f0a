//! Reading a package's journal.

use axum::extract::State;
use domain::{PackageId, Refusal};

use super::{EntryView, Reader};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Path, Problem, Problems, Query, Right};
use infra::List;

/// Everything that moved a package's units, newest first; with a customer's token, of one's own.
#[utoipa::path(get, path = "/v1/packages/{id}/journal", tag = "wallet",
    params(("id" = String, Path, description = "The package"), ListQuery),
    responses((status = 200, body = PageOf<EntryView>), Problems))]
pub(crate) async fn package_journal(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<EntryView>>, Problem> {
    caller.may(Right::ReadWallet)?;
    let page = query.page(List::Journal)?;
    let holder = app.store.holder_of_package(&caller.business, id).await?;
    let holder = holder.ok_or(Refusal::PackageNotFound)?;
    caller
        .must_own(holder, &app.store, Refusal::PackageNotFound)
        .await?;
    let (reader, entries) = tokio::join!(
        Reader::of(caller.actor.role, holder, &caller.business, &app.store),
        app.store
            .package_journal(&caller.business, holder, id, &page),
    );
    let (reader, entries) = (reader?, entries?);
    Ok(Answer::ok(PageOf::of(entries, |entry| {
        EntryView::of(entry, &reader)
    })))
}
