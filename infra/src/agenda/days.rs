//! From which month on the agenda is worked off.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::keys;
use crate::single_writes::Where;
use crate::store::{read, write};
use crate::{Consistency, Fault, Store};

#[derive(Serialize, Deserialize)]
struct Reached {
    day: NaiveDate,
}

impl Store {
    /// A day of the first month of the agenda that is not known to be done; none before any was.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn agenda_reached(&self) -> Result<Option<NaiveDate>, Fault> {
        let key = keys::agenda_reached();
        let item = self.get(&key, Consistency::Strong).await?;
        let reached: Option<Reached> = item.map(read).transpose()?;
        Ok(reached.map(|reached| reached.day))
    }

    /// Notes a day of the first month of the agenda that is not known to be done.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn note_agenda_reached(&self, day: NaiveDate) -> Result<(), Fault> {
        let item = write(&Reached { day }, &keys::agenda_reached())?;
        self.put_where(item, Where::Always).await?;
        Ok(())
    }
}
