//! Which generation of rows is read, and which is being made.

use chrono_tz::Tz;
use domain::{BusinessId, EntryId};
use serde::{Deserialize, Serialize};

use crate::keys;
use crate::single_writes::Where;
use crate::store::{read, write};
use crate::{Consistency, Fault, Store};

/// How the projections of a business stand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Projection {
    /// The generation that reports are read from.
    pub generation: u32,
    /// The zone whose days its rows are of: that of the settings when the generation was begun.
    pub time_zone: Tz,
    /// The one that is being made from the journal; the stream is added to both.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub building: Option<Building>,
    /// Older generations whose rows are not all deleted yet.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub replaced: Vec<u32>,
    /// Counts the changes of this record.
    pub version: u64,
}

/// A generation that is being made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Building {
    /// Its number.
    pub generation: u32,
    /// Its zone.
    pub time_zone: Tz,
    /// The entry up to which the journal has been added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reached: Option<EntryId>,
}

impl Projection {
    /// The first generation.
    pub(super) fn first(time_zone: Tz) -> Self {
        Self {
            generation: 1,
            time_zone,
            building: None,
            replaced: Vec::new(),
            version: 1,
        }
    }

    /// The record that is to replace this one.
    pub(super) fn next(&self) -> Self {
        Self {
            version: self.version + 1,
            ..self.clone()
        }
    }

    /// The generations that entries are added to, with their zones.
    pub(super) fn generations(&self) -> Vec<(u32, Tz)> {
        let building = self.building.as_ref();
        let building = building.map(|building| (building.generation, building.time_zone));
        std::iter::once((self.generation, self.time_zone))
            .chain(building)
            .collect()
    }
}

impl Store {
    /// How the projections of a business stand; none before anything was projected.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn projection(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Option<Projection>, Fault> {
        let key = keys::projection(business);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// How the projections stand, begun if there are none; none for a business without settings.
    pub(super) async fn projection_begun(
        &self,
        business: &BusinessId,
    ) -> Result<Option<Projection>, Fault> {
        loop {
            if let Some(found) = self.projection(business, Consistency::Strong).await? {
                return Ok(Some(found));
            }
            let settings = self.settings(business, Consistency::Strong).await?;
            let Some(settings) = settings else {
                return Ok(None);
            };
            let first = Projection::first(settings.time_zone());
            if self.put_projection(business, &first).await? {
                return Ok(Some(first));
            }
        }
    }

    /// Puts version n on version n − 1, of version 1 on nothing. Whether that was so.
    pub(super) async fn put_projection(
        &self,
        business: &BusinessId,
        projection: &Projection,
    ) -> Result<bool, Fault> {
        let item = write(projection, &keys::projection(business))?;
        let place = match projection.version {
            1 => Where::Nothing,
            version => Where::Version(version - 1),
        };
        self.put_where(item, place).await
    }
}
