//! The account of the business that direct debits go to.

pub(super) mod get;
pub(super) mod put;

use domain::Name;
use domain::sepa::{Bic, Creditor, CreditorId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The business as its bank knows it, the account in part only.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Creditor)]
pub(crate) struct CreditorView {
    /// The name that customers read on their bank statement.
    #[schema(value_type = String)]
    name: Name,
    /// The account's country and its last four characters.
    #[schema(example = "DE…3000")]
    iban: String,
    /// Its bank; null where the bank finds itself by the IBAN.
    #[schema(value_type = Option<String>)]
    bic: Option<Bic>,
    /// The SEPA creditor identifier.
    #[schema(value_type = String)]
    creditor_id: CreditorId,
}

impl From<Creditor> for CreditorView {
    fn from(creditor: Creditor) -> Self {
        Self {
            name: creditor.name,
            iban: creditor.iban.to_string(),
            bic: creditor.bic,
            creditor_id: creditor.id,
        }
    }
}
