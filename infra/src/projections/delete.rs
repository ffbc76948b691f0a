//! Deleting the rows that a rebuild has replaced.

use aws_sdk_dynamodb::types::{DeleteRequest, WriteRequest};
use domain::BusinessId;

use super::part_keys::Part;
use super::row_keys;
use crate::keys::Key;
use crate::store::{Range, sdk_fault};
use crate::{Fault, Store};

impl Store {
    /// Deletes the rows and marks of a generation that is read no more, and forgets it.
    pub(super) async fn delete_generation(
        &self,
        business: &BusinessId,
        generation: u32,
    ) -> Result<(), Fault> {
        let rows = Part::ALL.map(|part| row_keys::rows(business, generation, part));
        let marks = row_keys::marks(business, generation);
        for partition in rows.into_iter().chain([marks]) {
            loop {
                let (items, _) = self.query_page(None, &partition, &Range::default()).await?;
                if items.is_empty() {
                    break;
                }
                let keys: Vec<Key> = items.iter().filter_map(Key::of).collect();
                self.delete_all(&keys).await?;
            }
        }
        loop {
            let mut next = self.reread(business).await?.next();
            next.replaced.retain(|replaced| *replaced != generation);
            if self.put_projection(business, &next).await? {
                return Ok(());
            }
        }
    }

    /// Deletes items, outside of any transaction: what nothing reads any more.
    async fn delete_all(&self, keys: &[Key]) -> Result<(), Fault> {
        // What one request may delete.
        for part in keys.chunks(25) {
            let mut left = Vec::with_capacity(part.len());
            for key in part {
                let delete = DeleteRequest::builder().set_key(Some(key.attributes()));
                let delete = delete.build().map_err(Fault::broken)?;
                left.push(WriteRequest::builder().delete_request(delete).build());
            }
            while !left.is_empty() {
                let request = self.client.batch_write_item();
                let sent = request.request_items(&self.table, left).send().await;
                let output = sent.map_err(|error| sdk_fault(&error))?;
                let unprocessed = output.unprocessed_items;
                left = unprocessed
                    .and_then(|mut left| left.remove(&self.table))
                    .unwrap_or_default();
            }
        }
        Ok(())
    }
}
