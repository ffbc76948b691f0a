//! What customers permit to be collected from their accounts.

pub(super) mod get;
pub(super) mod put;
pub(super) mod remove;

use chrono::NaiveDate;
use domain::customers::MandateRecord;
use domain::sepa::{Bic, MandateReference};
use domain::{CustomerId, Name};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::Answer;

/// A customer's mandate, if there is one.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = CustomerMandate)]
pub(crate) struct CustomerMandateView {
    /// The customer.
    #[schema(value_type = String)]
    customer_id: CustomerId,
    /// The mandate; null where none was given, or it was taken back.
    mandate: Option<MandateView>,
}

/// A mandate, with as much of the account as tells it from another.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Mandate)]
pub(crate) struct MandateView {
    /// What it is called.
    #[schema(value_type = String)]
    reference: MandateReference,
    /// The account's country and its last four characters.
    #[schema(example = "DE…3000")]
    iban: String,
    /// Its bank; null where the bank finds itself by the IBAN.
    #[schema(value_type = Option<String>)]
    bic: Option<Bic>,
    /// Who holds the account.
    #[schema(value_type = String)]
    holder: Name,
    /// The day it was signed.
    #[schema(value_type = String, format = Date)]
    signed_on: NaiveDate,
    /// The day of the latest collection under it; null before the first.
    #[schema(value_type = Option<String>, format = Date)]
    used_on: Option<NaiveDate>,
}

impl CustomerMandateView {
    /// The answer with what there is, and the ETag of a mandate.
    fn answer(customer_id: CustomerId, record: Option<MandateRecord>) -> Answer<Self> {
        let version = record.as_ref().map(|record| record.version);
        let mandate = record.and_then(|record| {
            let mandate = record.mandate?;
            Some(MandateView {
                reference: mandate.reference,
                iban: mandate.iban.to_string(),
                bic: mandate.bic,
                holder: mandate.holder,
                signed_on: mandate.signed_on,
                used_on: record.used_on,
            })
        });
        let version = version.filter(|_| mandate.is_some());
        let answer = Answer::ok(Self {
            customer_id,
            mandate,
        });
        match version {
            Some(version) => answer.version(version),
            None => answer,
        }
    }
}
