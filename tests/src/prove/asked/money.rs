//! What is paid for packages and comes back: entered here, or told by another system.

use serde_json::{Value, json};

use super::answer::Told;
use super::moment::at;
use crate::harness::lira;
use crate::prove::model::Model;
use crate::prove::model::books::{Method, Noted, Recorded};

/// Why payments come back, as banks call it.
pub(crate) const REASONS: [&str; 2] = ["AM04", "MD06"];

/// What another system tells of a payment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum News {
    Paid,
    Failed,
    /// For this reason; all of it where no amount is said.
    Back {
        reason: usize,
        says: bool,
    },
}

/// What happens to payments, everything named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Money {
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

impl Money {
    pub(crate) fn is_told(&self) -> bool {
        matches!(self, Money::Told { .. })
    }

    /// Whether it is known again by its key.
    pub(crate) fn has_key(&self) -> bool {
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
    pub(crate) fn name(&self) -> &'static str {
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
    pub(crate) fn request(&self, model: &Model) -> (String, Value) {
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
    pub(crate) fn event(&self, business: &str, package: &str) -> Option<(&'static str, Value)> {
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
pub(crate) fn name(named: usize) -> String {
    format!("pay-{named}")
}

impl Model {
    pub(crate) fn money(&mut self, place: usize, money: &Money) -> Told {
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
