//! What clients ask for, and what happens on the way.

use super::care::Care;
use super::moment::When;
use super::payments::Payment;
use crate::harness::Trouble;
use crate::prove::model::telling::Became;
use crate::prove::pipeline::deal::Deal;

/// How many services there are, and how many bookings have an id that a client chose.
pub(crate) const SERVICES: usize = 3;
pub(crate) const BOOKINGS: usize = 14;
/// How many places packages are counted round by.
pub(crate) const PLACES: usize = 5;

/// What should pay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Pay {
    None,
    Auto,
    /// Packages by the order in which they were sold, counted round: of those that the customer may redeem
    /// from, but for the last one, which may be anybody's.
    Named(Vec<usize>),
}

/// A command. Bookings and packages are named by place, counted round, so that a shorter history still makes
/// sense.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Command {
    Sell {
        customer: usize,
        template: usize,
    },
    Buy {
        customer: usize,
        template: usize,
    },
    /// Asked for by a customer: by the one whom it concerns, or another, counted round from that.
    By {
        other: usize,
        command: Box<Command>,
    },
    /// With so many days to accept it after today's, or any.
    Offer {
        customer: usize,
        template: usize,
        days: Option<i64>,
    },
    Book {
        customer: usize,
        booking: usize,
        services: Vec<usize>,
        starts: When,
        pay: Pay,
        partial: bool,
    },
    /// Several appointments together, paid alike: every one of them or none.
    Series {
        customer: usize,
        appointments: Vec<(usize, Vec<usize>, When)>,
        pay: Pay,
        partial: bool,
    },
    /// What is due of an appointment to come is paid by packages.
    Redeem {
        booking: usize,
        pay: Pay,
        partial: bool,
    },
    Move {
        booking: usize,
        starts: When,
    },
    Cancel {
        booking: usize,
        waive: bool,
    },
    Complete {
        booking: usize,
    },
    WalkIn {
        customer: usize,
        services: Vec<usize>,
        pay: Pay,
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
        payment: Payment,
    },
    /// Another system tells of an appointment: now, or when it is sent again.
    Tell {
        became: Became,
        customer: usize,
        booking: usize,
        services: Vec<usize>,
        starts: When,
        pay: Pay,
        late: bool,
    },
    Deal(Deal),
}

/// What happens between the functions and the database while a command is carried out.
#[derive(Debug, Clone)]
pub(crate) enum Way {
    Clear,
    /// Two copies at once: what is done for them is done for one.
    Twice,
    Troubled(Vec<Trouble>),
    /// The handler is killed at its request of this number, which may have arrived; and the client asks again.
    Killed {
        passing: u32,
        arrives: bool,
    },
    /// What need not be read as it is by now is read as it was.
    Stale,
}

/// What one of several clients does.
#[derive(Debug, Clone)]
pub(crate) enum Todo {
    Do(Command),
    /// The same request as one of the others, counted round.
    Copy(usize),
    /// Looks at a package, counted round.
    Look(usize),
    /// Does what is due.
    Due,
}

/// A step of a history.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    Do(Command, Way),
    /// A request of before, counted round, sent once more.
    Again(usize),
    /// From several clients at once.
    AtOnce(Vec<Vec<Todo>>, Way),
    /// What is due is done, after the stream has told of it in that order; and then once more.
    Due(Way, u64),
    /// Hours go by.
    Wait(When),
}
