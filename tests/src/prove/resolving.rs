//! The model's bookings after they are made.

use super::answer::{Draw, Told};
use super::ask::Paying;
use super::choice::{Reason, choose, usable};
use super::holdings::{Booking, Last, To};
use super::model::{Model, Penalty, day_begins};

impl Model {
    fn booking(&self, place: usize) -> Result<Booking, Told> {
        let found = self.bookings.get(place).and_then(Clone::clone);
        found.ok_or(Told::refused(404, "booking-not-found"))
    }

    /// The booking, if it is still to come.
    fn open(&self, place: usize) -> Result<Booking, Told> {
        let booking = self.booking(place)?;
        match booking.status {
            "booked" => Ok(booking),
            _ => Err(Told::refused(409, "booking-resolved")),
        }
    }

    fn keep(&mut self, place: usize, mut booking: Booking) -> Told {
        booking.happened = self.now;
        let shown = booking.shown();
        self.bookings[place] = Some(booking);
        self.entries += 1;
        Told::Booking(200, shown)
    }

    pub(super) fn cancel(&mut self, place: usize, waive: bool) -> Told {
        let booking = match self.booking(place) {
            Ok(booking) if booking.last == (Last::Cancelled { waive }) => {
                return Told::Booking(200, booking.shown());
            }
            Ok(_) => match self.open(place) {
                Ok(open) => open,
                Err(refused) => return refused,
            },
            Err(refused) => return refused,
        };
        let penalty = match waive {
            true => Penalty::Release,
            false => self.penalty(&booking, self.now),
        };
        let mut booking = self.penalised(booking, penalty, self.now);
        booking.status = "cancelled";
        booking.last = Last::Cancelled { waive };
        self.keep(place, booking)
    }

    pub(super) fn miss(&mut self, place: usize) -> Told {
        let booking = match self.booking(place) {
            Ok(booking) if booking.last == Last::Missed => {
                return Told::Booking(200, booking.shown());
            }
            Ok(_) => match self.open(place) {
                Ok(open) => open,
                Err(refused) => return refused,
            },
            Err(refused) => return refused,
        };
        if self.now < booking.starts_at {
            return Told::refused(409, "no-show-too-early");
        }
        let mut booking = self.penalised(booking, self.rules.no_show, self.now);
        booking.status = "no-show";
        booking.last = Last::Missed;
        self.keep(place, booking)
    }

    pub(super) fn complete(&mut self, place: usize) -> Told {
        let booking = match self.booking(place) {
            Ok(booking) if booking.last == Last::Completed => {
                return Told::Booking(200, booking.shown());
            }
            Ok(_) => match self.open(place) {
                Ok(open) => open,
                Err(refused) => return refused,
            },
            Err(refused) => return refused,
        };
        let mut booking = self.completed(booking);
        booking.last = Last::Completed;
        self.keep(place, booking)
    }

    /// What is lost by whoever calls it off then.
    pub(super) fn penalty(&self, booking: &Booking, at: i64) -> Penalty {
        match booking.starts_at - self.rules.window <= at {
            true => self.rules.late_cancel,
            false => Penalty::Release,
        }
    }

    /// The booking with what it held used.
    pub(super) fn completed(&mut self, mut booking: Booking) -> Booking {
        booking.before = booking.lines.clone();
        if self.rules.at_completion {
            booking.lines = self.settled(&booking);
        }
        let drawn: Vec<Draw> = booking.lines.iter().rev().flatten().copied().collect();
        for draw in &drawn {
            *self.reserved(*draw) -= draw.units;
            self.pool(*draw).used += draw.units;
        }
        booking.went = drawn.into_iter().map(|draw| (draw, To::Used)).collect();
        booking.status = "completed";
        booking
    }

    /// What pays now for an appointment for which nothing was held.
    fn settled(&self, booking: &Booking) -> Vec<Option<Draw>> {
        let at = booking.starts_at;
        choose(&self.packages, &booking.services, &booking.pay, at).paid_by
    }

    /// Where the units of a booking are before they are used.
    fn reserved(&mut self, draw: Draw) -> &mut u64 {
        let at_completion = self.rules.at_completion;
        let pool = self.pool(draw);
        match at_completion {
            true => &mut pool.available,
            false => &mut pool.held,
        }
    }

    /// The booking without what it held: a part of it lost, the rest given back. Draws of one pool are
    /// rounded together.
    pub(super) fn penalised(&mut self, mut booking: Booking, penalty: Penalty, at: i64) -> Booking {
        booking.before = booking.lines.clone();
        if self.rules.at_completion && !matches!(penalty, Penalty::Release) {
            booking.lines = self.settled(&booking);
        }
        let mut drawn: Vec<(usize, usize, u64)> = Vec::new();
        let mut lost = Vec::new();
        for line in &booking.lines {
            lost.push(line.map(|draw| {
                let at = drawn
                    .iter_mut()
                    .find(|(package, pool, _)| (*package, *pool) == (draw.package, draw.pool));
                let so_far = match at {
                    Some((_, _, so_far)) => so_far,
                    None => {
                        drawn.push((draw.package, draw.pool, 0));
                        &mut drawn.last_mut().unwrap().2
                    }
                };
                let before = *so_far;
                *so_far += draw.units;
                penalty.of(*so_far) - penalty.of(before)
            }));
        }
        let mut went = Vec::new();
        for (line, lost) in booking.lines.iter().zip(&lost).rev() {
            let (Some(draw), Some(lost)) = (*line, *lost) else {
                continue;
            };
            if lost > 0 {
                *self.reserved(draw) -= lost;
                self.pool(draw).forfeited += lost;
                went.push((
                    Draw {
                        units: lost,
                        ..draw
                    },
                    To::Forfeited,
                ));
            }
            let back = Draw {
                units: draw.units - lost,
                ..draw
            };
            if back.units > 0 && !self.rules.at_completion {
                went.push((back, self.give_back(back, at)));
            }
        }
        booking.went = went;
        let taken = booking.lines.iter().zip(lost).map(|(line, lost)| {
            let (draw, lost) = (line.as_ref()?, lost?);
            (lost > 0).then_some(Draw {
                units: lost,
                ..*draw
            })
        });
        booking.lines = taken.collect();
        booking
    }

    pub(super) fn reverse(&mut self, place: usize) -> Told {
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
    pub(super) fn put_back(&mut self, booking: &Booking) -> Result<(), &'static str> {
        for (draw, to) in booking.went.iter().rev() {
            if self.packages[draw.package].voided {
                return Err("package-closed");
            }
            let held_nothing = booking.walk_in || self.rules.at_completion;
            let pool = self.pool(*draw);
            let from = match to {
                To::Available => &mut pool.available,
                To::Forfeited => &mut pool.forfeited,
                To::Used => &mut pool.used,
            };
            let Some(left) = from.checked_sub(draw.units) else {
                return Err("insufficient-units");
            };
            *from = left;
            match held_nothing {
                true => pool.available += draw.units,
                false => pool.held += draw.units,
            }
        }
        Ok(())
    }

    /// Whether what it held could be booked.
    pub(super) fn holds_again(&self, booking: &Booking) -> Result<(), Reason> {
        let mut held = booking.before.iter().flatten();
        held.try_for_each(|draw| usable(&self.packages[draw.package], booking.starts_at))
    }

    pub(super) fn reschedule(&mut self, place: usize, starts_at: i64) -> Told {
        let mut booking = match self.open(place) {
            Ok(booking) => booking,
            Err(refused) => return refused,
        };
        if starts_at < day_begins(self.now) {
            return Told::refused(422, "starts-in-past");
        }
        let mut held = booking.lines.iter().flatten();
        let stays = held.all(|draw| usable(&self.packages[draw.package], starts_at).is_ok());
        if booking.pay != Paying::None && !stays {
            let mut after = self.clone();
            for draw in booking.lines.iter().rev().flatten() {
                after.give_back(*draw, after.now);
            }
            let choice = choose(&after.packages, &booking.services, &booking.pay, starts_at);
            if let Some(reason) = choice.closest.filter(|_| !booking.partial) {
                return Told::refused(409, reason.code());
            }
            for draw in choice.paid_by.iter().flatten() {
                let pool = after.pool(*draw);
                pool.available -= draw.units;
                pool.held += draw.units;
            }
            *self = after;
            booking.lines = choice.paid_by;
        }
        booking.starts_at = starts_at;
        booking.last = Last::Other;
        self.keep(place, booking)
    }
}

impl Penalty {
    fn of(self, units: u64) -> u64 {
        match self {
            Penalty::Release => 0,
            Penalty::Forfeit => units,
            Penalty::Half => units.div_ceil(2),
        }
    }
}
