//! Comparing the rows with the journal.

use std::fmt;

use domain::BusinessId;
use domain::reports::{Replay, Row, Rows, Sums};

use super::Progress;
use super::rebuild::folded;
use crate::{Consistency, Fault, Store};

/// A row that is not what the journal tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Which.
    pub row: Row,
    /// What the journal tells.
    pub told: Sums,
    /// What the row has.
    pub found: Sums,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Difference { row, told, found } = self;
        write!(
            f,
            "{row:?}: the journal tells {told:?}, the row has {found:?}"
        )
    }
}

impl Store {
    /// The rows of a business that are not the fold of its journal; none for a business that has no
    /// rows yet. What was committed in the last moments may not have come through the stream.
    ///
    /// # Errors
    /// [`Fault`] when the database fails, or the journal contradicts itself.
    pub async fn verify_projections(
        &self,
        business: &BusinessId,
        mut progress: impl FnMut(Progress),
    ) -> Result<Vec<Difference>, Fault> {
        let Some(projection) = self.projection(business, Consistency::Strong).await? else {
            return Ok(Vec::new());
        };
        let found = self.every_row(business, projection.generation).await?;
        let (mut replay, mut told) = (Replay::default(), Rows::default());
        let (mut entries, mut after) = (0, None);
        loop {
            let page = self.journal_after(business, after).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id);
            folded(&mut replay, &page, projection.time_zone, &mut told)?;
            entries += page.len() as u64;
            progress(Progress {
                entries,
                at: last.at,
            });
        }
        Ok(differences(&told, &found))
    }
}

fn differences(told: &Rows, found: &Rows) -> Vec<Difference> {
    let rows = told.iter().chain(found.iter()).map(|(row, _)| row);
    let rows: std::collections::BTreeSet<&Row> = rows.collect();
    let differing = rows
        .into_iter()
        .filter(|row| told.sums(row) != found.sums(row));
    differing
        .map(|row| Difference {
            row: row.clone(),
            told: told.sums(row),
            found: found.sums(row),
        })
        .collect()
}
