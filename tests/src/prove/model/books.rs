//! What was paid for the model's packages, payment by payment, and what has to be paid when.

use chrono::{Datelike, NaiveDate};

use super::Model;
use super::holdings::Package;
use crate::prove::asked::answer::Told;
use crate::prove::asked::moment::{MILLIS, date};

/// How somebody paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Method {
    Cash,
    Card,
    Transfer,
}

/// A payment that was recorded.
#[derive(Debug, Clone)]
pub(crate) struct Recorded {
    /// Its entry's id, once that is known.
    pub(crate) id: String,
    pub(crate) amount: u64,
    pub(crate) method: Method,
    /// Which of the names that payments have elsewhere.
    pub(crate) named: Option<usize>,
    /// Why it came back, and what was answered, if somebody here said so.
    pub(crate) back: Option<usize>,
    pub(crate) answered: Option<Told>,
}

/// That a payment came back which is not recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Noted {
    pub(crate) named: usize,
    pub(crate) amount: Option<u64>,
    pub(crate) reason: usize,
}

/// The payments of a package, and what came of them. All sums are minor units.
#[derive(Debug, Clone, Default)]
pub(crate) struct Books {
    pub(crate) payments: Vec<Recorded>,
    /// What was noted, and when it happened there.
    pub(crate) notes: Vec<(Noted, i64)>,
    /// It pays only as far as it is paid: since when, by the clock of who told it.
    pub(crate) blocked: Option<i64>,
    /// What came back, less what was paid since.
    pub(crate) returned: u64,
    /// What came back of the money that its units came with.
    pub(crate) withdrawn: u64,
    /// What is to be paid for no units: it was paid back, and came back to who had paid it, too.
    pub(crate) again: u64,
    /// What was paid back.
    pub(crate) paid_back: u64,
    /// Whether anything of its payments was told by another system.
    pub(crate) heard: bool,
    /// Which instalments were told to be due, or (true) overdue; 0 is the deposit.
    pub(crate) told: Vec<(bool, u32)>,
    /// The ends of a pass that were told.
    pub(crate) ends_told: Vec<Option<i64>>,
    /// Who bought it online, and until when something must be paid of it.
    pub(crate) buyer: Option<usize>,
    pub(crate) pay_until: Option<i64>,
    /// The package that its units were given from, and the money that came with them.
    pub(crate) origin: Option<(usize, u64)>,
}

/// A part of the price: of the plan's, by its number, the deposit's is 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) number: Option<u32>,
    /// The day on which it is due.
    pub(crate) due_on: Option<i64>,
    pub(crate) amount: u64,
    pub(crate) paid: u64,
}

impl Method {
    pub(crate) const ALL: [Method; 3] = [Method::Cash, Method::Card, Method::Transfer];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Method::Cash => "cash",
            Method::Card => "card",
            Method::Transfer => "transfer",
        }
    }
}

impl Recorded {
    pub(crate) fn new(amount: u64, method: Method, named: Option<usize>) -> Self {
        Self {
            id: String::new(),
            amount,
            method,
            named,
            back: None,
            answered: None,
        }
    }
}

impl Books {
    /// Of what was given from that package, with so much money.
    pub(crate) fn given(origin: usize, money: u64) -> Self {
        Self {
            origin: Some((origin, money)),
            ..Self::default()
        }
    }
}

impl Part {
    pub(crate) fn left(&self) -> u64 {
        self.amount - self.paid
    }
}

impl Package {
    /// What has to be paid before it can be used: all of its price where it was bought online and no deposit is
    /// asked for. Nothing for what was given.
    pub(crate) fn deposit(&self) -> Option<u64> {
        let terms = self.terms;
        let all = self
            .books
            .buyer
            .map(|_| self.agreed)
            .filter(|price| *price > 0);
        let deposit = terms.deposit.or(all);
        deposit.filter(|_| self.books.origin.is_none())
    }

    /// The parts of the price, in the order in which payments fill them: the deposit, on the day of the sale; those
    /// of the plan, which share the rest of the price that was agreed; then all else, at any time. What was taken
    /// off the price is taken off the last ones; what was given has neither deposit nor plan.
    pub(crate) fn parts(&self) -> Vec<Part> {
        let sold_on = Model::day(self.sold.div_euclid(MILLIS));
        let terms = self.terms;
        let mut all = Vec::new();
        if self.books.origin.is_none() {
            let deposit = self.deposit().unwrap_or_default();
            all.push((Some(0), Some(sold_on), deposit));
            if let Some((count, day)) = terms.plan {
                let rest = self.agreed.saturating_sub(deposit);
                let days = plan_days(sold_on, day).take(count as usize);
                for (number, due_on) in (1..).zip(days) {
                    let more = u64::from(u64::from(number) <= rest % u64::from(count));
                    let share = rest / u64::from(count) + more;
                    all.push((Some(number), Some(due_on), share));
                }
            }
        }
        all.push((None, None, u64::MAX));
        let (mut price, mut paid) = (self.price, self.paid);
        let mut parts = Vec::new();
        for (number, due_on, most) in all {
            let amount = most.min(price);
            let filled = amount.min(paid);
            price -= amount;
            paid -= filled;
            parts.push(Part {
                number,
                due_on,
                amount,
                paid: filled,
            });
        }
        parts.retain(|part| part.amount > 0);
        parts
    }

    /// What should have been paid by that day and is not.
    pub(crate) fn overdue(&self, day: i64) -> u64 {
        let parts = self.parts().into_iter();
        let due = parts.filter(|part| part.due_on.is_some_and(|due_on| due_on <= day));
        due.map(|part| part.left()).sum()
    }
}

/// The days of a plan after the sale: that of the month, or the last one of a month that has no such day.
fn plan_days(sold_on: i64, day: u32) -> impl Iterator<Item = i64> {
    let of_month = |day: i64| -> NaiveDate { date(day).parse().unwrap() };
    (sold_on + 1..).filter(move |on| {
        let (today, tomorrow) = (of_month(*on), of_month(*on + 1));
        today.day() == day || today.day() < day && tomorrow.day() == 1
    })
}
