//! Stage schemes, and the reasons there are to choose from.

use domain::journal::Entry;
use domain::pipeline::{PipelineSettings, StageScheme};
use domain::{BusinessId, EntryKey, SchemeId};
use futures::future::try_join;

use crate::keys;
use crate::store::read;
use crate::{Consistency, Fault, Store};

impl Store {
    /// The settings of the pipeline; none before they are first put.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn pipeline_settings(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Option<PipelineSettings>, Fault> {
        let key = keys::pipeline_settings(business);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// The stage schemes of a business, archived ones too.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn schemes(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Vec<StageScheme>, Fault> {
        let items = self
            .query_all(&keys::schemes(business), consistency)
            .await?;
        items.into_iter().map(read).collect()
    }

    /// A stage scheme; none if there is no such one.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn scheme(
        &self,
        business: &BusinessId,
        id: SchemeId,
        consistency: Consistency,
    ) -> Result<Option<StageScheme>, Fault> {
        let key = keys::scheme(business, id);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// The schemes of a business, and the entry that put `version` of one of them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn schemes_and_entry(
        &self,
        business: &BusinessId,
        (id, version): (SchemeId, u64),
        consistency: Consistency,
    ) -> Result<(Vec<StageScheme>, Option<Entry>), Fault> {
        let entry = keys::entry(business, &EntryKey::Scheme(id, version));
        let (schemes, entry) = try_join(
            self.schemes(business, consistency),
            self.get(&entry, consistency),
        )
        .await?;
        Ok((schemes, entry.map(read).transpose()?))
    }

    /// The settings of the pipeline, and the entry that put `version` of them.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn pipeline_settings_and_entry(
        &self,
        business: &BusinessId,
        version: u64,
        consistency: Consistency,
    ) -> Result<(Option<PipelineSettings>, Option<Entry>), Fault> {
        let (record, entry) = (
            keys::pipeline_settings(business),
            EntryKey::PipelineSettings(version),
        );
        self.versioned(business, record, entry, consistency).await
    }
}
