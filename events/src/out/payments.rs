//! Money that came in for packages, or went back.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figures::{Money, PackageChange};
use super::packages::of_package;
use super::told::told;

/// How something was paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum PaymentMethod {
    /// In cash.
    Cash,
    /// By card.
    Card,
    /// By a transfer that the customer made.
    Transfer,
    /// By a debit that the business collected.
    DirectDebit,
}

/// A debit that was given to the bank.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Debit {
    /// What the bank calls it: its end-to-end id.
    pub debit_id: String,
    /// Which instalment of the plan, from 1.
    pub instalment: u8,
    /// How much of it.
    pub amount: Money,
}

of_package! {
    /// Something was paid for a package.
    PaymentRecorded v 1 {
        /// How much.
        amount: Money,
        /// How.
        method: PaymentMethod,
        /// By what it is found at the till, the bank or the card's acquirer.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        reference: Option<String>,
    }
}
of_package! {
    /// A payment came back. Told once for each package that it is taken off: the one that it was for, and
    /// those that units of it were given away to.
    PaymentReturned v 1 {
        /// The package that it was for.
        paid_package_id: String,
        /// The entry that recorded it.
        payment_entry_id: String,
        /// How much it was.
        amount: Money,
        /// Why, as the bank codes it.
        reason: String,
    }
}
of_package! {
    /// What was due of a package was given to the bank to collect, unless something stood against it.
    InstalmentsCollected v 1 {
        /// What the collection's file is called.
        collection_id: String,
        /// What was asked for.
        debits: Vec<Debit>,
        /// What stood against it, such as `no-mandate`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        obstacle: Option<String>,
    }
}
of_package! {
    /// The bank rejected a debit before it was paid.
    DebitRejected v 1 {
        /// What the bank calls it.
        debit_id: String,
        /// How much was still on its way.
        amount: Money,
        /// Why, as the bank codes it.
        reason: String,
    }
}
