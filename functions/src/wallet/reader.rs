//! Who reads a journal, and so what they may see of it.

use domain::journal::Entry;
use domain::packages::Package;
use domain::{BusinessId, CustomerId, PackageId, Role};
use infra::{Consistency, Fault, Store};

/// Who reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Reader {
    /// The business: everything.
    Business,
    /// A customer: what concerns them and what they hold, and of what others share with them only what
    /// they drew themselves.
    Customer {
        /// Who.
        id: CustomerId,
        /// The packages they hold.
        held: Vec<PackageId>,
    },
}

impl Reader {
    /// The customer `id`, who holds `packages`.
    pub(crate) fn customer(id: CustomerId, packages: &[Package]) -> Self {
        let held = packages.iter().map(|package| package.id).collect();
        Self::Customer { id, held }
    }

    /// Someone of this role, who reads the journal of the customer `id`.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub(crate) async fn of(
        role: Role,
        id: CustomerId,
        business: &BusinessId,
        store: &Store,
    ) -> Result<Self, Fault> {
        match role {
            Role::Owner | Role::Staff | Role::Sales | Role::Machine => Ok(Self::Business),
            Role::Customer => {
                let member = store.member(business, id, Consistency::Strong).await?;
                Ok(Self::customer(id, &member.packages))
            }
        }
    }

    /// Whether all may be seen that happens to a package.
    pub(super) fn holds(&self, package: PackageId) -> bool {
        match self {
            Self::Business => true,
            Self::Customer { held, .. } => held.contains(&package),
        }
    }

    /// Whether the entry is about whoever reads.
    pub(super) fn is_concerned(&self, entry: &Entry) -> bool {
        match self {
            Self::Business => true,
            Self::Customer { id, .. } => entry.customer == Some(*id),
        }
    }

    /// Whether they see who did it: of the business, a customer does not see which person.
    pub(super) fn sees_actor(&self, entry: &Entry) -> bool {
        match self {
            Self::Business => true,
            Self::Customer { .. } => entry.actor.role == Role::Customer && self.is_concerned(entry),
        }
    }
}
