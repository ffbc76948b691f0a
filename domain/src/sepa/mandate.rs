//! What a customer signed.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Bic, Iban, MandateReference};
use crate::Name;

/// A customer's permission to collect from an account, in the core scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mandate {
    /// What it is called.
    pub reference: MandateReference,
    /// The account it permits to collect from.
    pub iban: Iban,
    /// Its bank; none where the bank finds itself by the IBAN, as within the European Economic Area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub bic: Option<Bic>,
    /// Who holds the account; not always the customer.
    pub holder: Name,
    /// The day it was signed.
    pub signed_on: NaiveDate,
}

impl Mandate {
    /// Whether it is signed on or before `day`, and not more than a hundred years earlier.
    pub fn is_signed_by(&self, day: NaiveDate) -> bool {
        let earliest = day.checked_sub_months(Months::new(100 * 12));
        (earliest.unwrap_or(day)..=day).contains(&self.signed_on)
    }
}
