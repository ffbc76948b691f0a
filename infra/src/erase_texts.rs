//! Erasing what people wrote about somebody in the pipeline. What stays are ids and figures.

use std::collections::HashMap;

use aws_sdk_dynamodb::error::ProvideErrorMetadata;
use domain::{BusinessId, CustomerId, OpportunityId};

use crate::keys::{self, Key};
use crate::pace::Pace;
use crate::store::sdk_fault;
use crate::table::PK;
use crate::{Consistency, Fault, HeldOpportunity, Store};

/// What people write in an opportunity, its title in lists, and what its requests are digested with.
const OF_OPPORTUNITY: [&str; 6] = [
    "title",
    "description",
    "closing_note",
    "tags",
    "card.t",
    "salt",
];
/// What people write in an activity.
const OF_ACTIVITY: [&str; 2] = ["subject", "text"];
/// The same in its assignee's list, where it is while it is planned.
const OF_PLANNED: [&str; 4] = ["subject", "text", "card.subject", "card.text"];
/// What a quota knows of it.
const OF_QUOTA_LINK: [&str; 1] = ["title"];
/// What people write in a quote.
const OF_QUOTE: [&str; 1] = ["note"];

impl Store {
    /// Erases what was written about a customer who was erased: in their opportunities, the activities
    /// and the quotes of these. Once more it erases what is left, also what the index has learnt since.
    ///
    /// It counts as no change: versions stay. Of each opportunity the salt goes first. A change that was
    /// decided before that cannot be committed any more, and one that is decided after it writes nothing
    /// down: so what is read then is all there will ever be.
    ///
    /// # Errors
    /// [`Fault::Unavailable`] when it takes longer than the store's patience, or the database fails:
    /// the rest is erased by the next attempt.
    pub async fn erase_texts(
        &self,
        business: &BusinessId,
        customer: CustomerId,
    ) -> Result<(), Fault> {
        let swept = tokio::time::timeout(self.patience, async {
            for id in self.opportunities_of(business, customer).await? {
                self.erase_texts_in(business, id).await?;
            }
            Ok(())
        });
        swept.await.unwrap_or_else(|_| {
            let cause = "patience ended".to_owned();
            Err(Fault::Unavailable { cause })
        })
    }

    /// The same in one opportunity, whose person was erased.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn erase_texts_in(
        &self,
        business: &BusinessId,
        id: OpportunityId,
    ) -> Result<(), Fault> {
        let record = self.opportunity(business, id, Consistency::Strong).await?;
        // Opened for somebody who had been erased, it has a title at most by a mistake of ours.
        let typed = record.is_some_and(|record| {
            record.salt.is_some()
                || record.title.is_some()
                || record.description.is_some()
                || record.closing_note.is_some()
                || !record.tags.is_empty()
        });
        if typed {
            let key = keys::opportunity(business, id);
            self.remove(&key, &OF_OPPORTUNITY).await?;
        }
        let Some(HeldOpportunity {
            opportunity,
            activities,
            quotes,
        }) = self.held(business, id).await?
        else {
            return Ok(());
        };
        if let Some(quota) = opportunity.quota {
            let key = keys::quota_link(business, quota, id);
            self.remove(&key, &OF_QUOTA_LINK).await?;
        }
        for activity in activities {
            if activity.subject.is_some() || activity.text.is_some() {
                let key = keys::activity(business, id, activity.id);
                let listed = activity.is_planned();
                let written: &[&str] = if listed { &OF_PLANNED } else { &OF_ACTIVITY };
                self.remove(&key, written).await?;
            }
        }
        for quote in quotes.into_iter().filter(|quote| quote.note.is_some()) {
            let key = keys::quote(business, quote.id);
            self.remove(&key, &OF_QUOTE).await?;
        }
        Ok(())
    }

    /// Removes attributes from an item that is there; once more where a transaction has it just now.
    async fn remove(&self, key: &Key, attributes: &[&str]) -> Result<(), Fault> {
        match self.remove_all(key, attributes).await {
            // The list's copy has gone since it was read, and with it a path to remove.
            Err(Fault::Broken { .. }) if attributes == OF_PLANNED => {
                self.remove_all(key, &OF_ACTIVITY).await
            }
            ended => ended,
        }
    }

    async fn remove_all(&self, key: &Key, attributes: &[&str]) -> Result<(), Fault> {
        let mut names = HashMap::from([("#pk".to_owned(), PK.to_owned())]);
        let mut name = |word: &str| {
            let placeholder = format!("#{word}");
            names.insert(placeholder.clone(), word.to_owned());
            placeholder
        };
        let paths = attributes.iter().map(|path| {
            let words: Vec<String> = path.split('.').map(&mut name).collect();
            words.join(".")
        });
        let update = format!("REMOVE {}", paths.collect::<Vec<_>>().join(", "));
        let mut pace = Pace::new(self.patience);
        loop {
            let from = std::time::Instant::now();
            let sent = self
                .client
                .update_item()
                .table_name(&self.table)
                .set_key(Some(key.attributes()))
                .update_expression(&update)
                .condition_expression("attribute_exists(#pk)")
                .set_expression_attribute_names(Some(names.clone()))
                .set_return_consumed_capacity(self.capacity())
                .send()
                .await;
            match sent {
                Ok(output) => {
                    self.record(from, true, output.consumed_capacity());
                    return Ok(());
                }
                // It has gone since it was read, and what was written with it.
                Err(error) if error.code() == Some("ConditionalCheckFailedException") => {
                    self.record(from, true, None);
                    return Ok(());
                }
                Err(error) if error.code() == Some("TransactionConflictException") => {
                    self.record(from, true, None);
                    pace.wait().await?;
                }
                Err(error) => return Err(sdk_fault(&error)),
            }
        }
    }
}
