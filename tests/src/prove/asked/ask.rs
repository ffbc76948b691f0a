//! What is asked for: a command in which everything is named.

use super::care::Care;
use super::money::Money;
use crate::prove::model::Model;
use crate::prove::model::telling::Telling;
use crate::prove::pipeline::deal::Deal;

/// What requests are called in the summary.
pub(crate) const NAMES: [&str; 61] = [
    "sell",
    "offer",
    "buy",
    "own: book",
    "own: series",
    "own: redeem",
    "own: move",
    "own: cancel",
    "own: accept",
    "own: decline",
    "accept",
    "decline",
    "book",
    "series",
    "redeem",
    "walk in",
    "reschedule",
    "cancel",
    "complete",
    "no-show",
    "reverse",
    "adjust",
    "top up",
    "void",
    "freeze",
    "unfreeze",
    "extend",
    "share",
    "give",
    "pay",
    "quote",
    "refund",
    "pay by name",
    "return",
    "told: paid",
    "told: failed",
    "told: back",
    "told: booked",
    "told: moved",
    "told: off",
    "told: done",
    "told: missed",
    "open",
    "duplicate",
    "edit",
    "move stage",
    "win",
    "lose",
    "abandon",
    "suspend",
    "resume",
    "reopen",
    "assign",
    "lines",
    "draft quote",
    "send quote",
    "accept quote",
    "reject quote",
    "withdraw quote",
    "make primary",
    "revise quote",
];

/// What should pay, the packages by the order in which they were sold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Paying {
    None,
    Auto,
    Named(Vec<usize>),
}

/// An appointment to come, or one that took place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Appointment {
    pub(crate) customer: usize,
    pub(crate) booking: usize,
    pub(crate) services: Vec<usize>,
    pub(crate) starts_at: i64,
    pub(crate) pay: Paying,
    /// Whether what nothing pays for may be due.
    pub(crate) partial: bool,
}

/// What is asked for; hours count from when the history begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Ask {
    Sell {
        customer: usize,
        template: usize,
    },
    /// By the customer themself.
    Buy {
        customer: usize,
        template: usize,
    },
    /// To be accepted through that day, or on any.
    Offer {
        customer: usize,
        template: usize,
        until: Option<i64>,
    },
    Book(Appointment),
    /// Of one customer, paid alike: every one of them or none.
    Series(Vec<Appointment>),
    WalkIn(Appointment),
    /// What is due is paid.
    Redeem {
        booking: usize,
        pay: Paying,
        partial: bool,
    },
    Move {
        booking: usize,
        starts_at: i64,
    },
    Cancel {
        booking: usize,
        waive: bool,
    },
    Complete {
        booking: usize,
    },
    Miss {
        booking: usize,
    },
    Reverse {
        booking: usize,
    },
    Care {
        package: usize,
        care: Care,
    },
    Money {
        package: usize,
        money: Money,
    },
    Tell(Telling),
    Deal(Deal),
}

/// A request or an event, which may be sent again.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) key: String,
    /// The customer who asks, with a token of their own; else the owner.
    pub(crate) by: Option<usize>,
    pub(crate) ask: Ask,
}

impl Ask {
    /// The booking that it is about.
    pub(crate) fn booking(&self) -> Option<usize> {
        match self {
            Ask::Book(asked) | Ask::WalkIn(asked) => Some(asked.booking),
            Ask::Series(all) => all.first().map(|asked| asked.booking),
            Ask::Tell(telling) => Some(telling.appointment.booking),
            Ask::Move { booking, .. }
            | Ask::Redeem { booking, .. }
            | Ask::Cancel { booking, .. }
            | Ask::Complete { booking }
            | Ask::Miss { booking }
            | Ask::Reverse { booking } => Some(*booking),
            Ask::Sell { .. }
            | Ask::Offer { .. }
            | Ask::Buy { .. }
            | Ask::Care { .. }
            | Ask::Money { .. }
            | Ask::Deal(_) => None,
        }
    }

    /// The opportunity that it is about.
    pub(crate) fn opportunity(&self, model: &Model) -> Option<usize> {
        if let Ask::Deal(deal) = self {
            return deal.opportunity(model);
        }
        None
    }

    /// Whether a package is chosen to pay, of those that there were.
    pub(crate) fn chooses(&self, at_completion: bool) -> bool {
        match self {
            Ask::Book(_)
            | Ask::Series(_)
            | Ask::WalkIn(_)
            | Ask::Redeem { .. }
            | Ask::Move { .. } => true,
            Ask::Cancel { .. } | Ask::Complete { .. } | Ask::Miss { .. } => at_completion,
            Ask::Sell { .. }
            | Ask::Offer { .. }
            | Ask::Buy { .. }
            | Ask::Reverse { .. }
            | Ask::Care { .. }
            | Ask::Money { .. }
            | Ask::Tell(_) => false,
            // What is copied is what there was.
            Ask::Deal(deal) => matches!(deal, Deal::Duplicate { .. }),
        }
    }

    /// Every request after which a booking has that status, without a key.
    pub(crate) fn that_resolve(booking: usize, status: &str) -> Vec<Self> {
        match status {
            "cancelled" => {
                let either = [true, false].into_iter();
                either.map(|waive| Ask::Cancel { booking, waive }).collect()
            }
            "completed" => vec![Ask::Complete { booking }],
            "no-show" => vec![Ask::Miss { booking }],
            _ => Vec::new(),
        }
    }

    /// Whether the client's key tells repetitions apart.
    pub(crate) fn has_key(&self) -> bool {
        match self {
            Ask::Sell { .. }
            | Ask::Offer { .. }
            | Ask::Buy { .. }
            | Ask::Redeem { .. }
            | Ask::Move { .. }
            | Ask::Reverse { .. }
            | Ask::Care { .. } => true,
            Ask::Money { money, .. } => money.has_key(),
            Ask::Book(_)
            | Ask::Series(_)
            | Ask::WalkIn(_)
            | Ask::Cancel { .. }
            | Ask::Complete { .. }
            | Ask::Miss { .. }
            | Ask::Tell(_) => false,
            Ask::Deal(deal) => deal.has_key(),
        }
    }

    /// What it is called in the summary.
    pub(crate) fn name(&self) -> &'static str {
        match self {
            Ask::Sell { .. } => "sell",
            Ask::Offer { .. } => "offer",
            Ask::Buy { .. } => "buy",
            Ask::Book(_) => "book",
            Ask::Series(_) => "series",
            Ask::WalkIn(_) => "walk in",
            Ask::Redeem { .. } => "redeem",
            Ask::Move { .. } => "reschedule",
            Ask::Cancel { .. } => "cancel",
            Ask::Complete { .. } => "complete",
            Ask::Miss { .. } => "no-show",
            Ask::Reverse { .. } => "reverse",
            Ask::Care { care, .. } => care.name(),
            Ask::Money { money, .. } => money.name(),
            Ask::Tell(telling) => telling.became.name(),
            Ask::Deal(deal) => deal.name(),
        }
    }
}

impl Request {
    /// What it is called in the summary.
    pub(crate) fn name(&self) -> &'static str {
        let own = self.by.and_then(|_| self.ask.own_name());
        own.unwrap_or(self.ask.name())
    }
}
