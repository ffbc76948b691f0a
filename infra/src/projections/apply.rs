//! Adding to rows, exactly once: what is added and the mark that it was are one transaction.

use std::time::Instant as Started;

use aws_sdk_dynamodb::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_dynamodb::operation::transact_write_items::TransactWriteItemsError;
use aws_sdk_dynamodb::types::{AttributeValue, CancellationReason, Put, TransactWriteItem, Update};
use domain::BusinessId;
use domain::reports::{Ending, Posting, Row, Rows, Sums};

use super::row_keys::{self, Mark};
use super::sums;
use crate::pace::Pace;
use crate::table::PK;
use crate::{Fault, Store};

/// What is added at once, or not at all.
#[derive(Debug, Clone)]
pub(crate) struct Addition {
    /// What it is: where any of it was added before, it is not added.
    pub(crate) marks: Vec<Mark>,
    /// Where it goes.
    pub(crate) postings: Vec<Posting>,
}

impl Addition {
    /// Of a package's step: each version that it reached is marked, whether the step came as one, as
    /// in the stream, or entry by entry, as in the journal.
    pub(super) fn of(ending: Ending) -> Self {
        let versions = ending.versions;
        Self {
            marks: versions
                .map(|version| Mark::Package(ending.package, version))
                .collect(),
            postings: ending.postings,
        }
    }
}

/// What one transaction may write.
const MOST: usize = 100;

/// How one sending of a transaction ended.
enum Sent {
    Done,
    /// These of the additions, by their place, had been made before; nothing was written.
    Seen(Vec<usize>),
    /// Others were writing the same rows, or the answer was lost: the marks will tell.
    Contended,
}

impl Store {
    /// Adds to the rows of a generation whatever was not added before.
    pub(super) async fn add(
        &self,
        business: &BusinessId,
        generation: u32,
        additions: Vec<Addition>,
    ) -> Result<(), Fault> {
        let mut group: Vec<Addition> = Vec::new();
        let (mut marks, mut rows) = (0, Rows::default());
        for addition in additions.into_iter().filter(|a| !a.postings.is_empty()) {
            let mut with = rows.clone();
            addition
                .postings
                .iter()
                .for_each(|posting| with.add(posting));
            if marks + addition.marks.len() + with.len() > MOST && !group.is_empty() {
                self.add_group(business, generation, std::mem::take(&mut group))
                    .await?;
                marks = 0;
                with = addition.postings.iter().cloned().collect();
            }
            rows = with;
            marks += addition.marks.len();
            group.push(addition);
        }
        self.add_group(business, generation, group).await
    }

    /// Adds what fits into one transaction, leaving out what had been added.
    async fn add_group(
        &self,
        business: &BusinessId,
        generation: u32,
        mut group: Vec<Addition>,
    ) -> Result<(), Fault> {
        let mut pace = Pace::new(self.patience);
        let added = async {
            while !group.is_empty() {
                match self.add_once(business, generation, &group).await? {
                    Sent::Done => return Ok(()),
                    Sent::Seen(seen) => {
                        let mut place = 0;
                        group.retain(|_| {
                            place += 1;
                            !seen.contains(&(place - 1))
                        });
                    }
                    Sent::Contended => pace.ease().await?,
                }
            }
            Ok(())
        };
        let patient = tokio::time::timeout(self.patience, added).await;
        patient.unwrap_or_else(|_| {
            let cause = "patience ended".to_owned();
            Err(Fault::Unavailable { cause })
        })
    }

    async fn add_once(
        &self,
        business: &BusinessId,
        generation: u32,
        group: &[Addition],
    ) -> Result<Sent, Fault> {
        let postings = group.iter().flat_map(|addition| &addition.postings);
        let rows: Rows = postings.cloned().collect();
        let (mut items, mut marked) = (Vec::new(), Vec::new());
        for (place, addition) in group.iter().enumerate() {
            for mark in &addition.marks {
                items.push(self.put_mark(business, generation, *mark)?);
                marked.push(place);
            }
        }
        for (row, sums) in rows.iter() {
            items.push(self.add_to_row(business, generation, row, sums)?);
        }
        let from = Started::now();
        let request = self.client.transact_write_items();
        let request = request.set_transact_items(Some(items));
        let sent = request.set_return_consumed_capacity(self.capacity()).send();
        let error = match sent.await {
            Ok(output) => {
                self.record(from, true, output.consumed_capacity());
                return Ok(Sent::Done);
            }
            Err(error) => error,
        };
        self.record(from, true, None);
        if let Some(TransactWriteItemsError::TransactionCanceledException(canceled)) =
            error.as_service_error()
        {
            let reasons = canceled.cancellation_reasons();
            return outcome(reasons, &marked, &error);
        }
        match error.code() {
            Some("ValidationException" | "ResourceNotFoundException" | "AccessDeniedException") => {
                Err(Fault::broken(DisplayErrorContext(&error)))
            }
            Some(_) | None => Ok(Sent::Contended),
        }
    }

    fn put_mark(
        &self,
        business: &BusinessId,
        generation: u32,
        mark: Mark,
    ) -> Result<TransactWriteItem, Fault> {
        let key = row_keys::mark(business, generation, mark);
        let put = Put::builder()
            .table_name(&self.table)
            .set_item(Some(key.attributes()))
            .condition_expression("attribute_not_exists(#pk)")
            .expression_attribute_names("#pk", PK)
            .build()
            .map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().put(put).build())
    }

    fn add_to_row(
        &self,
        business: &BusinessId,
        generation: u32,
        row: &Row,
        sums: &Sums,
    ) -> Result<TransactWriteItem, Fault> {
        let key = row_keys::row(business, generation, row);
        let mut update = Update::builder()
            .table_name(&self.table)
            .set_key(Some(key.attributes()));
        let mut adds = Vec::new();
        for (index, (figure, by)) in sums.iter().enumerate() {
            adds.push(format!("#{index} :{index}"));
            update = update
                .expression_attribute_names(format!("#{index}"), sums::attribute(*figure))
                .expression_attribute_values(
                    format!(":{index}"),
                    AttributeValue::N(by.to_string()),
                );
        }
        let update = update.update_expression(format!("ADD {}", adds.join(", ")));
        let update = update.build().map_err(Fault::broken)?;
        Ok(TransactWriteItem::builder().update(update).build())
    }
}

/// Why a transaction was cancelled: the marks come first in it, and `marked` has the place of the
/// addition that each is of.
fn outcome(
    reasons: &[CancellationReason],
    marked: &[usize],
    error: &(impl std::error::Error + 'static),
) -> Result<Sent, Fault> {
    let mut seen = Vec::new();
    for (index, reason) in reasons.iter().enumerate() {
        match (reason.code.as_deref(), marked.get(index)) {
            (Some("ConditionalCheckFailed"), Some(place)) => seen.push(*place),
            (Some("ValidationError" | "ItemCollectionSizeLimitExceeded"), _) => {
                return Err(Fault::broken(DisplayErrorContext(error)));
            }
            // TransactionConflict, ThrottlingError, ProvisionedThroughputExceeded
            (Some(_) | None, _) => {}
        }
    }
    Ok(match seen.is_empty() {
        true => Sent::Contended,
        false => Sent::Seen(seen),
    })
}
