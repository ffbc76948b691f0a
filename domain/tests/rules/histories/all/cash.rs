//! The money of the journal, told once more: what came in for each package, and what went back.

use std::collections::{BTreeMap, BTreeSet};

use domain::PackageId;
use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{Account, Package, Payment, PaymentMethod, Stage, instalment_of};

use super::ledger::{Ledger, value};

/// What was to be paid for a package and what was, in minor units.
#[derive(Debug, Default, Clone)]
pub(super) struct Cash {
    /// Where its units came from, if somebody gave them.
    origin: Option<PackageId>,
    /// What is to be paid.
    price: i128,
    /// What counts as paid.
    paid: i128,
    /// What came in, all told; of an imported package, before it came here.
    came_in: i128,
    returned: i128,
    refunded: i128,
    /// What came back after it had been paid back, so that it is owed once more.
    owed_again: i128,
    /// What came back, less what has been paid since.
    missing: i128,
    /// What was collected and neither arrived nor was rejected, by instalment.
    in_flight: BTreeMap<u8, i128>,
    /// The instalments whose debits were rejected.
    rejected: BTreeSet<u8>,
    /// The last instalment that was collected.
    collected: u8,
    /// What came with its units, and what of that came back since.
    came_with: i128,
    withdrawn: i128,
}

impl Cash {
    fn owed_for(package: &Package) -> Self {
        Self {
            price: package.terms.price.amount_minor().into(),
            ..Self::default()
        }
    }
}

impl Cash {
    /// What is on its way arrives by the debit that is named, or the oldest where none is; what is not
    /// can only be paid beside it.
    fn pay(&mut self, package: PackageId, payment: &Payment) {
        let amount = i128::from(payment.amount.amount_minor());
        let free = self.price - self.paid - self.in_flight.values().sum::<i128>();
        let mut left = amount;
        if payment.method == PaymentMethod::DirectDebit {
            let named = payment.reference.as_ref();
            let named = named.and_then(|named| instalment_of(package, named.as_str()));
            let of: Vec<u8> = match named {
                Some(named) if self.in_flight.contains_key(&named) => vec![named],
                Some(named) => {
                    assert!(self.rejected.remove(&named), "{named} twice: {self:?}");
                    Vec::new()
                }
                None => self.in_flight.keys().copied().collect(),
            };
            for number in of {
                let debit = self.in_flight.get_mut(&number).unwrap();
                let arrived = left.min(*debit);
                *debit -= arrived;
                left -= arrived;
            }
            self.in_flight.retain(|_, amount| *amount > 0);
        }
        assert!(left <= free, "{left} of {free}: {self:?}");
        self.paid += amount;
        self.came_in += amount;
        self.missing = (self.missing - amount).max(0);
    }
}

impl Ledger {
    pub(super) fn post_cash(&mut self, entry: &Entry) {
        if let Fact::PackageSold(made) | Fact::PackageOffered(made) = &entry.fact {
            self.cash.insert(made.id, Cash::owed_for(made));
        }
        if let Fact::PackageImported(made) = &entry.fact {
            let paid = made.standing.paid_minor.into();
            let cash = Cash {
                paid,
                came_in: paid,
                ..Cash::owed_for(made)
            };
            self.cash.insert(made.id, cash);
        }
        if let Fact::PackageChanged { package, change } = &entry.fact {
            self.change(*package, change, entry);
        }
    }

    fn change(&mut self, package: PackageId, change: &PackageChange, entry: &Entry) {
        let cash = self.cash.get_mut(&package).unwrap();
        match change {
            PackageChange::ToppedUp(price) => cash.price += i128::from(price.amount_minor()),
            PackageChange::Voided(_) => cash.price = 0,
            PackageChange::Paid(payment) => cash.pay(package, payment),
            PackageChange::PaymentReturned(returned) => {
                let amount = i128::from(returned.amount.amount_minor());
                cash.returned += amount;
                self.take_off(package, amount);
            }
            PackageChange::Collected(collected) => {
                for debit in &collected.debits {
                    let number = debit.instalment;
                    assert!(number > cash.collected, "each once: {entry:?}");
                    cash.collected = number;
                    let amount = i128::from(debit.amount.amount_minor());
                    cash.in_flight.insert(number, amount);
                }
            }
            PackageChange::DebitRejected(rejected) => {
                let number = instalment_of(package, rejected.id.as_str()).unwrap();
                let amount = i128::from(rejected.amount.amount_minor());
                assert_eq!(cash.in_flight.remove(&number), Some(amount));
                cash.rejected.insert(number);
            }
            PackageChange::Refunded { amount, .. } => {
                let amount = i128::from(amount.amount_minor());
                assert!(amount <= cash.paid, "{amount} of {cash:?}");
                cash.refunded += amount;
                cash.paid -= amount;
                cash.price = cash.paid;
            }
            PackageChange::Transferred(made) => {
                let gone = entry.lines.iter().filter(|l| l.package == package);
                let gone = gone.filter(|l| l.to == Some(Account::Transferred));
                let worth = gone.map(value).sum::<i128>();
                cash.paid -= worth;
                cash.price -= worth;
                let received = Cash {
                    origin: Some(package),
                    price: worth,
                    paid: worth,
                    came_with: worth,
                    ..Cash::default()
                };
                self.cash.insert(made.id, received);
            }
            // None of them is about money.
            PackageChange::Accepted
            | PackageChange::Declined
            | PackageChange::Expired
            | PackageChange::Adjusted(_)
            | PackageChange::Frozen
            | PackageChange::Unfrozen
            | PackageChange::Extended(_)
            | PackageChange::MembersChanged { .. }
            | PackageChange::PaymentFailed(_)
            | PackageChange::ReturnForetold(_)
            | PackageChange::RefundConfirmed(_)
            | PackageChange::RefundQuoted(_) => {}
        }
    }

    /// A payment that came back is missing where it was made. As far as that is not enough, what was paid
    /// back there is owed once more; then it is missing where the units went, at most as much as came
    /// with them. What even so was not there had been paid back elsewhere.
    fn take_off(&mut self, package: PackageId, amount: i128) {
        let cash = self.cash.get_mut(&package).unwrap();
        let own = amount.min(cash.paid);
        cash.paid -= own;
        cash.missing += own;
        let reclaimed = (amount - own).min((cash.refunded - cash.owed_again).max(0));
        let mut left = amount - own - reclaimed;
        let mut reached = vec![(package, left)];
        let mut next = 0;
        while let Some((giver, passed_on)) = reached.get(next).copied() {
            let given = self.cash.iter_mut();
            for (id, cash) in given.filter(|(_, cash)| cash.origin == Some(giver)) {
                let within = passed_on.min(cash.came_with - cash.withdrawn);
                let taken = left.min(within).min(cash.paid);
                cash.paid -= taken;
                cash.missing += taken;
                cash.withdrawn += taken;
                left -= taken;
                reached.push((*id, within - taken));
            }
            next += 1;
        }
        let cash = self.cash.get_mut(&package).unwrap();
        cash.price += left + reclaimed;
        cash.missing += left + reclaimed;
        cash.owed_again += left + reclaimed;
    }

    pub(super) fn price(&self, package: PackageId) -> i128 {
        self.cash[&package].price
    }

    pub(super) fn paid(&self, package: PackageId) -> i128 {
        self.cash[&package].paid
    }

    pub(super) fn owed_again(&self, package: PackageId) -> i128 {
        self.cash[&package].owed_again
    }

    pub(super) fn cash_agrees_with(&self, package: &Package) {
        let (cash, standing) = (&self.cash[&package.id], &package.standing);
        assert_eq!(cash.price, i128::from(standing.price_minor), "{package:?}");
        assert_eq!(cash.paid, i128::from(standing.paid_minor), "{package:?}");
        let missing = i128::from(standing.returned_minor);
        assert_eq!(cash.missing, missing, "{package:?}");
        assert!(missing == 0 || standing.blocked, "{package:?}");
        let debits = standing.debit.iter().flat_map(|debit| &debit.in_flight);
        let debits = debits.map(|(number, amount)| (*number, i128::from(*amount)));
        assert_eq!(cash.in_flight, debits.collect(), "{package:?}");
        // Never more than is to be paid, whatever arrives yet.
        let arriving = cash.in_flight.values().sum::<i128>();
        let paid = cash.paid >= 0 && cash.paid + arriving <= cash.price;
        assert!(paid || standing.stage == Stage::Voided, "{cash:?}");
    }

    /// Wherever the units went: what counts as paid is what came in, less what came back or was paid
    /// back; and nobody is paid back more than somebody had paid.
    pub(super) fn no_money_is_made_or_lost(&self) {
        let mut families = BTreeMap::<PackageId, Cash>::new();
        for (id, cash) in &self.cash {
            let family = families.entry(self.first(*id)).or_default();
            family.paid += cash.paid;
            family.came_in += cash.came_in;
            family.returned += cash.returned;
            family.refunded += cash.refunded;
            family.owed_again += cash.owed_again;
        }
        for family in families.values() {
            let kept = family.came_in - family.returned - family.refunded;
            assert_eq!(family.paid, kept + family.owed_again, "{:?}", self.cash);
            assert!(family.owed_again <= family.refunded, "{:?}", self.cash);
        }
    }

    fn first(&self, id: PackageId) -> PackageId {
        let origin = self.cash[&id].origin;
        origin.map_or(id, |origin| self.first(origin))
    }
}
