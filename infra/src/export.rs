//! Everything that is held about one person.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BusinessId, CustomerId};
use serde_json::{Map, Value};

use crate::keys::{self, Key};
use crate::store::{Item, read};
use crate::table::{PK, SK};
use crate::{Consistency, Fault, PageRequest, Store};

/// What a customer's partition and journal hold.
#[derive(Debug, Clone)]
pub struct Everything {
    /// The record; none if there is no such customer.
    pub customer: Option<Customer>,
    /// Every package, sold first first.
    pub packages: Vec<Package>,
    /// What else is kept beside the record, such as a mandate, by the name it is kept under.
    pub others: Map<String, Value>,
    /// The whole journal, oldest first.
    pub journal: Vec<Entry>,
}

impl Store {
    /// Everything about a customer: as many round trips as the journal has pages of 1,000 entries.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn everything(
        &self,
        business: &BusinessId,
        id: CustomerId,
    ) -> Result<Everything, Fault> {
        let partition = keys::customer(business, id);
        let (items, journal) = tokio::join!(
            self.query_all(&partition, Consistency::Strong),
            self.whole_journal(business, id),
        );
        let mut everything = Everything {
            customer: None,
            packages: Vec::new(),
            others: Map::new(),
            journal: journal?,
        };
        for item in items? {
            let sk = Key::of(&item).map(|key| key.sk).unwrap_or_default();
            if sk == keys::PROFILE {
                everything.customer = Some(read(item)?);
            } else if sk.starts_with(keys::PACKAGE_PREFIX) {
                everything.packages.push(read(item)?);
            } else {
                everything.others.insert(sk.to_lowercase(), plain(item)?);
            }
        }
        everything
            .packages
            .sort_by_key(|package| (package.sold_at, package.id));
        Ok(everything)
    }

    async fn whole_journal(
        &self,
        business: &BusinessId,
        id: CustomerId,
    ) -> Result<Vec<Entry>, Fault> {
        let mut entries = Vec::new();
        let mut page = PageRequest {
            after: None,
            limit: 1000,
        };
        loop {
            let part = self.customer_journal(business, id, &page).await?;
            entries.extend(part.items);
            match part.next {
                Some(next) => page.after = Some(next),
                None => break,
            }
        }
        entries.reverse();
        Ok(entries)
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
