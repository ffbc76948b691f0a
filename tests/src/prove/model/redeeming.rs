//! The model's bookings that are made together, and those that are paid later.

use super::Model;
use super::choice::Wanted;
use super::holdings::Last;
use super::pools::Account;
use crate::prove::asked::answer::Told;
use crate::prove::asked::ask::{Appointment, Ask, Paying};

impl Model {
    /// Books one after the other, each paid from what those before it leave; where one cannot be, none is.
    pub(crate) fn series(&mut self, ask: &Ask, all: &[Appointment]) -> Told {
        let known = |asked: &Appointment| self.bookings.get(asked.booking).cloned().flatten();
        let known: Vec<_> = all.iter().filter_map(known).collect();
        if known.iter().any(|known| known.asked != *ask) {
            return Told::refused(422, "booking-id-reused");
        }
        if !known.is_empty() {
            return Told::Series(known.into_iter().map(|known| known.first).collect());
        }
        let (mut after, mut made) = (self.clone(), Vec::new());
        for asked in all {
            match after.make(ask, asked, false) {
                Told::Booking(_, shown) => made.push(shown),
                refused @ (Told::Refused(..)
                | Told::Series(_)
                | Told::Packages(..)
                | Told::Paid(..)
                | Told::Back(..)
                | Told::Quote(_)
                | Told::Opportunity(..)
                | Told::SalesQuote(..)
                | Told::Taken) => return refused,
            }
        }
        *self = after;
        Told::Series(made)
    }

    /// The bookings to come of which anything may be due.
    pub(crate) fn due_bookings(&self) -> Vec<usize> {
        let made = self.bookings.iter().enumerate();
        let due = made.filter(|(_, made)| {
            let open = made.as_ref().filter(|made| made.status == "booked");
            open.is_some_and(|open| open.lines.contains(&None))
        });
        due.map(|(place, _)| place).collect()
    }

    /// Pays for what is due of a booking to come: all of it, or as much as can be. What is to be paid when it
    /// took place is not due.
    pub(crate) fn redeem(&mut self, place: usize, pay: &Paying, partial: bool) -> Told {
        let mut booking = match self.open(place) {
            Ok(booking) => booking,
            Err(refused) => return refused,
        };
        let agreed = self.rules.at_completion && booking.pay != Paying::None;
        let lines = booking.lines.iter().zip(&booking.services);
        let due = lines.filter(|(paid_by, _)| paid_by.is_none() && !agreed);
        let due: Vec<usize> = due.map(|(_, service)| *service).collect();
        if due.is_empty() {
            return Told::refused(409, "booking-paid");
        }
        let looked_at = |place: &usize| {
            booking.drew.contains(place) || self.packages[*place].is_for(booking.customer)
        };
        if let Paying::Named(named) = pay
            && !named.iter().all(looked_at)
        {
            return Told::refused(404, "package-not-found");
        }
        let choice = self.choose(&Wanted::rest(&booking, &due, pay));
        let nothing = choice.paid_by.iter().all(Option::is_none);
        if let Some(reason) = choice.closest.filter(|_| !partial || nothing) {
            return Told::refused(409, reason.code());
        }
        if !self.rules.at_completion {
            self.draw(&choice.paid_by, Account::Held);
            let mut paid = choice.paid_by.into_iter();
            let all = booking.lines.iter();
            let all = all.map(|line| line.or_else(|| paid.next().flatten()));
            booking.draws(all.collect());
        }
        booking.pay = either(&booking.pay, pay);
        booking.partial |= partial;
        booking.last = Last::Other;
        // Paying for it does not make it what it is.
        let happened = booking.happened;
        let told = self.keep(place, booking);
        if let Some(Some(kept)) = self.bookings.get_mut(place) {
            kept.happened = happened;
        }
        told
    }
}

/// What should pay from then on: what did before, and where that does not, this.
fn either(before: &Paying, then: &Paying) -> Paying {
    match (before, then) {
        (Paying::None, other) | (other, Paying::None) => other.clone(),
        (Paying::Auto, _) | (_, Paying::Auto) => Paying::Auto,
        (Paying::Named(before), Paying::Named(then)) => {
            let new = then.iter().filter(|place| !before.contains(place));
            Paying::Named(before.iter().chain(new).copied().collect())
        }
    }
}
