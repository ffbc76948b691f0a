//! What became of the lines.

use std::collections::{HashMap, HashSet};

use domain::customers::Customer;
use domain::{CustomerId, Email, PackageId, Refusal};

use super::Column;
use super::identity::Identity;
use super::mistake::Mistake;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its package was taken over, or would be.
    Imported,
    /// Its package had been taken over before.
    Already,
    /// It cannot be taken over.
    Failed(Vec<Mistake>),
}

impl Outcome {
    pub(super) fn refused(refusal: Refusal) -> Self {
        Outcome::Failed(vec![refusal.into()])
    }

    pub(super) fn nameless() -> Self {
        let detail = "nobody here has this e-mail address: a new customer needs a name";
        Outcome::Failed(vec![Mistake::new(
            Column::Name,
            "customer-name-required",
            detail,
        )])
    }

    pub(super) fn is_imported(&self) -> bool {
        match self {
            Outcome::Imported => true,
            Outcome::Already | Outcome::Failed(_) => false,
        }
    }

    pub(super) fn mistakes(&self) -> usize {
        match self {
            Outcome::Imported | Outcome::Already => 0,
            Outcome::Failed(mistakes) => mistakes.len(),
        }
    }
}

/// Whose a line's package is.
#[derive(Debug, Clone)]
pub(super) enum Holder {
    /// Nobody has the address yet.
    Nobody,
    /// Who has it.
    There(CustomerId),
    /// Who would have it, were this no dry run.
    WouldBe(Box<Customer>),
}

/// What a request has come across. A dry run, which writes nothing, would not know it otherwise.
#[derive(Debug, Default)]
pub(super) struct Seen {
    packages: HashSet<PackageId>,
    customers: HashMap<Email, Box<Customer>>,
}

impl Seen {
    /// The outcome of a line among those before it.
    pub(super) fn again(&mut self, identity: &Identity, outcome: Outcome) -> Outcome {
        let imported = matches!(outcome, Outcome::Imported);
        match imported && !self.packages.insert(identity.package) {
            true => Outcome::Already,
            false => outcome,
        }
    }

    /// Remembers who would have this address.
    pub(super) fn would_be(&mut self, email: Email, holder: Holder) {
        if let Holder::WouldBe(customer) = holder {
            self.customers.insert(email, customer);
        }
    }

    /// Who would have it, of those remembered.
    pub(super) fn holder(&self, email: &Email) -> Holder {
        let customer = self.customers.get(email).cloned();
        customer.map_or(Holder::Nobody, Holder::WouldBe)
    }
}
