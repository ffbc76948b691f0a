//! Following a batch of the stream.

use aws_lambda_events::dynamodb::EventRecord;
use futures::future::join_all;

use crate::App;
use crate::stream::{Failed, Handled};
use crate::{agenda, opportunity_progress, report_projections};

/// What follows from the journal: each part is given every record.
const PARTS: [for<'a> fn(&'a App, &'a [EventRecord]) -> Handled<'a>; 3] = [
    report_projections::project,
    opportunity_progress::advance,
    agenda::note,
];

/// Gives the batch to each part, side by side: one that fails does not keep the others from their work.
/// What failed first in the batch is what is said to have failed, so that no part misses anything.
pub(super) fn follow<'a>(app: &'a App, records: &'a [EventRecord]) -> Handled<'a> {
    Box::pin(async move {
        let handled = join_all(PARTS.iter().map(|part| part(app, records))).await;
        let failed = handled.into_iter().filter_map(Result::err);
        let mut failed: Vec<Failed> = failed.collect();
        failed.sort_by_key(|failed| failed.first);
        for later in failed.iter().skip(1) {
            tracing::error!(cause = later.fault.cause(), "another part of the batch");
        }
        failed.into_iter().next().map_or(Ok(()), Err)
    })
}
