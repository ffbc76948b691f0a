//! What became of the lines.

use std::collections::HashSet;

use domain::{Email, PackageId, Refusal};

use super::Column;
use super::identity::Identity;
use super::mistake::Mistake;

/// What became of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Outcome {
    /// Its package was taken over, or would be.
    Imported {
        /// And its holder added.
        new_customer: bool,
    },
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

    pub(super) fn mistakes(&self) -> usize {
        match self {
            Outcome::Imported { .. } | Outcome::Already => 0,
            Outcome::Failed(mistakes) => mistakes.len(),
        }
    }
}

/// What a request has come across. A dry run, which writes nothing, would not know it otherwise.
#[derive(Debug, Default)]
pub(super) struct Seen {
    packages: HashSet<PackageId>,
    customers: HashSet<Email>,
}

impl Seen {
    /// The outcome of a line among those before it.
    pub(super) fn again(
        &mut self,
        email: &Email,
        identity: &Identity,
        outcome: Outcome,
    ) -> Outcome {
        let Outcome::Imported { new_customer } = outcome else {
            return outcome;
        };
        if !self.packages.insert(identity.package) {
            return Outcome::Already;
        }
        let new_customer = new_customer && self.customers.insert(email.clone());
        Outcome::Imported { new_customer }
    }
}
