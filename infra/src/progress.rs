//! What moving an opportunity on by the facts of its packages looks at.

use domain::packages::Package;
use domain::pipeline::{Opportunity, Rules};
use domain::{BusinessId, OpportunityId};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::{Consistency, Fault, Store};

/// What moving an opportunity on looks at.
#[derive(Debug, Clone)]
pub struct ProgressState {
    /// How the business sells.
    pub rules: Rules,
    /// The opportunity; none if there is no such one.
    pub opportunity: Option<Opportunity>,
    /// The packages that its accepted quote sold. They stay with who bought them: what is given on to
    /// others is another package.
    pub sold: Vec<Package>,
}

impl Store {
    /// What moving the opportunity `id` on looks at, as it is at this moment: two round trips.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn progress_state(
        &self,
        business: &BusinessId,
        id: OpportunityId,
    ) -> Result<ProgressState, Fault> {
        let record = keys::opportunity(business, id);
        let of_record = [record.clone()];
        let (rules, mut found) = self
            .rules_and(business, &of_record, Consistency::Strong)
            .await?;
        let opportunity: Option<Opportunity> = found.take(&record)?;
        let wanted: Vec<Key> = match &opportunity {
            Some(opportunity) => {
                let packages = opportunity.packages.iter();
                let key = |id| keys::package(business, opportunity.customer, id);
                packages.copied().map(key).collect()
            }
            None => Vec::new(),
        };
        let mut found = Found(self.batch_get(&wanted, Consistency::Strong).await?);
        let sold = wanted.iter().map(|key| found.take(key));
        let sold: Vec<Option<Package>> = sold.collect::<Result<_, _>>()?;
        Ok(ProgressState {
            rules,
            opportunity,
            sold: sold.into_iter().flatten().collect(),
        })
    }
}
