//! Companies, and whoever else is linked to opportunities.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{Company, Parties, Party};
use domain::{BusinessId, CompanyId, EntryKey};

use crate::keys;
use crate::store::read;
use crate::{Consistency, Fault, Page, PageRequest, Store};

impl Store {
    /// A company; none if there is no such one.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn company(
        &self,
        business: &BusinessId,
        id: CompanyId,
        consistency: Consistency,
    ) -> Result<Option<Company>, Fault> {
        let key = keys::company(business, id);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// A company, and the entry that put `version` of it.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn company_and_entry(
        &self,
        business: &BusinessId,
        (id, version): (CompanyId, u64),
        consistency: Consistency,
    ) -> Result<(Option<Company>, Option<Entry>), Fault> {
        let entry = EntryKey::Company(id, version);
        self.versioned(business, keys::company(business, id), entry, consistency)
            .await
    }

    /// A page of the companies, in order of id.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn companies(
        &self,
        business: &BusinessId,
        page: &PageRequest,
    ) -> Result<Page<Company>, Fault> {
        self.list(&keys::companies(business), page).await
    }

    /// The person or the company, if there is such a one.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn parties(
        &self,
        business: &BusinessId,
        party: Option<Party>,
        consistency: Consistency,
    ) -> Result<Parties, Fault> {
        let mut parties = Parties::default();
        match party {
            None => {}
            Some(Party::CustomerId(id)) => {
                let found = self.get(&keys::profile(business, id), consistency).await?;
                let found = found.map(read::<Customer>).transpose()?;
                parties.customers.extend(found);
            }
            Some(Party::CompanyId(id)) => {
                let found = self.company(business, id, consistency).await?;
                parties.companies.extend(found);
            }
        }
        Ok(parties)
    }
}
