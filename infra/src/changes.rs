//! What the table's stream tells: journal entries that arrived, packages that changed.

use domain::BusinessId;
use domain::journal::Entry;
use domain::packages::Package;
use serde_dynamo::Item;

use crate::table::{BY_BUSINESS, PK, SK};
use crate::{Fault, keys};

/// One record of the table's stream, as far as anyone waits for it.
#[derive(Debug, Clone)]
pub enum Change {
    /// An entry was put into the journal.
    Entry(Box<Entry>),
    /// A package was sold, or an entry moved it on by one version.
    Package {
        /// The tenant.
        business: BusinessId,
        /// What it was before; none when it is new.
        before: Option<Box<Package>>,
        /// What it became.
        after: Box<Package>,
    },
    /// A record that only requests look at.
    Other,
}

impl Change {
    /// What a record with these keys and images tells. Empty images are none.
    ///
    /// # Errors
    /// [`Fault::Broken`] for an entry or a package that cannot be read.
    pub fn read(keys: &Item, old: &Item, new: &Item) -> Result<Change, Fault> {
        let text = |name: &str| match keys.get(name) {
            Some(serde_dynamo::AttributeValue::S(text)) => Ok(text.as_str()),
            Some(_) | None => Err(Fault::broken(format_args!("a record without {name}"))),
        };
        let (pk, sk) = (text(PK)?, text(SK)?);
        if new.is_empty() {
            return Ok(Change::Other);
        }
        if new.contains_key(BY_BUSINESS.partition) && old.is_empty() {
            return Ok(Change::Entry(Box::new(read(sk, new)?)));
        }
        if !sk.starts_with(keys::PACKAGE_PREFIX) {
            return Ok(Change::Other);
        }
        let business = keys::business_of(pk);
        Ok(Change::Package {
            business: business.ok_or_else(|| Fault::broken("a package of no business"))?,
            before: match old.is_empty() {
                true => None,
                false => Some(Box::new(read(sk, old)?)),
            },
            after: Box::new(read(sk, new)?),
        })
    }
}

fn read<T: for<'a> serde::Deserialize<'a>>(sk: &str, item: &Item) -> Result<T, Fault> {
    serde_dynamo::from_item(item.clone())
        .map_err(|error| Fault::broken(format_args!("record {sk}: {error}")))
}
