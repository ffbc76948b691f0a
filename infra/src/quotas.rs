//! Quotas, and the opportunities that count for one.

use domain::journal::Entry;
use domain::pipeline::{Quota, Status};
use domain::{BusinessId, EntryKey, QuotaId};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::read;
use crate::{Consistency, Fault, OpportunityCard, OpportunityFilter, Page, PageRequest, Store};

/// How many opportunities of a representative are read at once.
const AT_ONCE: u16 = 500;

impl Store {
    /// A quota.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quota(
        &self,
        business: &BusinessId,
        id: QuotaId,
        consistency: Consistency,
    ) -> Result<Option<Quota>, Fault> {
        let key = keys::quota(business, id);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// A quota, and the entry that put `version` of it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quota_and_entry(
        &self,
        business: &BusinessId,
        (id, version): (QuotaId, u64),
        consistency: Consistency,
    ) -> Result<(Option<Quota>, Option<Entry>), Fault> {
        let entry = EntryKey::Quota(id, version);
        self.versioned(business, keys::quota(business, id), entry, consistency)
            .await
    }

    /// Those of these quotas that there are.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quotas_of(
        &self,
        business: &BusinessId,
        ids: &[QuotaId],
        consistency: Consistency,
    ) -> Result<Vec<Quota>, Fault> {
        let wanted: Vec<Key> = ids.iter().map(|id| keys::quota(business, *id)).collect();
        let mut found = Found(self.batch_get(&wanted, consistency).await?);
        let taken = wanted.iter().map(|key| found.take(key));
        let taken: Vec<Option<Quota>> = taken.collect::<Result<_, _>>()?;
        Ok(taken.into_iter().flatten().collect())
    }

    /// A page of the quotas, in order of id.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quotas(
        &self,
        business: &BusinessId,
        page: &PageRequest,
    ) -> Result<Page<Quota>, Fault> {
        self.list(&keys::quotas(business), page).await
    }

    /// The opportunities that count for a quota: linked to it, and won in its period or open and
    /// expected in it. As the lists have them, which are the opportunities' a moment later.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn linked_to_quota(
        &self,
        business: &BusinessId,
        quota: &Quota,
    ) -> Result<Vec<OpportunityCard>, Fault> {
        let mut linked = Vec::new();
        for status in [Status::Won, Status::Open] {
            let filter = OpportunityFilter {
                representative: Some(quota.terms.representative.clone()),
                status: Some(status),
                close_from: Some(quota.terms.from),
                close_to: Some(quota.terms.to),
                ..OpportunityFilter::default()
            };
            let mut page = PageRequest {
                after: None,
                limit: AT_ONCE,
            };
            loop {
                let part = self.opportunities(business, &filter, &page).await?;
                let of_quota = |card: &OpportunityCard| card.quota == Some(quota.id);
                linked.extend(part.items.into_iter().filter(of_quota));
                page.after = part.next;
                if page.after.is_none() {
                    break;
                }
            }
        }
        Ok(linked)
    }
}
