//! What is paid for the model's packages, and paid back.

use super::answer::{Quoted, Told};
use super::holdings::{Quote, Stage};
use super::model::Model;
use super::pools::{Account, Pool};

/// For how many hours a quote is good.
const QUOTE_HOURS: i64 = 24;

impl Model {
    /// What waited for its deposit can be used once that is paid.
    pub(super) fn pay(&mut self, place: usize, amount: u64) -> Told {
        let package = &mut self.packages[place];
        if !package.is_open() {
            return Told::refused(409, "not-payable");
        }
        if amount == 0 {
            return Told::refused(422, "payment-of-nothing");
        }
        if package.paid + amount > package.price {
            return Told::refused(409, "payment-too-large");
        }
        package.paid += amount;
        package.changes += 1;
        let needed = package.terms.deposit.unwrap_or_default();
        if package.stage == Stage::Waits && package.paid >= needed {
            package.stage = Stage::Active;
        }
        self.entries += 1;
        Told::Paid(amount, Box::new(self.displayed(place)))
    }

    /// What was paid, in proportion to what is left, and at most what was paid and not earned.
    pub(super) fn quote(&mut self, place: usize) -> Told {
        let now = self.now;
        let package = &self.packages[place];
        let sums = package.pools.iter().map(Pool::price_and_worth);
        let (price, left) = sums.fold((0, 0), |(price, left), (of, worth)| {
            (price + of, left + worth)
        });
        let why_not = if let Err(code) = package.must_be_open() {
            code
        } else if package.ended(now) {
            "package-ended"
        } else if package.has_any(&[Account::Held]) {
            "units-held"
        } else if !package.has_any(&[Account::Available]) && left == 0 {
            "nothing-to-refund"
        } else {
            let part = (package.paid * left).checked_div(price).unwrap_or_default();
            let amount = part.min(package.paid.saturating_sub(price - left));
            let quoted = Quoted {
                package: place,
                pools: package.pools.iter().map(Pool::left).collect(),
                price,
                paid: package.paid,
                amount,
                until: now + QUOTE_HOURS,
            };
            self.quotes.push(Quote {
                id: String::new(),
                package: place,
                amount,
                at: now,
                changes: package.changes,
            });
            self.entries += 1;
            return Told::Quote(quoted);
        };
        Told::refused(409, why_not)
    }

    /// Everything that is left is paid back as it was quoted, and nothing is to be paid any more.
    pub(super) fn refund(&mut self, place: usize, quote: usize) -> Told {
        let (now, quote) = (self.now, self.quotes[quote].clone());
        let package = &mut self.packages[place];
        if let Err(code) = package.must_be_open() {
            return Told::refused(409, code);
        }
        if quote.package != place {
            return Told::refused(404, "refund-quote-not-found");
        }
        if quote.at + QUOTE_HOURS <= now {
            return Told::refused(409, "refund-quote-expired");
        }
        if quote.changes != package.changes {
            return Told::refused(409, "refund-quote-outdated");
        }
        package.stage = Stage::Refunded;
        package.changes += 1;
        package.paid -= quote.amount;
        package.price = package.paid;
        package.pools.iter_mut().for_each(Pool::pay_back);
        self.entries += 1;
        Told::Packages(200, vec![self.displayed(place)])
    }
}
