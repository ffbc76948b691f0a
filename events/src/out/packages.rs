//! What happens to packages.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figures::{Money, PackageChange};
use super::told::told;

/// What was sold or offered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Terms {
    /// What it was made from; nothing where it was put together for the customer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template_id: Option<String>,
    /// The opportunity whose accepted quote sold it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opportunity_id: Option<String>,
    /// Which kind it is.
    pub kind: Kind,
    /// What it costs, tax included.
    pub price: Money,
}

/// Which kind a package is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Visits, shared by its services.
    Visits,
    /// Visits for each of its services.
    Bundle,
    /// Money.
    Credit,
    /// Unlimited visits, for a time.
    Pass,
}

/// Why units were given for nothing, or taken back.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AdjustmentReason {
    /// Something was recorded wrongly.
    Correction,
    /// Something went wrong.
    Compensation,
    /// A present.
    Goodwill,
}

/// Why a package should never have been sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum VoidReason {
    /// It was sold by mistake.
    Mistake,
    /// It was sold twice.
    Duplicate,
    /// The customer no longer wanted it, before anything was paid.
    Withdrawn,
    /// It was bought online, and nothing was paid in time.
    Unpaid,
}

macro_rules! of_package {
    ($(#[$doc:meta])* $name:ident v $version:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        told! {
            $(#[$doc])*
            $name v $version {
                /// What happened to it.
                #[serde(flatten)]
                package: PackageChange,
                $($(#[$field_doc])* $field: $type,)*
            }
        }
    };
}

pub(super) use of_package;

of_package! {
    /// A package was offered: nothing is granted until it is accepted.
    PackageOffered v 1 {
        /// What was offered.
        terms: Terms,
    }
}
of_package! {
    /// The customer does not want what was offered.
    PackageOfferDeclined v 1 {}
}
of_package! {
    /// A package was sold, or an offer accepted.
    PackageSold v 1 {
        /// What was sold; nothing where an offer was accepted, whose own event says it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        terms: Option<Terms>,
    }
}
of_package! {
    /// A package that ran elsewhere goes on here.
    PackageImported v 1 {
        /// What it is.
        terms: Terms,
    }
}
of_package! {
    /// A package can be used from now on: it was sold, and paid as far as was agreed.
    PackageActivated v 1 {}
}
of_package! {
    /// Units were given for nothing, or taken back.
    PackageAdjusted v 1 {
        /// Why.
        reason: AdjustmentReason,
    }
}
of_package! {
    /// Units were added.
    PackageToppedUp v 1 {
        /// For this price.
        price: Money,
    }
}
of_package! {
    /// A package rests: its validity does not run.
    PackageFrozen v 1 {}
}
of_package! {
    /// A package rests no longer.
    PackageUnfrozen v 1 {}
}
of_package! {
    /// A package is valid for longer, or less long.
    PackageExtended v 1 {
        /// The last day.
        #[schemars(extend("format" = "date"))]
        valid_through: String,
    }
}
of_package! {
    /// Units were given to another customer, as a package of their own.
    PackageTransferred v 1 {
        /// The package that they became.
        to_package_id: String,
        /// Who got them.
        to_customer_id: String,
    }
}
of_package! {
    /// A package came to be of the units that another customer gave.
    PackageReceived v 1 {
        /// The package that they were of.
        from_package_id: String,
    }
}
of_package! {
    /// Others may redeem from a package, or no longer may.
    PackageMembersChanged v 1 {
        /// Customers who may from now on.
        added: Vec<String>,
        /// Customers who no longer may.
        removed: Vec<String>,
    }
}
of_package! {
    /// A package should never have been sold: it is as if it had not been.
    PackageVoided v 1 {
        /// Why.
        reason: VoidReason,
    }
}
of_package! {
    /// What was left of a package was paid back.
    PackageRefunded v 1 {
        /// How much.
        amount: Money,
    }
}
of_package! {
    /// The time of a package is over, and what was left is lost. Nothing moves where nothing of worth was
    /// left of a pass.
    PackageExpired v 1 {}
}
of_package! {
    /// Little is left of one of a package's pools: what is available fell to a fifth of what was granted,
    /// or to a single unit.
    PackageLow v 1 {
        /// Which of its pools, from 0.
        pool: usize,
        /// What is available of it.
        available: u64,
    }
}
of_package! {
    /// Nothing of a package is available or held any more.
    PackageExhausted v 1 {}
}
