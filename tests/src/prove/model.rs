//! A plain model of what the functions must do: written from docs/ alone, apart from the code that decides.
//! Hours count from when a history begins.

use super::answer::{Draw, Shown, Told};
use super::ask::{Appointment, Ask, Paying, Request};
use super::choice::choose;
use super::holdings::{Booking, Last, Package, Pool, To};

/// What is lost by whoever comes late or not at all.
#[derive(Debug, Clone, Copy)]
pub(super) enum Penalty {
    Release,
    Forfeit,
    Half,
}

/// The settings that a history is under.
#[derive(Debug, Clone, Copy)]
pub(super) struct Rules {
    /// Units are drawn when an appointment took place, and not held before.
    pub(super) at_completion: bool,
    pub(super) late_cancel: Penalty,
    pub(super) no_show: Penalty,
    /// Hours before the appointment.
    pub(super) window: i64,
    /// Days in which what returns to an ended package can be used.
    pub(super) grace: i64,
}

/// Everything there is of a customer.
#[derive(Debug, Clone)]
pub(super) struct Model {
    pub(super) rules: Rules,
    pub(super) now: i64,
    pub(super) packages: Vec<Package>,
    /// By place; none that was never made.
    pub(super) bookings: Vec<Option<Booking>>,
    /// What was answered to requests with a key that were carried out.
    pub(super) done: Vec<(String, Told)>,
    /// How many entries the journal has.
    pub(super) entries: usize,
}

/// The hour at which the day of `hour` begins in Istanbul, where a history begins at eleven.
pub(super) fn day_begins(hour: i64) -> i64 {
    begins(Model::day(hour))
}

/// The hour at which that day begins.
pub(super) fn begins(day: i64) -> i64 {
    day * 24 - 11
}

impl Model {
    pub(super) fn new(rules: Rules) -> Self {
        Self {
            rules,
            now: 0,
            packages: Vec::new(),
            bookings: Vec::new(),
            done: Vec::new(),
            entries: 0,
        }
    }

    /// The day of that hour, counted from the one on which the history begins.
    pub(super) fn day(hour: i64) -> i64 {
        (hour + 11).div_euclid(24)
    }

    /// What the request is answered, and what becomes of everything.
    pub(super) fn take(&mut self, request: &Request) -> Told {
        let known = self.done.iter().find(|(key, _)| *key == request.key);
        if let Some((_, told)) = known {
            return told.clone();
        }
        let told = match &request.ask {
            Ask::Sell { template } => self.sell(*template),
            Ask::Book(asked) => self.make(&request.ask, asked, false),
            Ask::WalkIn(asked) => self.make(&request.ask, asked, true),
            Ask::Move { booking, starts_at } => self.reschedule(*booking, *starts_at),
            Ask::Cancel { booking, waive } => self.cancel(*booking, *waive),
            Ask::Complete { booking } => self.complete(*booking),
            Ask::Miss { booking } => self.miss(*booking),
            Ask::Reverse { booking } => self.reverse(*booking),
            Ask::Care { package, care } => self.care(*package, care),
            Ask::Tell(telling) => self.tell(telling),
        };
        let carried_out = !matches!(told, Told::Refused(..));
        if carried_out && request.ask.has_key() {
            self.done.push((request.key.clone(), told.clone()));
        }
        told
    }

    fn sell(&mut self, template: usize) -> Told {
        let pool = |covers: Option<Vec<usize>>, available| Pool {
            covers,
            available,
            held: 0,
            used: 0,
            forfeited: 0,
            expired: 0,
        };
        let last_day = |days| Some(begins(Self::day(self.now) + days + 1));
        let (expires, pools) = match template {
            0 => (last_day(10), vec![pool(Some(vec![0]), 3)]),
            1 => (None, vec![pool(Some(vec![0, 1]), 4)]),
            2 => (None, vec![pool(None, 250_000)]),
            _ => (
                last_day(4),
                vec![pool(Some(vec![0]), 2), pool(Some(vec![1]), 1)],
            ),
        };
        let grace_days = if template == 3 { 2 } else { 0 };
        self.packages.push(Package {
            id: String::new(),
            sold: self.now,
            expires,
            ends: expires.map(|expires| expires + grace_days * 24),
            grace_days,
            rest: None,
            voided: false,
            pools,
        });
        self.entries += 1;
        Told::Package(201)
    }

    /// Books an appointment, or records one that took place.
    fn make(&mut self, ask: &Ask, asked: &Appointment, walk_in: bool) -> Told {
        let Appointment {
            booking: place,
            services,
            starts_at,
            pay,
            partial,
        } = asked;
        let (place, starts_at, partial) = (*place, *starts_at, *partial);
        if let Some(Some(known)) = self.bookings.get(place) {
            return match (walk_in, known.last) {
                (true, Last::WalkedIn | Last::Completed) => Told::Booking(200, known.shown()),
                (true, _) => Told::refused(409, "booking-resolved"),
                (false, _) if known.asked == *ask => Told::Booking(201, known.first.clone()),
                (false, _) => Told::refused(422, "booking-id-reused"),
            };
        }
        if !walk_in && starts_at < day_begins(self.now) {
            return Told::refused(422, "starts-in-past");
        }
        let nothing = Paying::None;
        let holds = walk_in || !self.rules.at_completion;
        let asked_of = if holds { pay } else { &nothing };
        let choice = choose(&self.packages, services, asked_of, starts_at);
        if let Some(reason) = choice
            .closest
            .filter(|_| !partial && *asked_of != Paying::None)
        {
            return Told::refused(409, reason.code());
        }
        let shown = self.begin(ask, asked, choice.paid_by, walk_in);
        Told::Booking(if walk_in { 200 } else { 201 }, shown)
    }

    /// Lets these pay for an appointment that was never heard of, and keeps it; as it is shown.
    pub(super) fn begin(
        &mut self,
        ask: &Ask,
        asked: &Appointment,
        paid_by: Vec<Option<Draw>>,
        walk_in: bool,
    ) -> Shown {
        let (place, services) = (asked.booking, &asked.services);
        for draw in paid_by.iter().flatten() {
            let pool = self.pool(*draw);
            pool.available -= draw.units;
            match walk_in {
                true => pool.used += draw.units,
                false => pool.held += draw.units,
            }
        }
        let went = paid_by.iter().rev().flatten().map(|draw| (*draw, To::Used));
        let shown = Shown {
            status: if walk_in { "completed" } else { "booked" },
            starts_at: asked.starts_at,
            paid_by: paid_by.clone(),
        };
        let booking = Booking {
            asked: ask.clone(),
            first: shown.clone(),
            walk_in,
            status: shown.status,
            starts_at: asked.starts_at,
            before: vec![None; services.len()],
            went: if walk_in { went.collect() } else { Vec::new() },
            services: services.clone(),
            pay: asked.pay.clone(),
            partial: asked.partial,
            lines: paid_by,
            last: if walk_in { Last::WalkedIn } else { Last::Other },
            happened: self.now,
            taken_back: None,
        };
        if self.bookings.len() <= place {
            self.bookings.resize(place + 1, None);
        }
        self.bookings[place] = Some(booking);
        self.entries += 1;
        shown
    }

    pub(super) fn pool(&mut self, draw: Draw) -> &mut Pool {
        &mut self.packages[draw.package].pools[draw.pool]
    }

    /// Gives back what was held, as it was then. What returns to a package that has ended can be used for the days of grace,
    /// and what else was left in it is lost; without any, it is forfeited.
    pub(super) fn give_back(&mut self, draw: Draw, now: i64) -> To {
        let grace = self.rules.grace;
        let ended = self.packages[draw.package].ended(now);
        self.pool(draw).held -= draw.units;
        if ended && grace == 0 {
            self.pool(draw).forfeited += draw.units;
            return To::Forfeited;
        }
        if ended {
            let package = &mut self.packages[draw.package];
            package.write_off();
            package.ends = package.ends.max(Some(day_begins(now) + (grace + 1) * 24));
        }
        self.pool(draw).available += draw.units;
        To::Available
    }
}
