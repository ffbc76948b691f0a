//! The model's bookings as other systems tell of them: in any order, once or more often.

use super::Model;
use super::choice::{Reason, Wanted};
use super::holdings::{Booking, Last};
use super::pools::Account;
use crate::prove::asked::answer::{REJECTED, Told};
use crate::prove::asked::ask::{Appointment, Ask};

/// What had become of an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Became {
    Booked,
    Moved,
    Cancelled,
    Completed,
    Missed,
}

/// What another system tells: the whole appointment, as it was there at that hour.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Telling {
    pub(crate) became: Became,
    pub(crate) appointment: Appointment,
    pub(crate) at: i64,
}

impl Became {
    pub(crate) const ALL: [Became; 5] = [
        Became::Booked,
        Became::Moved,
        Became::Cancelled,
        Became::Completed,
        Became::Missed,
    ];

    /// What it is told by.
    pub(crate) fn event(self) -> &'static str {
        match self {
            Became::Booked => "AppointmentBooked",
            Became::Moved => "AppointmentRescheduled",
            Became::Cancelled => "AppointmentCancelled",
            Became::Completed => "AppointmentCompleted",
            Became::Missed => "AppointmentNoShow",
        }
    }

    /// What it is called in the summary.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Became::Booked => "told: booked",
            Became::Moved => "told: moved",
            Became::Cancelled => "told: off",
            Became::Completed => "told: done",
            Became::Missed => "told: missed",
        }
    }

    /// That it took place is final, that it fell through outweighs when it is.
    fn rank(self) -> u8 {
        match self {
            Became::Booked | Became::Moved => 0,
            Became::Cancelled | Became::Missed => 1,
            Became::Completed => 2,
        }
    }
}

impl Booking {
    fn rank(&self) -> u8 {
        match self.status {
            "booked" => 0,
            "completed" => 2,
            _ => 1,
        }
    }

    /// Whether what is told changes nothing, as something counts more, or it was taken back here since.
    fn outweighs(&self, telling: &Telling) -> bool {
        let told = (telling.became.rank(), telling.at);
        let taken_back = self.taken_back.is_some_and(|back| back >= telling.at);
        self.status == "completed" || taken_back || told <= (self.rank(), self.happened)
    }
}

impl Model {
    /// Leads the booking from where it stands to where it belongs, each step an entry.
    pub(crate) fn tell(&mut self, telling: &Telling) -> Told {
        let Telling {
            became,
            appointment,
            at,
        } = telling;
        let (place, starts_at) = (appointment.booking, appointment.starts_at);
        let known = self.bookings.get(place).cloned().flatten();
        let of_another = |known: &Booking| known.customer != appointment.customer;
        if known.as_ref().is_some_and(of_another) {
            return Told::refused(REJECTED, "booking-of-another-customer");
        }
        let of_other_services = |known: &Booking| known.services != appointment.services;
        if known.as_ref().is_some_and(of_other_services) {
            return Told::refused(REJECTED, "booking-id-reused");
        }
        if known.as_ref().is_some_and(|known| known.outweighs(telling)) {
            return Told::Taken;
        }
        if *became == Became::Missed && *at < starts_at {
            return Told::refused(REJECTED, "no-show-too-early");
        }
        let mut booking = match known {
            Some(known) => known,
            None if self.names_unseen(appointment) => {
                return Told::refused(REJECTED, "package-not-found");
            }
            None => self.first_heard(telling),
        };
        let first = booking.asked == Ask::Tell(telling.clone());
        if booking.status != "booked" {
            booking = self.reopened(booking, *at);
        }
        let resolves = became.rank() > 0;
        if booking.starts_at != starts_at {
            booking = self.moved(booking, starts_at, *at);
        } else if !resolves && !first {
            // It is written down that it was told again.
            self.entries += 1;
        }
        if resolves {
            self.entries += 1;
            booking = match became {
                Became::Completed => self.completed(booking),
                Became::Missed => self.penalised(booking, self.rules.no_show, *at),
                Became::Booked | Became::Moved | Became::Cancelled => {
                    let penalty = self.penalty(&booking, *at);
                    self.penalised(booking, penalty, *at)
                }
            };
            booking.status = match became {
                Became::Completed => "completed",
                Became::Missed => "no-show",
                Became::Booked | Became::Moved | Became::Cancelled => "cancelled",
            };
        }
        (booking.last, booking.happened) = (Last::Other, *at);
        self.bookings[place] = Some(booking);
        Told::Taken
    }

    /// It is booked first: what nothing pays for is due.
    fn first_heard(&mut self, telling: &Telling) -> Booking {
        let wanted = Wanted::first(&telling.appointment, !self.rules.at_completion);
        let choice = self.choose(&wanted);
        let appointment = Appointment {
            partial: true,
            ..telling.appointment.clone()
        };
        let ask = Ask::Tell(telling.clone());
        self.begin(&ask, &appointment, choice.paid_by, false);
        self.bookings[appointment.booking].clone().unwrap()
    }

    /// Opened again: what was lost is held again, what had gone back is chosen again. What can no longer be
    /// given back stays lost, and is due.
    fn reopened(&mut self, mut booking: Booking, at: i64) -> Booking {
        self.entries += 1;
        if booking.lines.iter().any(Option::is_some) {
            let mut after = self.clone();
            let back = after.put_back(&booking).is_ok();
            let again = after.holds_again(&booking);
            if back && matches!(again, Ok(()) | Err(Reason::NotPaid)) {
                *self = after;
                booking.draws(booking.before.clone());
            } else {
                booking.draws(vec![None; booking.services.len()]);
            }
            if back && again == Err(Reason::NotPaid) {
                // It is the package's again, and not for this until it is paid for.
                for draw in booking.lines.iter().rev().flatten() {
                    self.give_back(*draw, at);
                }
                self.hold(&mut booking);
            }
        } else {
            self.hold(&mut booking);
        }
        (booking.status, booking.walk_in) = ("booked", false);
        booking
    }

    /// Moved, as if it had been booked for that hour at once.
    fn moved(&mut self, mut booking: Booking, starts_at: i64, at: i64) -> Booking {
        self.entries += 1;
        booking.starts_at = starts_at;
        for draw in booking.lines.iter().rev().flatten() {
            self.give_back(*draw, at);
        }
        self.hold(&mut booking);
        booking
    }

    /// Holds for a booking that holds nothing what can pay for it.
    fn hold(&mut self, booking: &mut Booking) {
        let wanted = Wanted::of(booking, booking.starts_at, !self.rules.at_completion);
        let paid_by = self.choose(&wanted).paid_by;
        self.draw(&paid_by, Account::Held);
        booking.draws(paid_by);
    }
}
