//! The model's bookings that are moved, and taken back.

use super::choice::{Reason, Wanted, usable};
use super::holdings::{Booking, Last};
use super::pools::Account;
use super::{Model, day_begins};
use crate::prove::asked::answer::{Draw, Told};
use crate::prove::asked::ask::Paying;

impl Model {
    pub(crate) fn reverse(&mut self, place: usize) -> Told {
        let mut booking = match self.booking(place) {
            Ok(booking) => booking,
            Err(refused) => return refused,
        };
        match (booking.status, booking.walk_in) {
            ("completed" | "no-show", _) | ("cancelled", false) => {}
            _ => return Told::refused(409, "booking-not-reversible"),
        }
        let mut after = self.clone();
        if let Err(code) = after.put_back(&booking) {
            return Told::refused(409, code);
        }
        if booking.status == "cancelled"
            && let Err(reason) = after.holds_again(&booking)
        {
            return Told::refused(409, reason.code());
        }
        *self = after;
        booking.status = if booking.walk_in {
            "cancelled"
        } else {
            "booked"
        };
        booking.lines = booking.before.clone();
        booking.last = Last::Other;
        booking.taken_back = Some(self.now);
        self.keep(place, booking)
    }

    /// Puts back what was taken when the booking was resolved; the code of why that cannot be.
    pub(crate) fn put_back(&mut self, booking: &Booking) -> Result<(), &'static str> {
        for moved in booking.went.iter().rev() {
            if !self.packages[moved.draw.package].is_open() {
                return Err("package-closed");
            }
            let again = moved.to == Account::Available;
            let pool = &self.packages[moved.draw.package].pools[moved.draw.pool];
            if again && !pool.has_room(moved.draw.day, moved.draw.units) {
                return Err("cap-reached");
            }
            self.undo(moved).ok_or("insufficient-units")?;
        }
        Ok(())
    }

    /// Whether what it holds again could be booked.
    pub(crate) fn holds_again(&self, booking: &Booking) -> Result<(), Reason> {
        let mut held = booking.before.iter().flatten();
        held.try_for_each(|draw| {
            let package = &self.packages[draw.package];
            usable(package, booking.customer, booking.starts_at)?;
            package.can_give(Draw { units: 0, ..*draw }, &[])
        })
    }

    /// The model with what it holds given back and held again where it was, if that pays at that hour.
    fn held_on(&self, booking: &Booking, at: i64) -> Option<Model> {
        let mut after = self.clone();
        let mut held: Vec<Draw> = booking.lines.iter().flatten().copied().collect();
        for draw in &mut held {
            after.shift(*draw, Account::Held, Account::Available);
            draw.day = Model::day(at);
        }
        for (number, draw) in held.iter().enumerate() {
            let package = &after.packages[draw.package];
            let before = held[..number].iter();
            let drawn = before.filter(|other| other.package == draw.package);
            let drawn: Vec<Draw> = drawn.copied().collect();
            let usable = usable(package, booking.customer, at);
            usable.and_then(|()| package.can_give(*draw, &drawn)).ok()?;
        }
        let lines: Vec<Option<Draw>> = held.into_iter().map(Some).collect();
        after.draw(&lines, Account::Held);
        Some(after)
    }

    pub(crate) fn reschedule(&mut self, place: usize, starts_at: i64) -> Told {
        let mut booking = match self.open(place) {
            Ok(booking) => booking,
            Err(refused) => return refused,
        };
        if starts_at < day_begins(self.now) {
            return Told::refused(422, "starts-in-past");
        }
        if booking.pay == Paying::None {
            // Nothing is held.
        } else if let Some(after) = self.held_on(&booking, starts_at) {
            *self = after;
            for draw in booking.lines.iter_mut().flatten() {
                draw.day = Model::day(starts_at);
            }
        } else {
            let mut after = self.clone();
            for draw in booking.lines.iter().rev().flatten() {
                after.give_back(*draw, after.now);
            }
            let choice = after.choose(&Wanted::of(&booking, starts_at, true));
            if let Some(reason) = choice.closest.filter(|_| !booking.partial) {
                return Told::refused(409, reason.code());
            }
            after.draw(&choice.paid_by, Account::Held);
            *self = after;
            booking.draws(choice.paid_by);
        }
        booking.starts_at = starts_at;
        booking.last = Last::Other;
        self.keep(place, booking)
    }
}
