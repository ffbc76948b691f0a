//! Payments at providers: what each was for, and that it came back before that was known. What tells that one
//! came back may not say what it was for.

use domain::packages::{NotedPayment, Package};
use domain::{BusinessId, EntryKey, Fingerprint, PackageId};
use serde::{Deserialize, Serialize};

use crate::customers::Found;
use crate::package_history::in_order;
use crate::packages::holder_at_first;
use crate::single_writes::Where;
use crate::store::{Item, read, write};
use crate::table::SK;
use crate::{Consistency, Fault, PackageHistory, Store, keys};

#[derive(Debug, Serialize, Deserialize)]
struct Remembered {
    business: BusinessId,
    package: PackageId,
}

/// What following a payment looks at.
#[derive(Debug, Clone)]
pub struct ToldPayment {
    /// The package, and its own entries, which were read after it.
    pub history: PackageHistory,
    /// Where units of the package were given away to.
    pub given: Vec<Package>,
    /// What the payment was for, if it was recorded.
    pub remembered: Option<(BusinessId, PackageId)>,
    /// That it came back, told before it was known what it was for.
    pub backs: Vec<NotedPayment>,
}

/// The item that remembers what a payment was for.
pub(crate) fn paid_online(
    business: &BusinessId,
    name: &Fingerprint,
    package: PackageId,
) -> Result<Item, Fault> {
    let remembered = Remembered {
        business: business.clone(),
        package,
    };
    write(&remembered, &keys::payment(name))
}

impl Store {
    /// What following the payment `name` for `package` looks at, all of it strongly consistent. The package's
    /// entries are read after the package: what is decided on an older package is refused when it is
    /// committed, but what an older list of entries lacks would be done twice.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn told_payment(
        &self,
        business: &BusinessId,
        package: PackageId,
        name: &Fingerprint,
    ) -> Result<ToldPayment, Fault> {
        let strong = Consistency::Strong;
        let sale = keys::entry(business, &EntryKey::Sale(package));
        let partition = keys::payment_partition(name);
        let (sale, told) =
            tokio::try_join!(self.get(&sale, strong), self.query_all(&partition, strong))?;
        let (mut remembered, mut backs) = (None, Vec::new());
        let of_package = keys::payment(name).attributes();
        for item in told {
            match item.get(SK) == of_package.get(SK) {
                true => remembered = Some(read::<Remembered>(item)?),
                false => backs.push(read(item)?),
            }
        }
        let sale = sale.map(read).transpose()?;
        let holder = sale.as_ref().and_then(holder_at_first);
        let mut history = PackageHistory {
            settings: None,
            package: None,
            holder: None,
            entries: Vec::new(),
        };
        let mut given = Vec::new();
        if let Some(holder) = holder {
            let items = self.package_items(business, package, holder, strong);
            let mut found = Found(items.await?);
            history.settings = found.take(&keys::settings(business))?;
            history.package = found.take(&keys::package(business, holder, package))?;
            history.holder = found.take(&keys::profile(business, holder))?;
            let entries = keys::package_entries(business, package);
            history.entries = in_order(self.query_all(&entries, strong).await?)?;
            if let Some(package) = &history.package {
                given = self.given_away(business, package).await?;
            }
        }
        Ok(ToldPayment {
            history,
            given,
            remembered: remembered.map(|of| (of.business, of.package)),
            backs,
        })
    }

    /// What the payment `name` was for, if it was for something of this system's.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn remembered_payment(
        &self,
        name: &Fingerprint,
    ) -> Result<Option<(BusinessId, PackageId)>, Fault> {
        let item = self.get(&keys::payment(name), Consistency::Strong).await?;
        let remembered: Option<Remembered> = item.map(read).transpose()?;
        Ok(remembered.map(|of| (of.business, of.package)))
    }

    /// Remembers what the payment `name` was for, where it was recorded otherwise than by being told; what is
    /// remembered of it stays.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn remember_payment(
        &self,
        name: &Fingerprint,
        business: &BusinessId,
        package: PackageId,
    ) -> Result<(), Fault> {
        let item = paid_online(business, name, package)?;
        self.put_where(item, Where::Nothing).await?;
        Ok(())
    }

    /// Remembers that the payment `name` came back, under the digest of what was told: nothing knows yet what
    /// it was for, and it may have been for nothing of this system's.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn remember_return(
        &self,
        name: &Fingerprint,
        (told, returned): (&Fingerprint, &NotedPayment),
    ) -> Result<(), Fault> {
        let item = write(returned, &keys::payment_return(name, told))?;
        self.put_where(item, Where::Always).await?;
        Ok(())
    }
}
