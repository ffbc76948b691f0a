//! What should come of every command, worked out without the domain's rules: counters per package,
//! a status per booking, and Istanbul at UTC+3.

use std::collections::BTreeMap;

use chrono::{TimeDelta, Timelike};
use domain::Instant;
use domain::bookings::{BookingStatus, DeductAt, Draw, PayWith, Penalty, ServiceLine};

use super::command::{Command, PRODUCTS, Visit};
use super::paying::{Bill, Counters, Packages};
use crate::fixtures::*;

pub(crate) struct Model {
    pub(crate) now: Instant,
    deduct_at: DeductAt,
    no_show: Penalty,
    pub(crate) packages: Packages,
    pub(crate) bookings: BTreeMap<u8, Appointment>,
}

#[derive(Debug, Clone)]
pub(crate) struct Appointment {
    pub(crate) status: BookingStatus,
    pub(crate) steps: u32,
    pub(crate) bill: Bill,
    deduct_at: DeductAt,
    no_show: Penalty,
    /// What is held for it while it is to come, and what was taken for it in the end.
    pub(crate) draws: Vec<Draw>,
}

impl Appointment {
    fn may_hold(&self) -> bool {
        self.deduct_at == DeductAt::Booking && self.bill.pay_with != PayWith::None
    }

    fn resolve(&mut self, status: BookingStatus) {
        assert_eq!(self.status, BookingStatus::Booked, "resolved at most once");
        self.status = status;
        self.steps += 1;
    }
}

impl Model {
    pub(crate) fn new() -> Self {
        Self {
            now: now(),
            deduct_at: DeductAt::Booking,
            no_show: Penalty::Forfeit,
            packages: BTreeMap::new(),
            bookings: BTreeMap::new(),
        }
    }

    pub(crate) fn is_open(&self, booking: u8) -> bool {
        let booking = self.bookings.get(&booking);
        booking.is_some_and(|booking| booking.status == BookingStatus::Booked)
    }

    /// The numbers of a customer's packages: they are numbered as they are sold.
    pub(crate) fn packages_of(&self, customer: u8) -> Vec<u8> {
        let numbered = (1..).zip(self.packages.values());
        let own = numbered.filter(|(_, package)| package.customer == customer);
        own.map(|(number, _)| number).collect()
    }

    fn appointment(&self, visit: &Visit) -> Appointment {
        Appointment {
            status: BookingStatus::Booked,
            steps: 0,
            bill: Bill {
                customer: visit.customer,
                services: visit.services.clone(),
                pay_with: visit.pay_with(),
                starts_at: self.after(visit.minutes),
            },
            deduct_at: self.deduct_at,
            no_show: self.no_show,
            draws: Vec::new(),
        }
    }

    fn after(&self, minutes: i64) -> Instant {
        self.now + TimeDelta::minutes(minutes)
    }

    /// Whether the command should be accepted.
    pub(crate) fn accepts(&self, command: &Command) -> bool {
        let today = start_of_day(self.now);
        match command {
            Command::Sell { .. } | Command::Policy(..) => true,
            Command::Wait { .. } | Command::WaitFor(_) => false,
            Command::Book(visit) => {
                let booking = self.appointment(visit);
                self.is_new(visit)
                    && booking.bill.starts_at >= today
                    && (!booking.may_hold() || booking.bill.can_be_paid(&self.packages))
            }
            Command::WalkIn(visit) => {
                self.is_new(visit) && self.after(visit.minutes) < today + days(1)
            }
            Command::Reschedule { booking, minutes } => {
                let starts_at = self.after(*minutes);
                self.is_open(*booking) && starts_at >= today && self.can_move(*booking, starts_at)
            }
            Command::Cancel(booking) | Command::Complete(booking) => self.is_open(*booking),
            Command::NoShow(booking) => {
                self.is_open(*booking) && self.now >= self.bookings[booking].bill.starts_at
            }
        }
    }

    /// The booking's id is new, and every package named is the customer's.
    fn is_new(&self, visit: &Visit) -> bool {
        let known = match visit.pay_with() {
            PayWith::None | PayWith::Auto => true,
            PayWith::Packages(ids) => ids.iter().all(|id| {
                let package = self.packages.get(id);
                package.is_some_and(|package| package.customer == visit.customer)
            }),
        };
        known && !self.bookings.contains_key(&visit.booking)
    }

    fn can_move(&self, n: u8, starts_at: Instant) -> bool {
        let mut booking = self.bookings[&n].clone();
        let mut freed = self.packages.clone();
        for draw in &booking.draws {
            freed
                .get_mut(&draw.package)
                .unwrap()
                .get_back(draw.units, self.now);
        }
        booking.bill.starts_at = starts_at;
        !booking.may_hold() || self.stays(&booking) || booking.bill.can_be_paid(&freed)
    }

    fn stays(&self, booking: &Appointment) -> bool {
        let valid = |draw: &Draw| self.packages[&draw.package].valid_at(booking.bill.starts_at);
        booking.draws.iter().all(valid)
    }

    /// Records an accepted command; `paid` is what it says pays for each service.
    pub(crate) fn record(&mut self, command: &Command, paid: &[ServiceLine]) {
        match command {
            Command::Sell { customer, product } => self.sell(*customer, *product),
            Command::Wait { .. } | Command::WaitFor(_) => {}
            Command::Policy(deduct_at, no_show) => {
                (self.deduct_at, self.no_show) = (*deduct_at, *no_show);
            }
            Command::Book(visit) => {
                let mut booking = self.appointment(visit);
                self.hold(&mut booking, paid);
                self.bookings.insert(visit.booking, booking);
            }
            Command::WalkIn(visit) => {
                let mut booking = self.appointment(visit);
                booking.status = BookingStatus::Completed;
                booking.draws = booking.bill.draws(&self.packages, paid);
                self.shift(&booking.draws, available, captured);
                self.bookings.insert(visit.booking, booking);
            }
            Command::Reschedule {
                booking: n,
                minutes,
            } => {
                let mut booking = self.bookings[n].clone();
                booking.bill.starts_at = self.after(*minutes);
                booking.steps += 1;
                let stays = self.stays(&booking).then(|| booking.draws.clone());
                match stays {
                    Some(_) => self.shift(&booking.draws, held, available),
                    None => self.release(&mut booking),
                }
                self.hold(&mut booking, paid);
                let stays = stays.is_none_or(|draws| draws == booking.draws);
                assert!(stays, "valid holds stay where they are");
                self.bookings.insert(*n, booking);
            }
            Command::Cancel(n) => {
                let mut booking = self.bookings[n].clone();
                booking.resolve(BookingStatus::Cancelled);
                self.release(&mut booking);
                self.bookings.insert(*n, booking);
            }
            Command::Complete(n) => {
                let mut booking = self.bookings[n].clone();
                booking.resolve(BookingStatus::Completed);
                self.take(&mut booking, paid, captured);
                self.bookings.insert(*n, booking);
            }
            Command::NoShow(n) => {
                let mut booking = self.bookings[n].clone();
                booking.resolve(BookingStatus::NoShow);
                match booking.no_show {
                    Penalty::Release => self.release(&mut booking),
                    Penalty::Forfeit | Penalty::ForfeitPercent(_) => {
                        self.take(&mut booking, paid, forfeited);
                    }
                }
                self.bookings.insert(*n, booking);
            }
        }
    }

    fn sell(&mut self, customer: u8, product: usize) {
        let next = u8::try_from(self.packages.len() + 1).unwrap();
        let whole_days = PRODUCTS[product]
            .days
            .map(|count| days(i64::from(count) + 1));
        let sold = Counters {
            customer,
            product,
            expires_at: whole_days.map(|valid| start_of_day(self.now) + valid),
            available: PRODUCTS[product].units,
            held: 0,
            captured: 0,
            forfeited: 0,
            expired: 0,
        };
        self.packages.insert(pkg(next), sold);
    }

    /// Holds what pays, in full, where the policy is to hold.
    fn hold(&mut self, booking: &mut Appointment, paid: &[ServiceLine]) {
        if booking.may_hold() {
            assert!(paid.iter().all(|line| line.paid_by.is_some()), "in full");
            booking.draws = booking.bill.draws(&self.packages, paid);
            self.shift(&booking.draws, available, held);
        } else {
            assert!(paid.iter().all(|line| line.paid_by.is_none()), "nothing");
        }
    }

    fn release(&mut self, booking: &mut Appointment) {
        for draw in std::mem::take(&mut booking.draws) {
            let package = self.packages.get_mut(&draw.package).unwrap();
            package.get_back(draw.units, self.now);
        }
    }

    /// Takes what is held, or now what can pay.
    fn take(&mut self, booking: &mut Appointment, paid: &[ServiceLine], to: Account) {
        match booking.deduct_at {
            DeductAt::Booking => self.shift(&booking.draws, held, to),
            DeductAt::Completion => {
                booking.draws = booking.bill.draws(&self.packages, paid);
                self.shift(&booking.draws, available, to);
            }
        }
    }

    fn shift(&mut self, draws: &[Draw], from: Account, to: Account) {
        for draw in draws {
            let package = self.packages.get_mut(&draw.package).unwrap();
            let source = from(package);
            *source = source.checked_sub(draw.units).unwrap();
            *to(package) += draw.units;
        }
    }
}

type Account = fn(&mut Counters) -> &mut u64;

fn available(counters: &mut Counters) -> &mut u64 {
    &mut counters.available
}

fn held(counters: &mut Counters) -> &mut u64 {
    &mut counters.held
}

fn captured(counters: &mut Counters) -> &mut u64 {
    &mut counters.captured
}

fn forfeited(counters: &mut Counters) -> &mut u64 {
    &mut counters.forfeited
}

/// Midnight in Istanbul, which keeps UTC+3 all year.
pub(crate) fn start_of_day(at: Instant) -> Instant {
    let local = at + hours(3);
    let seconds = TimeDelta::seconds(i64::from(local.num_seconds_from_midnight()));
    let fraction = TimeDelta::milliseconds(i64::from(local.timestamp_subsec_millis()));
    at - seconds - fraction
}
