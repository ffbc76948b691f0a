//! Records that have an agenda, as the table's stream tells of them.

use domain::BusinessId;
use domain::due::{Due, DueOf, activity_agenda, opportunity_agenda, package_agenda};
use domain::packages::Package;
use domain::pipeline::{Activity, Opportunity};
use domain::settings::Settings;
use serde::de::DeserializeOwned;
use serde_dynamo::Item;

use crate::table::{PK, SK};
use crate::{Fault, keys};

/// A record that has an agenda.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Record {
    /// A package.
    Package(Box<Package>),
    /// An opportunity.
    Opportunity(Box<Opportunity>),
    /// An activity.
    Activity(Box<Activity>),
}

/// A change of such a record.
#[derive(Debug, Clone)]
pub struct Dated {
    /// The tenant.
    pub business: BusinessId,
    /// What it was before; none when it is new.
    pub before: Option<Record>,
    /// What it became.
    pub after: Record,
}

impl Record {
    /// Which it is.
    pub fn of(&self) -> DueOf {
        match self {
            Record::Package(package) => DueOf::Package {
                customer: package.customer,
                id: package.id,
            },
            Record::Opportunity(opportunity) => DueOf::Opportunity(opportunity.id),
            Record::Activity(activity) => DueOf::Activity {
                opportunity: activity.opportunity,
                id: activity.id,
            },
        }
    }

    /// Its version.
    pub fn version(&self) -> u64 {
        match self {
            Record::Package(package) => package.version,
            Record::Opportunity(opportunity) => opportunity.version,
            Record::Activity(activity) => activity.version,
        }
    }

    /// What falls due of it.
    pub fn agenda(&self, settings: &Settings) -> Vec<Due> {
        match self {
            Record::Package(package) => package_agenda(package, settings),
            Record::Opportunity(opportunity) => {
                opportunity_agenda(opportunity, settings.time_zone())
            }
            Record::Activity(activity) => activity_agenda(activity),
        }
    }

    /// The record under these keys, if it is one that has an agenda.
    ///
    /// # Errors
    /// [`Fault::Broken`] for one that cannot be read.
    pub(super) fn read(sk: &str, item: &Item) -> Result<Option<Record>, Fault> {
        if item.is_empty() {
            return Ok(None);
        }
        Ok(if sk.starts_with(keys::PACKAGE_PREFIX) {
            Some(Record::Package(read(sk, item)?))
        } else if sk == keys::OPPORTUNITY {
            Some(Record::Opportunity(read(sk, item)?))
        } else if sk.starts_with(keys::ACTIVITY_PREFIX) {
            Some(Record::Activity(read(sk, item)?))
        } else {
            None
        })
    }
}

impl Dated {
    /// What a record of the stream with these keys and images tells; none if it is of nothing that has an
    /// agenda.
    ///
    /// # Errors
    /// [`Fault::Broken`] for a record that cannot be read.
    pub fn read(keys: &Item, old: &Item, new: &Item) -> Result<Option<Dated>, Fault> {
        let text = |name: &str| match keys.get(name) {
            Some(serde_dynamo::AttributeValue::S(text)) => Ok(text.as_str()),
            Some(_) | None => Err(Fault::broken(format_args!("a record without {name}"))),
        };
        let (pk, sk) = (text(PK)?, text(SK)?);
        let Some(after) = Record::read(sk, new)? else {
            return Ok(None);
        };
        let business = crate::keys::business_of(pk);
        Ok(Some(Dated {
            business: business.ok_or_else(|| Fault::broken("a record of no business"))?,
            before: Record::read(sk, old)?,
            after,
        }))
    }
}

fn read<T: DeserializeOwned>(sk: &str, item: &Item) -> Result<T, Fault> {
    serde_dynamo::from_item(item.clone())
        .map_err(|error| Fault::broken(format_args!("record {sk}: {error}")))
}
