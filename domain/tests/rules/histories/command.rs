//! What can happen to a business, at random.

use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::{Money, ServiceId};
use proptest::prelude::*;

use super::model::Model;
use crate::fixtures::*;

/// Few, so that each holds several packages.
const CUSTOMERS: u8 = 2;

/// Services 1 to 4: lira, lira, lei, and one without a price.
pub(crate) fn price(service: u8) -> Money {
    match service {
        1 => lira(300),
        2 => lira(500),
        3 => lei(200),
        _ => lira(0),
    }
}

/// What is sold: both kinds, two currencies, some for ever.
pub(crate) struct Product {
    pub(crate) units: u64,
    /// Of credit; visits have none.
    pub(crate) currency: Option<&'static str>,
    /// Services and what one redemption takes; for credit that covers everything, none.
    pub(crate) covers: &'static [(u8, u32)],
    pub(crate) days: Option<u16>,
}

pub(crate) const PRODUCTS: [Product; 5] = [
    Product {
        units: 4,
        currency: None,
        covers: &[(1, 1), (2, 2)],
        days: Some(30),
    },
    Product {
        units: 2,
        currency: None,
        covers: &[(1, 1)],
        days: None,
    },
    Product {
        units: 1300,
        currency: Some("TRY"),
        covers: &[],
        days: Some(60),
    },
    Product {
        units: 450,
        currency: Some("RON"),
        covers: &[(3, 1)],
        days: None,
    },
    Product {
        units: 1,
        currency: None,
        covers: &[(3, 1), (4, 1)],
        days: Some(10),
    },
];

/// Bookings and packages are picks until [`Command::fit`] makes them numbers.
#[derive(Debug, Clone)]
pub(crate) enum Command {
    Sell {
        customer: u8,
        product: usize,
    },
    Book(Visit),
    WalkIn(Visit),
    Reschedule {
        booking: u8,
        minutes: i64,
    },
    Cancel(u8),
    Complete(u8),
    NoShow(u8),
    /// Moves the clock, sometimes back: the next request may reach another computer.
    Wait {
        milliseconds: i64,
    },
    /// Moves the clock to the beginning of an appointment.
    WaitFor(u8),
    Policy(DeductAt, Penalty),
}

/// An appointment as it is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Visit {
    pub(crate) booking: u8,
    pub(crate) customer: u8,
    pub(crate) services: Vec<u8>,
    /// From now; before now where negative.
    pub(crate) minutes: i64,
    pub(crate) pay: Pay,
}

#[derive(Debug, Clone)]
pub(crate) enum Pay {
    None,
    Auto,
    Packages(Vec<u8>),
}

impl Visit {
    pub(crate) fn services(&self) -> Vec<ServiceId> {
        self.services.iter().map(|n| svc(*n)).collect()
    }

    pub(crate) fn pay_with(&self) -> PayWith {
        match &self.pay {
            Pay::None => PayWith::None,
            Pay::Auto => PayWith::Auto,
            Pay::Packages(ids) => PayWith::Packages(ids.iter().map(|n| pkg(*n)).collect()),
        }
    }
}

/// Picks from here on choose what is likely to be refused.
const ODD: u8 = 230;

impl Command {
    /// The command with each pick fitted to what there is: mostly an open booking, a new id, a
    /// package of the customer's own; sometimes a resolved booking, an id in use, anyone's package.
    pub(crate) fn fit(self, model: &Model) -> Self {
        let existing = |pick| {
            let known = model.bookings.keys().copied();
            let wanted = |n: &u8| pick >= ODD || model.is_open(*n);
            one_of(&known.filter(wanted).collect::<Vec<u8>>(), pick)
        };
        match self {
            Command::Book(visit) => Command::Book(visit.fit(model)),
            Command::WalkIn(visit) => Command::WalkIn(visit.fit(model)),
            Command::Reschedule { booking, minutes } => Command::Reschedule {
                booking: existing(booking),
                minutes,
            },
            Command::Cancel(pick) => Command::Cancel(existing(pick)),
            Command::Complete(pick) => Command::Complete(existing(pick)),
            Command::NoShow(pick) => Command::NoShow(existing(pick)),
            Command::WaitFor(pick) => {
                let booking = model.bookings.get(&existing(pick));
                let left = booking.map(|booking| booking.bill.starts_at - model.now);
                Command::Wait {
                    milliseconds: left.map_or(0, |left| left.num_milliseconds().max(0)),
                }
            }
            Command::Sell { .. } | Command::Wait { .. } | Command::Policy(..) => self,
        }
    }
}

impl Visit {
    fn fit(self, model: &Model) -> Self {
        let known: Vec<u8> = model.bookings.keys().copied().collect();
        let new = u8::try_from(known.len()).unwrap();
        let (own, all) = (
            model.packages_of(self.customer),
            (1..=8).collect::<Vec<u8>>(),
        );
        let package = |pick: &u8| one_of(if *pick < ODD { &own } else { &all }, *pick);
        Visit {
            booking: match self.booking {
                pick @ ODD.. => one_of(&known, pick),
                _ => new,
            },
            pay: match self.pay {
                Pay::Packages(picks) => Pay::Packages(picks.iter().map(package).collect()),
                pay @ (Pay::None | Pay::Auto) => pay,
            },
            ..self
        }
    }
}

/// One of `numbers`; where there are none, one that nothing has.
fn one_of(numbers: &[u8], pick: u8) -> u8 {
    let index = usize::from(pick).checked_rem(numbers.len());
    index.map_or(u8::MAX, |index| numbers[index])
}

const DAY: i64 = 24 * 60;

pub(crate) fn commands() -> impl Strategy<Value = Vec<Command>> {
    let command = prop_oneof![
        3 => sale(),
        10 => visit(ahead()).prop_map(Command::Book),
        2 => visit(-20 * DAY..DAY).prop_map(Command::WalkIn),
        4 => (any::<u8>(), ahead())
            .prop_map(|(booking, minutes)| Command::Reschedule { booking, minutes }),
        2 => any::<u8>().prop_map(Command::Cancel),
        3 => any::<u8>().prop_map(Command::Complete),
        4 => any::<u8>().prop_map(Command::NoShow),
        3 => wait(),
        2 => any::<u8>().prop_map(Command::WaitFor),
        1 => policy(),
    ];
    // Sales first, so that most bookings find something to take from.
    let opening = prop::collection::vec(sale(), 4);
    (opening, prop::collection::vec(command, 20..60))
        .prop_map(|(opening, rest)| opening.into_iter().chain(rest).collect())
}

fn sale() -> impl Strategy<Value = Command> {
    (1..=CUSTOMERS, 0..PRODUCTS.len())
        .prop_map(|(customer, product)| Command::Sell { customer, product })
}

/// Minutes from now: mostly within days, sometimes beyond most expiries, sometimes yesterday.
fn ahead() -> impl Strategy<Value = i64> {
    prop_oneof![3 => -60..5 * DAY, 1 => -DAY..70 * DAY]
}

fn visit(minutes: impl Strategy<Value = i64>) -> impl Strategy<Value = Visit> {
    let service = prop_oneof![3 => Just(1), 2 => Just(2), 2 => Just(3), 1 => Just(4)];
    let services = prop::collection::vec(service, 1..=3);
    (any::<u8>(), 1..=CUSTOMERS, services, minutes, pay()).prop_map(
        |(booking, customer, services, minutes, pay)| Visit {
            booking,
            customer,
            services,
            minutes,
            pay,
        },
    )
}

fn pay() -> impl Strategy<Value = Pay> {
    prop_oneof![
        1 => Just(Pay::None),
        6 => Just(Pay::Auto),
        2 => prop::collection::vec(any::<u8>(), 1..3).prop_map(Pay::Packages),
    ]
}

fn wait() -> impl Strategy<Value = Command> {
    let milliseconds = prop_oneof![
        1 => Just(1),
        1 => -600_000..0_i64,
        1 => 0..8 * DAY * 60_000,
    ];
    milliseconds.prop_map(|milliseconds| Command::Wait { milliseconds })
}

fn policy() -> impl Strategy<Value = Command> {
    let deduct_at = prop_oneof![Just(DeductAt::Booking), Just(DeductAt::Completion)];
    let no_show = prop_oneof![Just(Penalty::Release), Just(Penalty::Forfeit)];
    (deduct_at, no_show).prop_map(|(deduct_at, no_show)| Command::Policy(deduct_at, no_show))
}
