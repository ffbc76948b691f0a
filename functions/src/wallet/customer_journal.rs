//! Reading a customer's journal.

use axum::extract::State;
use domain::CustomerId;
use infra::{Consistency, List};

use super::{EntryView, Reader};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Path, Problem, Problems, Query, Right};

/// Everything that happened to a customer, newest first; with a customer's token, to oneself.
#[utoipa::path(get, path = "/v1/customers/{id}/journal", tag = "wallet",
    params(("id" = String, Path, description = "The customer"), ListQuery),
    responses((status = 200, body = PageOf<EntryView>), Problems))]
pub(crate) async fn customer_journal(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CustomerId>,
    Query(query): Query<ListQuery>,
) -> Result<Answer<PageOf<EntryView>>, Problem> {
    caller.may(Right::ReadWallet)?;
    let page = query.page(List::Journal)?;
    let (store, business) = (&app.store, &caller.business);
    let (customer, reader, entries) = tokio::join!(
        store.customer(business, id, Consistency::Strong),
        Reader::of(caller.actor.role, id, business, store),
        store.customer_journal(business, id, &page),
    );
    caller.may_see(customer?.as_ref())?;
    let reader = reader?;
    Ok(Answer::ok(PageOf::of(entries?, |entry| {
        EntryView::of(entry, &reader)
    })))
}
