//! What is paid for the model's packages, and paid back.

use super::Model;
use super::books::{Method, Recorded};
use super::holdings::{Quote, Stage};
use super::pools::{Account, Pool};
use crate::prove::asked::answer::{Quoted, Told};

/// For how many hours a quote is good.
const QUOTE_HOURS: i64 = 24;

impl Model {
    /// At the desk.
    pub(crate) fn pay(&mut self, place: usize, amount: u64) -> Told {
        self.record(place, Recorded::new(amount, Method::Cash, None))
    }

    /// What was paid, in proportion to what is left, and at most what was paid and not earned.
    pub(crate) fn quote(&mut self, place: usize) -> Told {
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
            // What is to be paid again was paid for no units.
            let paid = package.paid.saturating_sub(package.books.again);
            let part = (paid * left).checked_div(price).unwrap_or_default();
            let amount = part.min(paid.saturating_sub(price - left));
            let quoted = Quoted {
                package: place,
                pools: package.pools.iter().map(Pool::left).collect(),
                price,
                paid,
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
    pub(crate) fn refund(&mut self, place: usize, quote: usize) -> Told {
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
        package.books.paid_back += quote.amount;
        package.price = package.paid;
        package.pools.iter_mut().for_each(Pool::pay_back);
        self.entries += 1;
        Told::Packages(200, vec![self.displayed(place)])
    }
}
