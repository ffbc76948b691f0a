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
/// The same while it is planned: its assignee's list has the subject, too.
const OF_PLANNED: [&str; 3] = ["subject", "text", "card.t"];
/// What a quota knows of what counts for it.
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
            let key = keys::counted(business, quota, id);
            // It may have left the quota since it was read, and its title with it.
            self.removed(&key, &OF_QUOTA_LINK).await?;
        }
        for activity in activities {
            if activity.subject.is_some() || activity.text.is_some() {
                let key = keys::activity(business, id, activity.id);
                // It may have been done since it was read, and with that have left the list.
                if !(activity.is_planned() && self.removed(&key, &OF_PLANNED).await?) {
                    self.remove(&key, &OF_ACTIVITY).await?;
                }
            }
        }
        for quote in quotes.into_iter().filter(|quote| quote.note.is_some()) {
            let key = keys::quote(business, quote.id);
            self.remove(&key, &OF_QUOTE).await?;
        }
        Ok(())
    }

    /// Removes attributes from an item that is there.
    async fn remove(&self, key: &Key, attributes: &[&str]) -> Result<(), Fault> {
        match self.removed(key, attributes).await? {
            true => Ok(()),
            false => Err(Fault::broken(format_args!(
                "{} {} is not there",
                key.pk, key.sk
            ))),
        }
    }

    /// The same; whether it did. A path needs what it leads through: nothing is removed from an item that
    /// has not got that, or is not there. Once more where a transaction has the item just now.
    async fn removed(&self, key: &Key, attributes: &[&str]) -> Result<bool, Fault> {
        let mut names = HashMap::new();
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
        // Where there is something on the way, so is the item.
        let mut there: Vec<&str> = attributes
            .iter()
            .filter_map(|path| path.split_once('.'))
            .map(|(on_the_way, _)| on_the_way)
            .collect();
        if there.is_empty() {
            there.push(PK);
            names.insert(format!("#{PK}"), PK.to_owned());
        }
        let there = there
            .iter()
            .map(|name| format!("attribute_exists(#{name})"));
        let there = there.collect::<Vec<_>>().join(" AND ");
        let mut pace = Pace::new(self.patience);
        loop {
            let from = std::time::Instant::now();
            let sent = self
                .client
                .update_item()
                .table_name(&self.table)
                .set_key(Some(key.attributes()))
                .update_expression(&update)
                .condition_expression(&there)
                .set_expression_attribute_names(Some(names.clone()))
                .set_return_consumed_capacity(self.capacity())
                .send()
                .await;
            match sent {
                Ok(output) => {
                    self.record(from, true, output.consumed_capacity());
                    return Ok(true);
                }
                Err(error) if error.code() == Some("ConditionalCheckFailedException") => {
                    self.record(from, true, None);
                    return Ok(false);
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
