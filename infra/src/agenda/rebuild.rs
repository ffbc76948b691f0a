//! Making the agenda from the records, for those that were there before it was, or under other settings.

use std::collections::BTreeMap;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::settings::Settings;
use domain::{BusinessId, Instant};

use super::Record;
use crate::keys::{self, Key};
use crate::store::{Item, read, sdk_fault};
use crate::table::{PK, SK};
use crate::{Consistency, Fault, Store};

/// How far making the agenda has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rebuilt {
    /// Packages, opportunities and activities that were looked at.
    pub records: u64,
    /// What was found to fall due of them.
    pub due: u64,
    /// Records that cannot be read, and are left out.
    pub unreadable: u64,
}

impl Store {
    /// Puts on the agenda what falls due of every record there is, or of those of some businesses. What is
    /// there already stays, so it may run at any time and again. What was due before `now`, which is asked
    /// for each page, is put there, too: what was done of it is found to be done. Reads the whole table: for operators.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn rebuild_agenda(
        &self,
        only: &[BusinessId],
        now: impl Fn() -> Instant,
        mut progress: impl FnMut(Rebuilt),
    ) -> Result<Rebuilt, Fault> {
        let mut settings = BTreeMap::<BusinessId, Option<Settings>>::new();
        let mut rebuilt = Rebuilt::default();
        let mut start = None;
        loop {
            let (items, next) = self.dated_items(start).await?;
            let now = now();
            for item in items {
                let (business, record) = match of_item(item) {
                    Ok(Some(found)) => found,
                    Ok(None) => continue,
                    Err(fault) => {
                        tracing::error!(cause = fault.cause(), "left off the agenda");
                        rebuilt.unreadable += 1;
                        continue;
                    }
                };
                if !only.is_empty() && !only.contains(&business) {
                    continue;
                }
                if !settings.contains_key(&business) {
                    let found = self.settings(&business, Consistency::Strong).await?;
                    settings.insert(business.clone(), found);
                }
                rebuilt.records += 1;
                let Some(Some(settings)) = settings.get(&business) else {
                    continue;
                };
                let agenda = record.agenda(settings);
                let (of, version) = (record.of(), record.version());
                self.move_agenda((&business, of), (&[], &agenda), version, now)
                    .await?;
                rebuilt.due += agenda.len() as u64;
            }
            progress(rebuilt);
            start = next;
            if start.is_none() {
                return Ok(rebuilt);
            }
        }
    }

    /// A page of the records that have an agenda, and where the next one begins.
    async fn dated_items(&self, start: Option<Item>) -> Result<(Vec<Item>, Option<Item>), Fault> {
        let text = |text: &str| AttributeValue::S(text.to_owned());
        let request = self.client.scan().table_name(&self.table);
        let sent = request
            .filter_expression(
                "begins_with(#sk, :package) OR begins_with(#sk, :activity) OR #sk = :opportunity",
            )
            .expression_attribute_names("#sk", SK)
            .expression_attribute_values(":package", text(keys::PACKAGE_PREFIX))
            .expression_attribute_values(":activity", text(keys::ACTIVITY_PREFIX))
            .expression_attribute_values(":opportunity", text(keys::OPPORTUNITY))
            .set_exclusive_start_key(start)
            .send();
        let output = sent.await.map_err(|error| sdk_fault(&error))?;
        Ok((output.items.unwrap_or_default(), output.last_evaluated_key))
    }
}

pub(super) fn of_item(item: Item) -> Result<Option<(BusinessId, Record)>, Fault> {
    let Some(key) = Key::of(&item) else {
        return Err(Fault::broken(format_args!("an item without {PK}")));
    };
    let Some(business) = keys::business_of(&key.pk) else {
        return Ok(None);
    };
    let record = if key.sk.starts_with(keys::PACKAGE_PREFIX) {
        Record::Package(read(item)?)
    } else if key.sk == keys::OPPORTUNITY {
        Record::Opportunity(read(item)?)
    } else {
        Record::Activity(read(item)?)
    };
    Ok(Some((business, record)))
}
