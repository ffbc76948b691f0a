//! How histories are drawn: which commands, what happens on their way, and how often.

use proptest::prelude::*;

use super::care::{Care, cared, given};
use super::command::{BOOKINGS, Command, PLACES, Pay, SERVICES, Step, Todo, Way};
use super::moment::{start, wait};
use super::payments::payment;
use crate::prove::model::telling::Became;
use crate::prove::model::terms::TEMPLATES;
use crate::prove::pipeline::drawn::{changed, deal, offered};
use crate::prove::shop::CUSTOMERS;
use crate::prove::summary::KINDS;

fn services() -> impl Strategy<Value = Vec<usize>> {
    prop::collection::vec(0..SERVICES, 1..4)
}

fn pay() -> impl Strategy<Value = Pay> {
    prop_oneof![
        1 => Just(Pay::None),
        5 => Just(Pay::Auto),
        3 => prop::sample::subsequence(vec![0, 1, 2, 3], 1..3).prop_shuffle().prop_map(Pay::Named),
    ]
}

fn booking() -> impl Strategy<Value = usize> {
    0..=BOOKINGS
}

/// Mostly the first one.
pub(crate) fn customer() -> impl Strategy<Value = usize> {
    prop_oneof![1 => Just(0), 1 => 0..CUSTOMERS]
}

fn book() -> impl Strategy<Value = Command> {
    let asked = (
        customer(),
        0..BOOKINGS,
        services(),
        start(-40),
        pay(),
        any::<bool>(),
    );
    asked.prop_map(
        |(customer, booking, services, starts, pay, partial)| Command::Book {
            customer,
            booking,
            services,
            starts,
            pay,
            partial,
        },
    )
}

/// Two or three appointments together.
fn series() -> impl Strategy<Value = Command> {
    let one = (0..BOOKINGS, services(), start(-10));
    let asked = (
        customer(),
        prop::collection::vec(one, 2..4),
        pay(),
        any::<bool>(),
    );
    asked.prop_map(|(customer, appointments, pay, partial)| Command::Series {
        customer,
        appointments,
        pay,
        partial,
    })
}

/// Pays for what is due.
fn redeem() -> impl Strategy<Value = Command> {
    let pays = pay().prop_filter("none pays nothing", |pay| *pay != Pay::None);
    let asked = (booking(), pays, any::<bool>());
    asked.prop_map(|(booking, pay, partial)| Command::Redeem {
        booking,
        pay,
        partial,
    })
}

/// What happens to a booking that is there.
fn later() -> impl Strategy<Value = Command> {
    prop_oneof![
        2 => (booking(), start(0)).prop_map(|(booking, starts)| Command::Move { booking, starts }),
        3 => (booking(), any::<bool>()).prop_map(|(booking, waive)| Command::Cancel { booking, waive }),
        3 => booking().prop_map(|booking| Command::Complete { booking }),
        2 => booking().prop_map(|booking| Command::Miss { booking }),
        3 => booking().prop_map(|booking| Command::Reverse { booking }),
        3 => redeem(),
    ]
}

fn care(care: impl Strategy<Value = Care>) -> impl Strategy<Value = Command> {
    (0..=PLACES, care).prop_map(|(package, care)| Command::Care { package, care })
}

fn money() -> impl Strategy<Value = Command> {
    (0..=PLACES, payment()).prop_map(|(package, payment)| Command::Money { package, payment })
}

fn tell() -> impl Strategy<Value = Command> {
    let became = prop::sample::select(Became::ALL.to_vec());
    let told = (
        became,
        customer(),
        0..BOOKINGS,
        services(),
        start(-200),
        pay(),
        prop::bool::weighted(0.25),
    );
    told.prop_map(
        |(became, customer, booking, services, starts, pay, late)| Command::Tell {
            became,
            customer,
            booking,
            services,
            starts,
            pay,
            late,
        },
    )
}

fn sell() -> impl Strategy<Value = Command> {
    let sold = (customer(), 0..TEMPLATES.len());
    sold.prop_map(|(customer, template)| Command::Sell { customer, template })
}

fn offer() -> impl Strategy<Value = Command> {
    let offered = (
        customer(),
        0..TEMPLATES.len(),
        prop::option::weighted(0.7, 0i64..6),
    );
    offered.prop_map(|(customer, template, days)| Command::Offer {
        customer,
        template,
        days,
    })
}

fn walk_in() -> impl Strategy<Value = Command> {
    let asked = (customer(), services(), pay());
    asked.prop_map(|(customer, services, pay)| Command::WalkIn {
        customer,
        services,
        pay,
    })
}

fn buy() -> impl Strategy<Value = Command> {
    let bought = (customer(), 0..TEMPLATES.len());
    bought.prop_map(|(customer, template)| Command::Buy { customer, template })
}

/// What customers may ask for, mostly for themselves.
fn own() -> impl Strategy<Value = Command> {
    let answer = prop_oneof![3 => Just(Care::Accept), 1 => Just(Care::Decline)];
    let asked = prop_oneof![
        3 => book(),
        1 => series(),
        3 => redeem(),
        2 => (booking(), start(0)).prop_map(|(booking, starts)| Command::Move { booking, starts }),
        2 => booking().prop_map(|booking| Command::Cancel { booking, waive: false }),
        4 => care(answer),
    ];
    let other = prop_oneof![6 => Just(0), 1 => 1..CUSTOMERS];
    let own = (other, asked.boxed());
    own.prop_map(|(other, command)| {
        let command = Box::new(command);
        Command::By { other, command }
    })
}

/// Sometimes by a customer, mostly whom it concerns. On the heap: all of them together overflow a stack.
fn by(command: impl Strategy<Value = Command> + 'static) -> BoxedStrategy<Command> {
    let command = command.boxed();
    let other = prop_oneof![4 => Just(0), 1 => 1..CUSTOMERS];
    let by = prop::option::weighted(0.05, other);
    (by, command)
        .prop_map(|(by, command)| match by {
            Some(other) => Command::By {
                other,
                command: Box::new(command),
            },
            None => command,
        })
        .boxed()
}

/// So many in 43 besides those that are about opportunities and quotes.
fn command(deals: u32) -> impl Strategy<Value = Command> {
    let care = prop_oneof![1 => care(cared()), 1 => care(given())];
    let asked = prop_oneof![2 => sell(), 2 => offer(), 6 => book(), 2 => series(), 1 => walk_in(), 8 => later(), 8 => care, 5 => money()];
    prop_oneof![33 => by(asked), 4 => tell(), 1 => buy(), 5 => own(), deals => deal().prop_map(Command::Deal)]
}

fn way() -> impl Strategy<Value = Way> {
    let trouble = prop::sample::select(KINDS.to_vec());
    prop_oneof![
        6 => Just(Way::Clear),
        1 => Just(Way::Twice),
        4 => prop::collection::vec(trouble, 1..4).prop_map(Way::Troubled),
        2 => (0u32..6, any::<bool>()).prop_map(|(passing, arrives)| Way::Killed { passing, arrives }),
        1 => Just(Way::Stale),
    ]
}

/// What happens while several clients are at it.
fn mishap() -> impl Strategy<Value = Way> {
    let trouble = prop::sample::select(KINDS.to_vec());
    prop_oneof![
        2 => Just(Way::Clear),
        1 => prop::collection::vec(trouble, 1..5).prop_map(Way::Troubled),
        1 => (0u32..30, any::<bool>()).prop_map(|(passing, arrives)| Way::Killed { passing, arrives }),
    ]
}

/// In which order the stream tells what it has to tell; its own, or another.
fn order() -> impl Strategy<Value = u64> {
    prop_oneof![1 => Just(0), 3 => 1u64..1_000_000]
}

/// What happens while the stream tells everything at the end, and in which order it does.
pub(crate) fn ending() -> impl Strategy<Value = (Way, u64)> {
    (way(), order())
}

/// What several clients do at once.
fn clients() -> impl Strategy<Value = Vec<Vec<Todo>>> {
    // What is sold or given has an id of the server's, by which packages are preferred: it is asked for alone.
    // A walk-in's id is counted.
    let change = changed().prop_map(Command::Deal);
    let command =
        prop_oneof![4 => book(), 1 => series(), 6 => later(), 3 => care(cared()), 2 => money()];
    let command = prop_oneof![16 => by(command), 4 => change];
    let todo = prop_oneof![
        12 => command.prop_map(Todo::Do),
        4 => (0usize..12).prop_map(Todo::Copy),
        2 => (0usize..6).prop_map(Todo::Look),
        1 => Just(Todo::Due),
    ];
    prop::collection::vec(prop::collection::vec(todo, 1..4), 2..5)
}

/// A history of at most so many steps, which begins with something to draw on; in some it is much about what may
/// be sold.
pub(crate) fn history(steps: usize) -> impl Strategy<Value = Vec<Step>> {
    let sold = || sell().prop_map(|sale| Step::Do(sale, Way::Clear));
    let offered = offered().prop_map(|deals| {
        let deals = deals.into_iter().map(Command::Deal);
        deals.map(|deal| Step::Do(deal, Way::Clear)).collect()
    });
    // Boxed: unboxed they are larger than the stack of a test.
    let sold = || prop::collection::vec(sold(), 1..3).boxed();
    prop_oneof![
        3 => history_of(steps, 3, sold()).boxed(),
        2 => history_of(steps, 45, prop_oneof![1 => sold(), 3 => offered]).boxed(),
    ]
}

fn history_of(
    steps: usize,
    deals: u32,
    first: impl Strategy<Value = Vec<Step>>,
) -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        10 => (command(deals).boxed(), way()).prop_map(|(command, way)| Step::Do(command, way)),
        2 => any::<prop::sample::Index>().prop_map(|back| Step::Again(back.index(1_000))),
        2 => (clients().boxed(), mishap()).prop_map(|(clients, way)| Step::AtOnce(clients, way)),
        1 => (way(), order()).prop_map(|(way, order)| Step::Due(way, order)),
        2 => wait().prop_map(Step::Wait),
    ];
    (first, prop::collection::vec(step, 1..steps)).prop_map(|(first, then)| [first, then].concat())
}
