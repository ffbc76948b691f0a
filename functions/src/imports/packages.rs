//! Taking over the packages that run in another system, from a file.

use axum::extract::State;
use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Column;
use super::catalogue::Catalogue;
use super::csv::Csv;
use super::file::File;
use super::identity::identities;
use super::outcome::Outcome;
use super::work::{Numbered, Work};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Problem, Problems, Query, Right};

/// How long lines are begun. One takes ten seconds more at worst, the gateway gives up after thirty.
const SECONDS: i64 = 15;

/// How and from where a file is worked through.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct ImportQuery {
    /// `true` checks every line and writes nothing.
    #[serde(default)]
    dry_run: bool,
    /// Goes on with this line of the file, the `next_line` of the answer before.
    from_line: Option<u64>,
    /// At most so many lines, 1 to 10000; as many as the time allows if left out.
    #[param(minimum = 1, maximum = 10_000)]
    limit: Option<usize>,
}

/// What became of a file, or of a part of it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Import)]
pub(crate) struct ImportView {
    /// Whether nothing was written.
    pub(crate) dry_run: bool,
    /// How many lines the file has, beside the first and empty ones.
    pub(crate) total_lines: usize,
    /// How many of them this request worked through: imported + already + failed. Some may lie after
    /// `next_line`: the next request finds them there already.
    pub(crate) lines: usize,
    /// How many packages were taken over, or would be.
    pub(crate) imported: usize,
    /// How many had been taken over before.
    pub(crate) already: usize,
    /// How many lines cannot be taken over: see `errors`.
    pub(crate) failed: usize,
    /// How many customers were added, or would be.
    pub(crate) customers_added: usize,
    /// What is wrong, line by line.
    pub(crate) errors: Vec<LineErrorView>,
    /// Where to go on, by `from_line`; null when the file is done.
    pub(crate) next_line: Option<u64>,
    /// Whether it is.
    pub(crate) done: bool,
}

/// Something wrong with a line.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = LineError)]
pub(crate) struct LineErrorView {
    /// The line of the file, from 1, which names the columns.
    pub(crate) line: u64,
    /// The column; null for the whole line.
    pub(crate) column: Option<String>,
    /// Stable: for programs.
    #[schema(example = "used-above-quantity")]
    pub(crate) code: String,
    /// What to do about it.
    pub(crate) detail: String,
}

/// Takes over packages that run in another system: a line of the file each, with what was granted, used
/// and paid, and when it ends. Customers are found by e-mail address, and added where there are none.
/// A line that cannot be taken over stops no other. Sending the same file again imports nothing twice;
/// a file that takes longer than a request goes on from `next_line`, with the same file.
#[utoipa::path(post, path = "/v1/imports/packages", tag = "imports", params(ImportQuery),
    request_body(content = String, content_type = "text/csv",
        description = "UTF-8, commas or semicolons, at most 4 MiB; docs/moving.md describes the columns"),
    responses((status = 200, body = ImportView), Problems, Conflict))]
pub(crate) async fn packages(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<ImportQuery>,
    Csv(bytes): Csv,
) -> Result<Answer<ImportView>, Problem> {
    caller.may(Right::Import)?;
    let until = app.clock.now() + TimeDelta::seconds(SECONDS);
    let limit = query.limit.unwrap_or(usize::MAX);
    if query
        .limit
        .is_some_and(|limit| !(1..=10_000).contains(&limit))
    {
        let detail = "limit is a number from 1 to 10000";
        return Err(Problem::new(400, "malformed-limit", detail));
    }
    let file = File::read(&bytes)?;
    let identities = identities(&caller.business, &file.rows)?;
    let catalogue = Catalogue::of(&app.store, &caller.business, &file.rows).await?;
    let rows = file
        .rows
        .iter()
        .zip(identities.iter().map(Option::as_ref))
        .filter(|(row, _)| query.from_line.is_none_or(|from| row.number >= from));
    let rows: Vec<Numbered<'_>> = rows.collect();
    let work = Work {
        app: &app,
        caller: &caller,
        catalogue: &catalogue,
        dry_run: query.dry_run,
        until,
    };
    let now = rows.get(..limit.min(rows.len())).unwrap_or(&rows);
    let done = work.through(now).await?;
    let next = rows.get(done.first.len()).map(|(row, _)| row.number);
    let mut view = ImportView {
        dry_run: query.dry_run,
        total_lines: file.rows.len(),
        lines: done.first.len() + done.ahead.len(),
        imported: 0,
        already: 0,
        failed: 0,
        customers_added: done.added,
        errors: Vec::new(),
        next_line: next,
        done: next.is_none(),
    };
    let outcomes = done.first.into_iter().chain(done.ahead);
    for ((row, _), outcome) in rows.iter().zip(outcomes) {
        view.take_in(row.number, outcome);
    }
    Ok(Answer::ok(view))
}

impl ImportView {
    fn take_in(&mut self, line: u64, outcome: Outcome) {
        match outcome {
            Outcome::Imported => self.imported += 1,
            Outcome::Already => self.already += 1,
            Outcome::Failed(mistakes) => {
                self.failed += 1;
                let errors = mistakes.into_iter().map(|mistake| LineErrorView {
                    line,
                    column: mistake.column.map(Column::name).map(str::to_owned),
                    code: mistake.code.to_owned(),
                    detail: mistake.detail,
                });
                self.errors.extend(errors);
            }
        }
    }
}
