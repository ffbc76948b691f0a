//! Any verb, by anyone, about anything.

use proptest::prelude::*;
use proptest::strategy::Union;

/// What can be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Verb {
    Sell,
    SellTerms,
    Buy,
    Offer,
    Accept,
    Decline,
    Import,
    Pay,
    ReturnPayment,
    Collect,
    RejectDebit,
    TopUp,
    Adjust,
    Freeze,
    Unfreeze,
    Extend,
    Transfer,
    ChangeMembers,
    Void,
    QuoteRefund,
    Refund,
    Expire,
    Book,
    BookSeries,
    PayBooking,
    PayExisting,
    Reschedule,
    Cancel,
    NoShow,
    Complete,
    WalkIn,
    Reverse,
    SaveMandate,
    RemoveMandate,
    EditCustomer,
    Claim,
    Erase,
    EditService,
    ChangeSettings,
    Wait,
}

impl Verb {
    /// Every verb, and how often it is asked for beside the others.
    pub(crate) const WEIGHTS: [(u32, Verb); 40] = [
        (14, Verb::Sell),
        (5, Verb::SellTerms),
        (5, Verb::Buy),
        (5, Verb::Offer),
        (9, Verb::Accept),
        (3, Verb::Decline),
        (5, Verb::Import),
        (28, Verb::Pay),
        (7, Verb::ReturnPayment),
        (16, Verb::Collect),
        (8, Verb::RejectDebit),
        (6, Verb::TopUp),
        (6, Verb::Adjust),
        (6, Verb::Freeze),
        (9, Verb::Unfreeze),
        (5, Verb::Extend),
        (12, Verb::Transfer),
        (7, Verb::ChangeMembers),
        (4, Verb::Void),
        (10, Verb::QuoteRefund),
        (14, Verb::Refund),
        (11, Verb::Expire),
        (40, Verb::Book),
        (7, Verb::BookSeries),
        (14, Verb::PayBooking),
        (12, Verb::PayExisting),
        (12, Verb::Reschedule),
        (9, Verb::Cancel),
        (12, Verb::NoShow),
        (14, Verb::Complete),
        (8, Verb::WalkIn),
        (13, Verb::Reverse),
        (6, Verb::SaveMandate),
        (5, Verb::RemoveMandate),
        (2, Verb::EditCustomer),
        (2, Verb::Claim),
        (2, Verb::Erase),
        (2, Verb::EditService),
        (6, Verb::ChangeSettings),
        (30, Verb::Wait),
    ];
}

/// A verb, and numbers of which each verb takes what it needs.
#[derive(Debug, Clone)]
pub(crate) struct Command {
    pub(crate) verb: Verb,
    /// Picks a customer.
    pub(crate) who: u8,
    /// Picks a package or a booking: below [`ODD`] one for which the verb makes sense, if there is one.
    pub(crate) which: u8,
    /// Picks one of the few ways in which the verb can be meant.
    pub(crate) what: u8,
    /// Units, cents or minutes.
    pub(crate) much: u16,
    /// Yes or no.
    pub(crate) yes: bool,
}

/// Picks from here on choose what is likely to be refused.
pub(crate) const ODD: u8 = 236;

impl Command {
    pub(crate) fn is_odd(&self) -> bool {
        self.which >= ODD
    }

    /// One of these; none where there are none.
    pub(crate) fn pick<T>(pick: u8, of: &[T]) -> Option<&T> {
        let index = usize::from(pick).checked_rem(of.len())?;
        of.get(index)
    }
}

/// What happens to a business, and the number of the day on which it begins.
pub(crate) type History = (usize, Vec<Command>);

pub(crate) fn histories() -> impl Strategy<Value = History> {
    let weighted = Verb::WEIGHTS.map(|(weight, verb)| (weight, Just(verb)));
    let any_verb = Union::new_weighted(weighted.to_vec());
    // Some that can be used first, so that most of what follows finds something to be about.
    let first = prop_oneof![
        3 => Just(Verb::Sell),
        1 => Just(Verb::Import),
        1 => Just(Verb::Offer),
        1 => Just(Verb::SaveMandate),
    ];
    let opening = prop::collection::vec(command(first), 5);
    let rest = prop::collection::vec(command(any_verb), 30..80);
    let commands = (opening, rest).prop_map(|(opening, rest)| [opening, rest].concat());
    (any::<prop::sample::Index>(), commands)
        .prop_map(|(day, commands)| (day.index(DAYS.len()), commands))
}

/// When histories begin: before the clocks change in Bucharest, both ways, and before months end.
pub(crate) const DAYS: [&str; 4] = [
    "2026-03-24T09:00:00Z",
    "2026-10-20T20:30:00Z",
    "2026-01-29T22:30:00Z",
    "2028-02-26T06:00:00Z",
];

fn command(verb: impl Strategy<Value = Verb>) -> impl Strategy<Value = Command> {
    let numbers = (
        any::<u8>(),
        any::<u8>(),
        any::<u8>(),
        any::<u16>(),
        any::<bool>(),
    );
    (verb, numbers).prop_map(|(verb, (who, which, what, much, yes))| Command {
        verb,
        who,
        which,
        what,
        much,
        yes,
    })
}
