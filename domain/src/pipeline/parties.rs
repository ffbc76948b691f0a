//! People and companies that are to be linked to an opportunity.

use super::{Company, Party, PipelineRefusal};
use crate::Refusal;
use crate::customers::Customer;

/// Those who are to be linked, as far as they were found.
#[derive(Debug, Clone, Default)]
pub struct Parties {
    /// Customers and leads.
    pub customers: Vec<Customer>,
    /// Companies.
    pub companies: Vec<Company>,
}

impl Parties {
    /// # Errors
    /// [`Refusal::CustomerNotFound`] and [`Refusal::CustomerErased`], or
    /// [`PipelineRefusal::CompanyMissing`].
    pub(super) fn must_have(&self, party: Party) -> Result<(), Refusal> {
        match party {
            Party::CustomerId(id) => {
                let found = self.customers.iter().find(|customer| customer.id == id);
                found.ok_or(Refusal::CustomerNotFound)?.is_there()
            }
            Party::CompanyId(id) => match self.companies.iter().any(|company| company.id == id) {
                true => Ok(()),
                false => Err(PipelineRefusal::CompanyMissing.into()),
            },
        }
    }
}
