//! A plain model of what the functions must do: written from docs/ alone, apart from the code that decides.
//! Hours count from when a history begins.

pub(crate) mod books;
pub(crate) mod caring;
pub(crate) mod choice;
pub(crate) mod coming_back;
pub(crate) mod due;
pub(crate) mod giving;
pub(crate) mod holdings;
pub(crate) mod offering;
pub(crate) mod oneself;
pub(crate) mod passes;
pub(crate) mod paying;
pub(crate) mod pools;
pub(crate) mod redeeming;
pub(crate) mod reopening;
pub(crate) mod resolving;
pub(crate) mod telling;
pub(crate) mod terms;
pub(crate) mod told_money;
pub(crate) mod units;

use self::choice::Wanted;
use self::holdings::{Booking, Last, Package, Quote};
use self::pools::Account;
use crate::prove::asked::answer::{Draw, Shown, Told};
use crate::prove::asked::ask::{Appointment, Ask, Paying, Request};
use crate::prove::pipeline::deals::Pipeline;

/// What is lost by whoever comes late or not at all.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Penalty {
    Release,
    Forfeit,
    Half,
}

/// The settings that a history is under.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Units are drawn when an appointment took place, and not held before.
    pub(crate) at_completion: bool,
    pub(crate) late_cancel: Penalty,
    pub(crate) no_show: Penalty,
    /// Hours before the appointment.
    pub(crate) window: i64,
    /// Days in which what returns to an ended package can be used.
    pub(crate) grace: i64,
}

/// Everything there is.
#[derive(Debug, Clone)]
pub(crate) struct Model {
    pub(crate) rules: Rules,
    pub(crate) now: i64,
    pub(crate) packages: Vec<Package>,
    /// By place; none that was never made.
    pub(crate) bookings: Vec<Option<Booking>>,
    /// What was quoted to be paid back.
    pub(crate) quotes: Vec<Quote>,
    /// The payments that other systems told of, by name, and what each was for.
    pub(crate) remembered: Vec<(usize, usize)>,
    pub(crate) pipeline: Pipeline,
    /// What was answered to requests with a key that were carried out.
    pub(crate) done: Vec<(String, Told)>,
    /// How many entries the journal has.
    pub(crate) entries: usize,
}

/// The hour at which the day of `hour` begins in Istanbul, where a history begins at eleven.
pub(crate) fn day_begins(hour: i64) -> i64 {
    begins(Model::day(hour))
}

/// The hour at which that day begins.
pub(crate) fn begins(day: i64) -> i64 {
    day * 24 - 11
}

impl Model {
    pub(crate) fn new(rules: Rules) -> Self {
        Self {
            rules,
            now: 0,
            packages: Vec::new(),
            bookings: Vec::new(),
            quotes: Vec::new(),
            remembered: Vec::new(),
            pipeline: Pipeline::default(),
            done: Vec::new(),
            entries: 0,
        }
    }

    /// The day of that hour, counted from the one on which the history begins.
    pub(crate) fn day(hour: i64) -> i64 {
        (hour + 11).div_euclid(24)
    }

    /// What the request is answered, and what becomes of everything.
    pub(crate) fn take(&mut self, request: &Request) -> Told {
        let known = self.done.iter().find(|(key, _)| *key == request.key);
        if let Some((_, told)) = known {
            return told.clone();
        }
        if let Some(denied) = self.denied(request.by, &request.ask) {
            return denied;
        }
        let told = match &request.ask {
            Ask::Buy { customer, template } => self.buy(*customer, *template),
            Ask::Sell { customer, template } => self.sell(*customer, *template),
            Ask::Book(asked) => self.make(&request.ask, asked, false),
            Ask::Offer {
                customer,
                template,
                until,
            } => {
                self.make_offer(*customer, *template, until.map(|until| begins(until + 1)));
                Told::Packages(201, vec![self.displayed(self.packages.len() - 1)])
            }
            Ask::Series(all) => self.series(&request.ask, all),
            Ask::WalkIn(asked) => self.make(&request.ask, asked, true),
            Ask::Redeem {
                booking,
                pay,
                partial,
            } => self.redeem(*booking, pay, *partial),
            Ask::Move { booking, starts_at } => self.reschedule(*booking, *starts_at),
            Ask::Cancel { booking, waive } => self.cancel(*booking, *waive),
            Ask::Complete { booking } => self.complete(*booking),
            Ask::Miss { booking } => self.miss(*booking),
            Ask::Reverse { booking } => self.reverse(*booking),
            Ask::Care { package, care } => self.care(*package, care),
            Ask::Money { package, money } => self.money(*package, money),
            Ask::Tell(telling) => self.tell(telling),
            // What was asked for again is told of as it is by then.
            Ask::Deal(deal) => return self.deal(&request.key, deal),
        };
        self.note_use();
        let carried_out = !matches!(told, Told::Refused(..));
        if carried_out && request.ask.has_key() && !request.ask.is_free() {
            self.done.push((request.key.clone(), told.clone()));
        }
        told
    }

    fn sell(&mut self, customer: usize, template: usize) -> Told {
        self.make_offer(customer, template, None);
        let now = self.now;
        self.packages.last_mut().unwrap().begin(now);
        Told::Packages(201, vec![self.displayed(self.packages.len() - 1)])
    }

    /// The packages that a customer may redeem from.
    pub(crate) fn seen(&self, customer: usize) -> Vec<usize> {
        let places = 0..self.packages.len();
        places
            .filter(|place| self.packages[*place].is_for(customer))
            .collect()
    }

    /// Whether one is named that the customer may not redeem from.
    pub(crate) fn names_unseen(&self, asked: &Appointment) -> bool {
        match &asked.pay {
            Paying::None | Paying::Auto => false,
            Paying::Named(named) => !named
                .iter()
                .all(|place| self.packages[*place].is_for(asked.customer)),
        }
    }

    /// Books an appointment, or records one that took place.
    pub(crate) fn make(&mut self, ask: &Ask, asked: &Appointment, walk_in: bool) -> Told {
        if let Some(Some(known)) = self.bookings.get(asked.booking) {
            return match (walk_in, known.last) {
                (true, Last::WalkedIn | Last::Completed) => Told::Booking(200, known.shown()),
                (true, _) => Told::refused(409, "booking-resolved"),
                (false, _) if known.asked == *ask => Told::Booking(201, known.first.clone()),
                (false, _) => Told::refused(422, "booking-id-reused"),
            };
        }
        if !walk_in && asked.starts_at < day_begins(self.now) {
            return Told::refused(422, "starts-in-past");
        }
        if self.names_unseen(asked) {
            return Told::refused(404, "package-not-found");
        }
        let holds = walk_in || !self.rules.at_completion;
        let wanted = Wanted::first(asked, holds);
        let choice = self.choose(&wanted);
        if let Some(reason) = choice
            .closest
            .filter(|_| !asked.partial && *wanted.pay != Paying::None)
        {
            return Told::refused(409, reason.code());
        }
        let shown = self.begin(ask, asked, choice.paid_by, walk_in);
        Told::Booking(if walk_in { 200 } else { 201 }, shown)
    }

    /// Lets these pay for an appointment that was never heard of, and keeps it; as it is shown.
    pub(crate) fn begin(
        &mut self,
        ask: &Ask,
        asked: &Appointment,
        paid_by: Vec<Option<Draw>>,
        walk_in: bool,
    ) -> Shown {
        let (place, services) = (asked.booking, &asked.services);
        let to = if walk_in {
            Account::Used
        } else {
            Account::Held
        };
        let went = self.draw(&paid_by, to);
        let shown = Shown {
            status: if walk_in { "completed" } else { "booked" },
            starts_at: asked.starts_at,
            paid_by: paid_by.clone(),
        };
        let booking = Booking {
            customer: asked.customer,
            asked: ask.clone(),
            first: shown.clone(),
            walk_in,
            status: shown.status,
            starts_at: asked.starts_at,
            before: vec![None; services.len()],
            went: if walk_in { went } else { Vec::new() },
            drew: paid_by.iter().flatten().map(|draw| draw.package).collect(),
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
}
