//! Quotas, and the opportunities that count for one.

use domain::journal::Entry;
use domain::pipeline::{Counted, Quota};
use domain::{BusinessId, EntryKey, QuotaId};

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::store::read;
use crate::{Consistency, Fault, Page, PageRequest, Store};

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

    /// What a quota knows of the opportunities that are linked to it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn counted_for(
        &self,
        business: &BusinessId,
        id: QuotaId,
        consistency: Consistency,
    ) -> Result<Vec<Counted>, Fault> {
        let partition = keys::of_quota(business, id);
        let items = self.query_all(&partition, consistency).await?;
        items.into_iter().map(read).collect()
    }
}
