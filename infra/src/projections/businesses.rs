//! Which businesses there are.

use aws_sdk_dynamodb::types::AttributeValue;
use domain::BusinessId;

use crate::keys::{self, Key};
use crate::store::sdk_fault;
use crate::table::{PK, SK};
use crate::{Fault, Store};

impl Store {
    /// Every business that has settings, in order. Reads the whole table: for operators, not for
    /// requests.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn businesses(&self) -> Result<Vec<BusinessId>, Fault> {
        let mut businesses = Vec::new();
        let mut start = None;
        loop {
            let request = self.client.scan().table_name(&self.table);
            let sent = request
                .filter_expression("#sk = :settings")
                .projection_expression("#pk, #sk")
                .expression_attribute_names("#pk", PK)
                .expression_attribute_names("#sk", SK)
                .expression_attribute_values(
                    ":settings",
                    AttributeValue::S(keys::SETTINGS.to_owned()),
                )
                .set_exclusive_start_key(start)
                .send();
            let output = sent.await.map_err(|error| sdk_fault(&error))?;
            let found = output.items.unwrap_or_default();
            let keys = found.iter().filter_map(Key::of);
            businesses.extend(keys.filter_map(|key| keys::business_of(&key.pk)));
            start = output.last_evaluated_key;
            if start.is_none() {
                businesses.sort();
                return Ok(businesses);
            }
        }
    }
}
