//! The model's bookings after they are made.

use super::choice::Wanted;
use super::holdings::{Booking, Last};
use super::pools::{Account, Moved};
use super::{Model, Penalty};
use crate::prove::asked::answer::{Draw, Told};

impl Model {
    pub(crate) fn booking(&self, place: usize) -> Result<Booking, Told> {
        let found = self.bookings.get(place).and_then(Clone::clone);
        found.ok_or(Told::refused(404, "booking-not-found"))
    }

    /// The booking, if it is still to come.
    pub(crate) fn open(&self, place: usize) -> Result<Booking, Told> {
        let booking = self.booking(place)?;
        match booking.status {
            "booked" => Ok(booking),
            _ => Err(Told::refused(409, "booking-resolved")),
        }
    }

    pub(crate) fn keep(&mut self, place: usize, mut booking: Booking) -> Told {
        booking.happened = self.now;
        let shown = booking.shown();
        self.bookings[place] = Some(booking);
        self.entries += 1;
        Told::Booking(200, shown)
    }

    pub(crate) fn cancel(&mut self, place: usize, waive: bool) -> Told {
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

    pub(crate) fn miss(&mut self, place: usize) -> Told {
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

    pub(crate) fn complete(&mut self, place: usize) -> Told {
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
    pub(crate) fn penalty(&self, booking: &Booking, at: i64) -> Penalty {
        match booking.starts_at - self.rules.window <= at {
            true => self.rules.late_cancel,
            false => Penalty::Release,
        }
    }

    /// The booking with what it held used.
    pub(crate) fn completed(&mut self, mut booking: Booking) -> Booking {
        booking.before = booking.lines.clone();
        booking.went = match self.rules.at_completion {
            true => {
                let paid_by = self.settled(&booking);
                booking.draws(paid_by);
                self.draw(&booking.lines, Account::Used)
            }
            false => {
                let held = booking.lines.iter().rev().flatten();
                let used = held.map(|draw| self.shift(*draw, Account::Held, Account::Used));
                used.collect()
            }
        };
        booking.status = "completed";
        booking
    }

    /// What pays now for an appointment for which nothing was held.
    fn settled(&self, booking: &Booking) -> Vec<Option<Draw>> {
        let wanted = Wanted::of(booking, booking.starts_at, true);
        self.choose(&wanted).paid_by
    }

    /// The booking without what it held: a part of it lost, the rest given back. Draws of one pool are
    /// rounded together.
    pub(crate) fn penalised(&mut self, mut booking: Booking, penalty: Penalty, at: i64) -> Booking {
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
        let lines = booking.lines.clone();
        let taken = lines.iter().zip(&lost).map(|(line, lost)| {
            let (draw, lost) = (line.as_ref()?, (*lost)?);
            (lost > 0).then_some(Draw {
                units: lost,
                ..*draw
            })
        });
        booking.draws(taken.collect());
        booking.went = match self.rules.at_completion {
            true => self.draw(&booking.lines, Account::Forfeited),
            false => self.part(&lines, &lost, at),
        };
        booking
    }

    /// Of what was held so much is lost, and the rest is given back.
    fn part(&mut self, held: &[Option<Draw>], lost: &[Option<u64>], at: i64) -> Vec<Moved> {
        let mut went = Vec::new();
        for (line, lost) in held.iter().zip(lost).rev() {
            let (Some(draw), Some(lost)) = (*line, *lost) else {
                continue;
            };
            let of = |units| Draw { units, ..draw };
            if lost > 0 {
                went.push(self.shift(of(lost), Account::Held, Account::Forfeited));
            }
            if lost < draw.units {
                went.push(self.give_back(of(draw.units - lost), at));
            }
        }
        went
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
