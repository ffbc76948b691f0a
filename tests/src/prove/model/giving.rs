//! What the model's customers share with each other, and give away.

use super::Model;
use super::books::Books;
use super::holdings::{Package, Stage};
use super::pools::{Account, Pool};
use crate::prove::asked::moment::MILLIS;

impl Model {
    /// Who is removed and added at once is added.
    pub(crate) fn share(
        &mut self,
        package: usize,
        add: Option<usize>,
        remove: Option<usize>,
    ) -> Result<(), &'static str> {
        let package = self.open_package(package)?;
        if add == Some(package.holder) {
            return Err("holder-is-member");
        }
        let mut members = package.members.clone();
        members.retain(|member| Some(*member) != remove);
        members.extend(add.filter(|add| !members.contains(add)));
        if members.len() > package.terms.max_members && members.len() > package.members.len() {
            return Err("too-many-members");
        }
        package.members = members;
        Ok(())
    }

    /// What is given is a package of the receiver's, on the same terms and with the same end, paid, and worth
    /// what left.
    pub(crate) fn give(
        &mut self,
        place: usize,
        to: usize,
        units: Option<u64>,
    ) -> Result<(), &'static str> {
        let (now, package) = (self.now, place);
        if !self.open_package(package)?.terms.transferable {
            return Err("package-not-transferable");
        }
        let package = self.lasting_package(package)?;
        if package.rests(now) {
            return Err("package-resting");
        }
        let is_paid = package.stage == Stage::Active && package.paid == package.price;
        if !is_paid || package.books.blocked.is_some() {
            return Err("package-unpaid");
        }
        if to == package.holder {
            return Err("transfer-to-holder");
        }
        let pools = package.pools.iter_mut().enumerate();
        let mut received = Vec::new();
        for (number, pool) in pools {
            let leaving = match units {
                Some(units) if number == 0 => units,
                Some(_) => 0,
                None => pool.available(),
            };
            let worth = pool.shift(Account::Available, Account::Given, leaving);
            let worth = worth.ok_or("units-not-available")?;
            if leaving > 0 {
                received.push((pool.covers, leaving, worth));
            }
        }
        if received.is_empty() {
            return Err("nothing-to-transfer");
        }
        let worth: u64 = received.iter().map(|(_, _, worth)| worth).sum();
        let pools = received.into_iter();
        let pools = pools.map(|(covers, units, worth)| Pool::new(covers, units, worth));
        package.price -= worth;
        package.paid -= worth;
        let given = Package {
            id: String::new(),
            sold: now * MILLIS,
            holder: to,
            members: Vec::new(),
            rest: None,
            accepted: false,
            price: worth,
            paid: worth,
            books: Books::given(place, worth),
            pools: pools.collect(),
            ..package.clone()
        };
        self.packages.push(given);
        Ok(())
    }
}
