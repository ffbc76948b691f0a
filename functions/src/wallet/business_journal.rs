//! Reading the journal of the whole business.

use axum::extract::State;
use infra::List;
use serde::Deserialize;
use utoipa::IntoParams;

use super::{EntryView, Reader};
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right, Timestamp};

/// Which part of the journal.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct JournalQuery {
    /// From this instant on.
    #[param(value_type = Option<String>, format = DateTime)]
    since: Option<Timestamp>,
    /// Before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    until: Option<Timestamp>,
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// Everything that happened in the business, newest first: what the accountant folds.
#[utoipa::path(get, path = "/v1/journal", tag = "wallet", params(JournalQuery),
    responses((status = 200, body = PageOf<EntryView>), Problems))]
pub(crate) async fn business_journal(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<JournalQuery>,
) -> Result<Answer<PageOf<EntryView>>, Problem> {
    caller.may(Right::ReadBusinessJournal)?;
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page(List::Journal)?;
    let (since, until) = (query.since.map(|at| at.0), query.until.map(|at| at.0));
    let entries = app
        .store
        .business_journal(&caller.business, since, until, &page)
        .await?;
    Ok(Answer::ok(PageOf::of(entries, |entry| {
        EntryView::of(entry, &Reader::Business)
    })))
}
