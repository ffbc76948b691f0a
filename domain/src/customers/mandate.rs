//! A customer's mandate for direct debits.

use chrono::{Months, NaiveDate, TimeDelta};
use serde::{Deserialize, Serialize};

use super::Customer;
use crate::journal::Fact;
use crate::packages::is_default;
use crate::sepa::Mandate;
use crate::{Context, CustomerId, Decision, EntryKey, Put, Refusal};

/// The mandate as it is kept: beside the customer, and nowhere else. The record stays when the mandate
/// is taken back, with nothing of it, so that its edits go on being counted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MandateRecord {
    /// The mandate; none after it was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mandate: Option<Mandate>,
    /// The day of the latest collection under it; none before the first.
    #[serde(default, skip_serializing_if = "is_default")]
    pub used_on: Option<NaiveDate>,
    /// Counts the edits and the collections, from 1.
    pub version: u64,
}

/// The months after its latest collection after which a mandate lapses.
const LAPSES_AFTER: Months = Months::new(36);

impl MandateRecord {
    /// The record once the mandate was used on `day`.
    #[must_use]
    pub(crate) fn used(&self, day: NaiveDate) -> Self {
        Self {
            used_on: Some(self.used_on.map_or(day, |before| before.max(day))),
            version: self.version + 1,
            ..self.clone()
        }
    }

    /// Whether too long a time has passed by `day` since the latest collection.
    pub(crate) fn has_lapsed(&self, day: NaiveDate) -> bool {
        let ends_on = self
            .used_on
            .and_then(|used| used.checked_add_months(LAPSES_AFTER));
        ends_on.is_some_and(|ends_on| ends_on < day)
    }
}

/// Puts `wanted` in the place of the mandate there is. `expected` is the version the caller read;
/// none where there is no mandate. None when it is there already, just so. One of another reference
/// counts as never used. The journal records that it changed, and nothing of it.
///
/// # Errors
/// In this order: [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`],
/// [`Refusal::VersionMismatch`] when the caller has not seen the present mandate,
/// [`Refusal::MandateSigned`] for a day that has not begun anywhere (UTC+14), or more than a hundred
/// years back.
pub fn save_mandate(
    customer: Option<&Customer>,
    present: Option<&MandateRecord>,
    wanted: Mandate,
    expected: Option<u64>,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    customer.is_there()?;
    let before = present.and_then(|record| record.mandate.as_ref());
    if before == Some(&wanted) {
        return Ok(None);
    }
    let version = present.map_or(0, |record| record.version);
    let seen = before.map(|_| version);
    if seen != expected {
        return Err(Refusal::VersionMismatch);
    }
    let latest = context.now + TimeDelta::hours(14);
    if !wanted.is_signed_by(latest.date_naive()) {
        return Err(Refusal::MandateSigned);
    }
    let same = before.is_some_and(|before| before.reference == wanted.reference);
    let record = MandateRecord {
        used_on: present.filter(|_| same).and_then(|record| record.used_on),
        mandate: Some(wanted),
        version: version + 1,
    };
    Ok(Some(saved(customer.id, record, context)))
}

/// Takes the mandate back. None when there is none any more.
///
/// # Errors
/// [`Refusal::CustomerNotFound`].
pub fn remove_mandate(
    customer: Option<&Customer>,
    present: Option<&MandateRecord>,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    let customer = customer.ok_or(Refusal::CustomerNotFound)?;
    let given = present.filter(|record| record.mandate.is_some());
    Ok(given.map(|present| {
        let record = MandateRecord {
            mandate: None,
            used_on: None,
            version: present.version + 1,
        };
        saved(customer.id, record, context)
    }))
}

fn saved(customer: CustomerId, record: MandateRecord, context: &Context) -> Decision {
    let key = EntryKey::Mandate(customer, record.version);
    let fact = Fact::CustomerEdited(vec!["mandate".to_owned()]);
    let entry = context.entry(Some(customer), fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Mandate(customer, record)])
}
