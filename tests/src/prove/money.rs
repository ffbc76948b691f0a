//! What is paid for packages and comes back: entered here, or told by another system.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::answer::Told;
use super::books::{Method, Noted, Recorded};
use super::command::PLACES;
use super::holdings::Package;
use super::model::Model;
use super::moment::at;
use crate::harness::lira;

/// Why payments come back, as banks call it.
pub(super) const REASONS: [&str; 2] = ["AM04", "MD06"];
/// How many names payments have elsewhere.
const NAMED: usize = 6;

/// What another system tells of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum News {
    Paid,
    Failed,
    /// For this reason; all of it where no amount is said.
    Back {
        reason: usize,
        says: bool,
    },
}

/// What happens to payments; of a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Payment {
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

/// The same, with everything named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Money {
    Made {
        amount: u64,
        method: Method,
        named: Option<usize>,
    },
    Returned {
        payment: (usize, usize),
        reason: usize,
    },
    Told {
        news: News,
        named: usize,
        amount: u64,
        at: i64,
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
            } => to_pay(package) || of_name(package, *named),
            Payment::Told {
                news: News::Back { .. },
                named,
                ..
            } => of_name(package, *named),
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
    pub(super) fn named(&self, model: &Model, place: usize) -> Option<(usize, Money)> {
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
                let amount = match known {
                    Some(known) if sum < 5 => known.amount,
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

impl Money {
    pub(super) fn is_told(&self) -> bool {
        matches!(self, Money::Told { .. })
    }

    /// Whether it is known again by its key.
    pub(super) fn has_key(&self) -> bool {
        matches!(
            self,
            Money::Made { .. }
                | Money::Told {
                    news: News::Failed,
                    ..
                }
        )
    }

    /// What it is called in the summary.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Money::Made { .. } => "pay by name",
            Money::Returned { .. } => "return",
            Money::Told {
                news: News::Paid, ..
            } => "told: paid",
            Money::Told {
                news: News::Failed, ..
            } => "told: failed",
            Money::Told {
                news: News::Back { .. },
                ..
            } => "told: back",
        }
    }

    /// The end of its path, and its body, where it is a request.
    pub(super) fn request(&self, model: &Model) -> (String, Value) {
        match self {
            Money::Made {
                amount,
                method,
                named,
            } => {
                let named = named.map(name);
                let body =
                    json!({"amount": lira(*amount), "method": method.name(), "reference": named});
                ("payments".to_owned(), body)
            }
            Money::Returned {
                payment: (of, number),
                reason,
            } => {
                let id = &model.packages[*of].books.payments[*number].id;
                (
                    format!("payments/{id}/return"),
                    json!({"reason": REASONS[*reason]}),
                )
            }
            Money::Told { .. } => unreachable!("it is an event"),
        }
    }

    /// The kind of the event and its detail, where it is told of that package.
    pub(super) fn event(&self, business: &str, package: &str) -> Option<(&'static str, Value)> {
        let Money::Told {
            news,
            named,
            amount,
            at: occurred_at,
        } = self
        else {
            return None;
        };
        let mut detail = json!({
            "version": 1, "business_id": business, "reference": package, "payment_id": name(*named),
            "amount": lira(*amount), "occurred_at": at(*occurred_at),
        });
        Some(match news {
            News::Paid => ("PaymentSucceeded", detail),
            News::Failed => {
                detail["reason"] = json!("declined");
                ("PaymentFailed", detail)
            }
            News::Back { reason, says } => {
                detail["reason"] = json!(REASONS[*reason]);
                if !says {
                    detail["amount"] = Value::Null;
                }
                ("PaymentReturned", detail)
            }
        })
    }
}

/// What payments are called elsewhere.
pub(super) fn name(named: usize) -> String {
    format!("pay-{named}")
}

impl Model {
    pub(super) fn money(&mut self, place: usize, money: &Money) -> Told {
        match *money {
            Money::Made {
                amount,
                method,
                named,
            } => self.record(place, Recorded::new(amount, method, named)),
            Money::Returned { payment, reason } => self.take_back(place, payment, reason),
            Money::Told {
                news: News::Paid,
                named,
                amount,
                at,
            } => self.told_paid(place, (named, amount), at),
            Money::Told {
                news: News::Failed, ..
            } => self.told_failed(),
            Money::Told {
                news: News::Back { reason, says },
                named,
                amount,
                at,
            } => {
                let amount = says.then_some(amount);
                self.told_back(
                    place,
                    Noted {
                        named,
                        amount,
                        reason,
                    },
                    at,
                )
            }
        }
    }
}

/// What happens to payments, at once with other things or not.
pub(super) fn payment() -> impl Strategy<Value = Payment> {
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
