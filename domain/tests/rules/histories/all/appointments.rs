//! What is done with appointments.

use std::collections::BTreeSet;

use chrono::{Days, TimeDelta};
use domain::bookings::{
    self, Appointment, Booking, BookingStatus, Holdings, PayWith, existing_bookings,
};
use domain::journal::Entry;
use domain::packages::{Package, Stage};
use domain::{BookingId, Context, CustomerId, PackageId, Refusal};

use super::command::Command;
use super::world::{Decided, World};
use crate::fixtures::*;

impl World {
    fn holdings(&self, command: &Command) -> Holdings {
        let customer = self.customer(command);
        Holdings {
            settings: Some(self.settings.clone()),
            services: self.services.clone(),
            packages: self.redeemable(customer.id),
            customer: Some(customer),
        }
    }

    /// What a customer holds, and what others share with them.
    fn redeemable(&self, customer: CustomerId) -> Vec<Package> {
        let all = self.packages.values();
        let may = |package: &&Package| {
            package.customer == customer || package.standing.members.contains(&customer)
        };
        all.filter(may).cloned().collect()
    }

    /// What a step of a booking looks at: that and whatever it drew on before, or more.
    fn seen(&self, command: &Command, booking: &Booking) -> Vec<Package> {
        if command.much.is_multiple_of(2) {
            return self.packages.values().cloned().collect();
        }
        let drawn = self.entries_of(&booking.terms.booking).into_iter();
        let drawn = drawn.flat_map(|entry| entry.lines.into_iter().map(|line| line.package));
        let mut seen = self.redeemable(booking.customer);
        for id in drawn.collect::<BTreeSet<PackageId>>() {
            if seen.iter().all(|package| package.id != id) {
                seen.push(self.packages[&id].clone());
            }
        }
        seen
    }

    fn entries_of(&self, booking: &BookingId) -> Vec<Entry> {
        let of = |entry: &&Entry| entry.fact.booking() == Some(booking);
        self.journal.iter().filter(of).cloned().collect()
    }

    pub(super) fn open_bookings(&self) -> Vec<&Booking> {
        let all = self.bookings.values();
        all.filter(|b| b.status == BookingStatus::Booked).collect()
    }

    /// A booking: mostly one of those that are wanted.
    fn booking(&self, command: &Command, wanted: impl Fn(&Booking) -> bool) -> Option<&Booking> {
        let all: Vec<&Booking> = self.bookings.values().collect();
        let likely: Vec<&Booking> = all.iter().copied().filter(|b| wanted(b)).collect();
        let of = match likely.is_empty() || command.is_odd() {
            true => all,
            false => likely,
        };
        Command::pick(command.which, &of).copied()
    }

    fn pay_with(&self, command: &Command) -> Option<PayWith> {
        let customer = self.customer(command).id;
        let own: Vec<Package> = match command.is_odd() {
            true => self.packages.values().cloned().collect(),
            false => self.redeemable(customer),
        };
        let named = [command.which, command.what].map(|pick| Command::pick(pick, &own));
        let named = named.into_iter().flatten().map(|package| package.id);
        match command.what % 8 {
            0 | 1 => Some(PayWith::None),
            2 => Some(PayWith::Packages(named.collect())),
            3 => None,
            _ => Some(PayWith::Auto),
        }
    }

    /// One to three services, minutes to weeks ahead, under a new id and sometimes one in use.
    fn appointment(&self, command: &Command, number: u64) -> Appointment {
        let wanted: &[u8] = match command.much % 9 {
            0 => &[1, 2],
            1 => &[1, 1, 3],
            2 | 3 => &[3],
            4 => &[4, 1],
            5 => &[2],
            6 => &[1, 2, 4],
            _ => &[1],
        };
        let ahead = match command.what % 5 {
            0 => i64::from(command.much % (30 * 24 * 4)) * 15,
            _ => i64::from(command.much % (4 * 24 * 60)) - 60,
        };
        let reused = command.is_odd() && command.yes && number == 0;
        let new = self.bookings.len() as u64 + number;
        Appointment {
            booking: format!("b-{}", if reused { 0 } else { new })
                .parse()
                .unwrap(),
            services: wanted.iter().copied().map(svc).collect(),
            starts_at: self.now + TimeDelta::minutes(ahead) + Days::new(number),
            pay_with: self.pay_with(command),
            allow_partial: command.yes,
        }
    }

    pub(super) fn book(&self, command: &Command) -> Decided {
        let (holdings, wanted) = (self.holdings(command), self.appointment(command, 0));
        bookings::book(&holdings, &wanted, &self.context()).map(Some)
    }

    pub(super) fn book_series(&self, command: &Command) -> Decided {
        let count = u64::from(command.what % 4) + 1;
        let each: Vec<Appointment> = (0..count).map(|n| self.appointment(command, n)).collect();
        bookings::book_series(&self.holdings(command), &each, &self.context()).map(Some)
    }

    pub(super) fn walk_in(&self, command: &Command) -> Decided {
        let mut took_place = self.appointment(command, 0);
        let ago = TimeDelta::minutes(i64::from(command.much % (5 * 24 * 60)));
        took_place.starts_at = self.now - ago;
        let holdings = self.holdings(command);
        bookings::complete_walk_in(&holdings, &took_place, &self.context()).map(Some)
    }

    pub(super) fn pay_booking(&self, command: &Command) -> Decided {
        let due = |b: &Booking| b.status == BookingStatus::Booked && b.due().next().is_some();
        let Some(booking) = self.booking(command, due) else {
            return Ok(None);
        };
        let pay_with = PayWith::Auto;
        let (seen, context) = (self.seen(command, booking), self.context());
        bookings::pay(booking, &seen, &pay_with, command.yes, &context).map(Some)
    }

    /// Pays with a package for what was booked before it was sold, as far as it goes.
    pub(super) fn pay_existing(&mut self, command: &Command) -> Result<bool, Refusal> {
        let open = self.open_bookings();
        let wanted = |package: &Package| {
            let active = package.standing.stage == Stage::Active;
            let mut own = open.iter().filter(|b| b.customer == package.customer);
            let later = |b: &&&Booking| b.terms.starts_at >= package.active_since();
            active && own.any(|b| later(&b) && b.due().next().is_some())
        };
        let Some(package) = self.package(command, wanted).cloned() else {
            return Ok(false);
        };
        let of = |entry: &&Entry| {
            entry.customer == Some(package.customer) || entry.also.contains(&package.customer)
        };
        let entries: Vec<Entry> = self.journal.iter().filter(of).cloned().collect();
        let pay_with = PayWith::Packages(vec![package.id]);
        let mut paid = false;
        for booking in existing_bookings(&entries, &package) {
            let now = [self.packages[&package.id].clone()];
            let decided = bookings::pay(&booking, &now, &pay_with, true, &self.context());
            if let Ok(decision) = decided {
                self.commit(&decision);
                paid = true;
            }
        }
        Ok(paid)
    }

    /// By whom a booking is moved or called off: by the customer or for them.
    fn asked_by(&self, command: &Command, booking: &Booking) -> Context {
        match command.who.is_multiple_of(2) {
            true => self.by_customer(booking.customer),
            false => self.context(),
        }
    }

    pub(super) fn reschedule(&self, command: &Command) -> Decided {
        let Some(booking) = self.booking(command, is_open) else {
            return Ok(None);
        };
        let to = self.appointment(command, 0).starts_at;
        let (seen, context) = (self.seen(command, booking), self.asked_by(command, booking));
        bookings::reschedule(booking, &seen, to, &context).map(Some)
    }

    pub(super) fn cancel(&self, command: &Command) -> Decided {
        let Some(booking) = self.booking(command, is_open) else {
            return Ok(None);
        };
        let (seen, context) = (self.seen(command, booking), self.asked_by(command, booking));
        bookings::cancel(booking, &seen, command.yes, &context).map(Some)
    }

    pub(super) fn no_show(&self, command: &Command) -> Decided {
        let begun = |b: &Booking| is_open(b) && b.terms.starts_at <= self.now;
        let Some(booking) = self.booking(command, begun) else {
            return Ok(None);
        };
        bookings::no_show(booking, &self.seen(command, booking), &self.context()).map(Some)
    }

    pub(super) fn complete(&self, command: &Command) -> Decided {
        let Some(booking) = self.booking(command, is_open) else {
            return Ok(None);
        };
        bookings::complete(booking, &self.seen(command, booking), &self.context()).map(Some)
    }

    pub(super) fn reverse(&self, command: &Command) -> Decided {
        let over =
            |b: &Booking| matches!(b.status, BookingStatus::Completed | BookingStatus::NoShow);
        let Some(booking) = self.booking(command, over) else {
            return Ok(None);
        };
        let entries = self.entries_of(&booking.terms.booking);
        bookings::reverse(
            booking,
            &entries,
            &self.seen(command, booking),
            &self.context(),
        )
        .map(Some)
    }
}

fn is_open(booking: &Booking) -> bool {
    booking.status == BookingStatus::Booked
}
