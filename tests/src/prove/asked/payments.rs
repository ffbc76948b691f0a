//! Payments that histories have: which are made, told and come back.

use proptest::prelude::*;

use super::command::PLACES;
use super::money::{Money, News, REASONS};
use crate::prove::model::Model;
use crate::prove::model::books::Method;
use crate::prove::model::holdings::Package;

/// How many names payments have elsewhere.
const NAMED: usize = 6;

/// What happens to payments; of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Payment {
    Made {
        sum: usize,
        method: Method,
        named: Option<usize>,
    },
    /// One of the package's, counted round; or of another package's.
    Returned {
        number: usize,
        reason: usize,
        elsewhere: bool,
    },
    Told {
        news: News,
        sum: usize,
        named: usize,
        hours_ago: i64,
    },
}

impl Payment {
    /// The package that it is of: counted round one of those that it is made for, but for the last place.
    fn fitting(&self, model: &Model, place: usize) -> Option<usize> {
        let to_pay = |package: &Package| package.price > package.paid;
        let of_name = |package: &Package, name: usize| {
            let mut payments = package.books.payments.iter();
            payments.any(|payment| payment.named == Some(name))
        };
        let noted = |package: &Package, name: usize| {
            let mut notes = package.books.notes.iter();
            notes.any(|(noted, _)| noted.named == name)
        };
        // What comes back first is to be paid then, and what is paid to come back.
        let one_half = place.is_multiple_of(2);
        let fits = |package: &Package| match self {
            Payment::Made { .. } => to_pay(package),
            Payment::Returned { .. } => {
                let mut payments = package.books.payments.iter();
                payments.any(|payment| payment.method == Method::Card && payment.back.is_none())
            }
            Payment::Told {
                news: News::Paid,
                named,
                ..
            } if one_half && model.packages.iter().any(|one| noted(one, *named)) => {
                noted(package, *named) && to_pay(package)
            }
            Payment::Told {
                news: News::Paid,
                named,
                ..
            } => to_pay(package) || of_name(package, *named),
            Payment::Told {
                news: News::Back { .. },
                named,
                ..
            } => one_half == of_name(package, *named) && package.price > 0,
            Payment::Told {
                news: News::Failed, ..
            } => true,
        };
        let packages = model.packages.iter().enumerate();
        let fitting = packages.filter(|(_, package)| place < PLACES && fits(package));
        let fitting: Vec<usize> = fitting.map(|(place, _)| place).collect();
        match place.checked_rem(fitting.len()) {
            Some(place) => Some(fitting[place]),
            None => place.checked_rem(model.packages.len()),
        }
    }

    /// With everything named, as it is by now; none where there is no payment to come back.
    pub(crate) fn named(&self, model: &Model, place: usize) -> Option<(usize, Money)> {
        let package = self.fitting(model, place)?;
        let payments = &model.packages[package].books.payments;
        let money = match *self {
            Payment::Made { sum, method, named } => {
                // Two of one name, entered here, could not be told apart.
                let taken = payments
                    .iter()
                    .any(|one| one.named.is_some() && one.named == named);
                Money::Made {
                    amount: amount_of(model, package, (sum, model.now)),
                    method,
                    named: named.filter(|_| !taken),
                }
            }
            Payment::Returned {
                number,
                reason,
                elsewhere,
            } => {
                let others = model.packages.iter().enumerate();
                let mut others = others
                    .filter(|(other, one)| *other != package && !one.books.payments.is_empty());
                let of = match elsewhere {
                    true => others.next()?.0,
                    false => package,
                };
                let payments = &model.packages[of].books.payments;
                let back = number.checked_rem(payments.len())?;
                let number = payments.len() - 1 - back;
                let payment = (of, number);
                Money::Returned { payment, reason }
            }
            Payment::Told {
                news,
                sum,
                named,
                hours_ago,
            } => {
                let at = model.now - hours_ago;
                let known = payments.iter().find(|one| one.named == Some(named));
                let notes = &model.packages[package].books.notes;
                let mut notes = notes.iter().filter(|(noted, _)| noted.named == named);
                let known = match known {
                    Some(known) => Some(known.amount),
                    None => notes.find_map(|(noted, _)| noted.amount),
                };
                let amount = match known {
                    Some(known) if sum < 5 => known,
                    _ => amount_of(model, package, (sum, at)),
                };
                Money::Told {
                    news,
                    named,
                    amount,
                    at,
                }
            }
        };
        Some((package, money))
    }
}

/// One of the sums that are to be paid of it; or one that is not.
fn amount_of(model: &Model, package: usize, (sum, at): (usize, i64)) -> u64 {
    let mut sums = model.payable(package, at);
    sums.retain(|sum| *sum > 0);
    let owed = model.packages[package].price - model.packages[package].paid;
    match (sum, sum.checked_rem(sums.len())) {
        (0..=4, Some(one)) => sums[one],
        (5, _) => owed * 3 / 10,
        (6, _) => 0,
        _ => owed + 1,
    }
}

/// What happens to payments, at once with other things or not.
pub(crate) fn payment() -> impl Strategy<Value = Payment> {
    let sum = || prop_oneof![8 => 0usize..4, 1 => 5usize..8];
    let method = prop_oneof![4 => Just(Method::Card), 1 => Just(Method::Transfer)];
    let made = (sum(), method, prop::option::weighted(0.5, 0..NAMED));
    let returned = (0usize..3, 0..REASONS.len(), prop::bool::weighted(0.1));
    let back =
        (0..REASONS.len(), any::<bool>()).prop_map(|(reason, says)| News::Back { reason, says });
    let news = prop_oneof![4 => Just(News::Paid), 1 => Just(News::Failed), 3 => back];
    let hours_ago = prop_oneof![2 => Just(0), 1 => 0i64..60];
    let told = (news, sum(), 0..NAMED, hours_ago);
    prop_oneof![
        3 => made.prop_map(|(sum, method, named)| Payment::Made { sum, method, named }),
        3 => returned.prop_map(|(number, reason, elsewhere)| Payment::Returned { number, reason, elsewhere }),
        6 => told.prop_map(|(news, sum, named, hours_ago)| Payment::Told { news, sum, named, hours_ago }),
    ]
}
