//! What doing what is due looks at.

use domain::BusinessId;
use domain::due::DueOf;
use domain::packages::Package;
use domain::pipeline::{Activity, Opportunity, Rules};
use domain::settings::Settings;

use super::Record;
use crate::customers::Found;
use crate::{Consistency, Fault, Store, keys};

/// A record that something is due of, and what it is decided by.
#[derive(Debug, Clone)]
pub struct DueState {
    /// How the business sells; of a package, its settings alone.
    pub rules: Rules,
    /// The record; none if there is no such one.
    pub record: Option<Record>,
    /// The opportunity of an activity.
    pub opportunity: Option<Opportunity>,
}

impl Store {
    /// The record that something is due of, as it is at this moment: one round trip.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn due_state(&self, business: &BusinessId, of: DueOf) -> Result<DueState, Fault> {
        let strong = Consistency::Strong;
        let (wanted, beside) = match of {
            DueOf::Package { customer, id } => (keys::package(business, customer, id), None),
            DueOf::Opportunity(id) => (keys::opportunity(business, id), None),
            DueOf::Activity { opportunity, id } => (
                keys::activity(business, opportunity, id),
                Some(keys::opportunity(business, opportunity)),
            ),
        };
        let (rules, mut found) = match of {
            DueOf::Opportunity(_) => {
                let of_record = std::slice::from_ref(&wanted);
                self.rules_and(business, of_record, strong).await?
            }
            DueOf::Package { .. } | DueOf::Activity { .. } => {
                let settings = keys::settings(business);
                let mut keys = vec![settings.clone(), wanted.clone()];
                keys.extend(beside.clone());
                let mut found = Found(self.batch_get(&keys, strong).await?);
                let rules = Rules {
                    settings: found.take::<Settings>(&settings)?,
                    reasons: None,
                    schemes: Vec::new(),
                };
                (rules, found)
            }
        };
        let record = match of {
            DueOf::Package { .. } => found
                .take::<Package>(&wanted)?
                .map(Box::new)
                .map(Record::Package),
            DueOf::Opportunity(_) => found
                .take::<Opportunity>(&wanted)?
                .map(Box::new)
                .map(Record::Opportunity),
            DueOf::Activity { .. } => found
                .take::<Activity>(&wanted)?
                .map(Box::new)
                .map(Record::Activity),
        };
        let opportunity = match beside {
            Some(key) => found.take(&key)?,
            None => None,
        };
        Ok(DueState {
            rules,
            record,
            opportunity,
        })
    }
}
