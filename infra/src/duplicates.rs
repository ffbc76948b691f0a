//! What copying an opportunity looks at.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{Opportunity, Rules};
use domain::{BusinessId, EntryKey, OpportunityId};

use crate::keys;
use crate::store::read;
use crate::{Consistency, Fault, Store};

/// What copying an opportunity looks at.
#[derive(Debug, Clone)]
pub struct DuplicateState {
    /// How the business sells.
    pub rules: Rules,
    /// The one to be copied; none if there is no such one.
    pub model: Option<Opportunity>,
    /// Its customer.
    pub customer: Option<Customer>,
    /// The copy, if it was made before.
    pub copy: Option<Opportunity>,
    /// The entry that opened the copy.
    pub entry: Option<Entry>,
}

impl Store {
    /// What opening `copy` from `model` looks at: two round trips, as the model names the customer.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn duplicate_state(
        &self,
        business: &BusinessId,
        (model, copy): (OpportunityId, OpportunityId),
        consistency: Consistency,
    ) -> Result<DuplicateState, Fault> {
        let entry = keys::entry(business, &EntryKey::Opportunity(copy, 1));
        let (model, copy) = (
            keys::opportunity(business, model),
            keys::opportunity(business, copy),
        );
        let others = [model.clone(), copy.clone(), entry.clone()];
        let (rules, mut found) = self.rules_and(business, &others, consistency).await?;
        let opportunity = found.take::<Opportunity>(&model)?;
        let customer = match &opportunity {
            Some(opportunity) => {
                let profile = keys::profile(business, opportunity.customer);
                self.get(&profile, consistency).await?
            }
            None => None,
        };
        Ok(DuplicateState {
            rules,
            model: opportunity,
            customer: customer.map(read).transpose()?,
            copy: found.take(&copy)?,
            entry: found.take(&entry)?,
        })
    }
}
