//! Everything that is held about one person.

use domain::journal::Entry;
use domain::{BusinessId, CustomerId};
use serde_json::{Map, Value};

use crate::customers::Member;
use crate::keys::{self, Key};
use crate::store::{Item, read};
use crate::table::{PK, SK};
use crate::{Consistency, Fault, HeldOpportunity, Store};

/// Everything about a customer.
#[derive(Debug, Clone)]
pub struct Everything {
    /// The record, what they hold and what is shared with them.
    pub member: Member,
    /// What else is kept beside the record, such as a mandate, by the name it is kept under.
    pub others: Map<String, Value>,
    /// The opportunities about them, oldest first.
    pub opportunities: Vec<HeldOpportunity>,
    /// The whole journal, oldest first.
    pub journal: Vec<Entry>,
}

impl Store {
    /// Everything about a customer: as many round trips as the journal has pages, one more where
    /// packages are shared with them, and two more where there are opportunities.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn everything(
        &self,
        business: &BusinessId,
        id: CustomerId,
    ) -> Result<Everything, Fault> {
        let (member, others, opportunities, journal) = tokio::join!(
            self.member(business, id, Consistency::Strong),
            self.other_records(business, id),
            self.held_opportunities(business, id),
            self.customer_entries(business, id, None),
        );
        Ok(Everything {
            member: member?,
            others: others?,
            opportunities: opportunities?,
            journal: journal?,
        })
    }

    async fn other_records(
        &self,
        business: &BusinessId,
        id: CustomerId,
    ) -> Result<Map<String, Value>, Fault> {
        let partition = keys::customer(business, id);
        let mut others = Map::new();
        for item in self.query_all(&partition, Consistency::Strong).await? {
            let sk = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            let known = [keys::PACKAGE_PREFIX, keys::SHARED_PREFIX];
            if sk != keys::PROFILE && !known.iter().any(|known| sk.starts_with(known)) {
                others.insert(sk.to_lowercase(), plain(item)?);
            }
        }
        Ok(others)
    }
}

/// The item as JSON, without its key.
fn plain(mut item: Item) -> Result<Value, Fault> {
    item.remove(PK);
    item.remove(SK);
    read(item)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::write;

    #[test]
    fn a_record_that_is_not_known_here_is_shown_as_it_is_without_its_key() {
        let business = "gul".parse().unwrap();
        let key = keys::mandate(&business, CustomerId::from_bytes([1; 16]));
        let kept = serde_json::json!({"reference": "M-1", "iban": "RO49", "version": 2});
        let item = write(&kept, &key).unwrap();
        assert_eq!(plain(item).unwrap(), kept);
    }
}
