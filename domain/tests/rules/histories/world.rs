//! A business as the store keeps it: decisions are applied by their lines, records by their puts,
//! entries under a key that is taken once.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::bookings::{
    Appointment, Booking, DeductAt, Holdings, Penalty, book, cancel, complete, complete_walk_in,
    no_show, reschedule,
};
use domain::catalog::Template;
use domain::journal::Entry;
use domain::packages::{Order, Package, Sale, sell};
use domain::settings::{Settings, change};
use domain::{Context, Decision, EntryKey, Instant, PackageId, Put, Refusal};

use super::command::{Command, PRODUCTS, Visit, price};
use crate::fixtures::*;

pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) settings: Settings,
    pub(crate) packages: BTreeMap<PackageId, Package>,
    pub(crate) journal: Vec<Entry>,
    keys: Vec<EntryKey>,
    requests: u8,
}

impl World {
    pub(crate) fn new() -> Self {
        Self {
            now: now(),
            settings: settings(DeductAt::Booking, Penalty::Forfeit),
            packages: BTreeMap::new(),
            journal: Vec::new(),
            keys: vec![EntryKey::Settings(1)],
            requests: 0,
        }
    }

    /// Decides and commits, or says why nothing was written.
    pub(crate) fn run(&mut self, command: &Command) -> Result<Decision, String> {
        self.requests += 1;
        let decided = self.decide(command).ok_or("nothing to decide on")?;
        let decision = decided.map_err(|refusal| refusal.to_string())?;
        if self.keys.contains(&decision.key) {
            return Err("the entry's key was taken before".to_owned());
        }
        self.commit(&decision);
        Ok(decision)
    }

    /// None when there is no such booking, or only the clock moves.
    fn decide(&mut self, command: &Command) -> Option<Result<Decision, Refusal>> {
        let context = self.context();
        Some(match command {
            Command::Sell { customer, product } => self.sell(*customer, *product),
            Command::Book(visit) => self.visit(visit, book),
            Command::WalkIn(visit) => self.visit(visit, complete_walk_in),
            Command::Reschedule { booking, minutes } => {
                let (booking, packages) = self.booking_and_packages(*booking)?;
                let starts_at = self.now + TimeDelta::minutes(*minutes);
                reschedule(&booking, &packages, starts_at, &context)
            }
            Command::Cancel(booking) => {
                let (booking, packages) = self.booking_and_packages(*booking)?;
                cancel(&booking, &packages, false, &context)
            }
            Command::Complete(booking) => {
                let (booking, packages) = self.booking_and_packages(*booking)?;
                complete(&booking, &packages, &context)
            }
            Command::NoShow(booking) => {
                let (booking, packages) = self.booking_and_packages(*booking)?;
                no_show(&booking, &packages, &context)
            }
            Command::Wait { milliseconds } => {
                self.now += TimeDelta::milliseconds(*milliseconds);
                return None;
            }
            Command::WaitFor(_) => return None,
            Command::Policy(deduct_at, no_show) => {
                let wanted = settings(*deduct_at, *no_show);
                let seen = Some(self.settings.version);
                change(Some(&self.settings), wanted, seen, &context)
            }
        })
    }

    /// Later requests come with lower randomness, so that nothing but time sorts their entries.
    fn context(&self) -> Context {
        Context {
            random: u128::from(u8::MAX - self.requests),
            ..context(self.now)
        }
    }

    fn sell(&self, buyer: u8, product: usize) -> Result<Decision, Refusal> {
        let sale = Sale {
            settings: Some(self.settings.clone()),
            customer: Some(customer(buyer)),
            template: Some(product_template(product)),
            services: Vec::new(),
        };
        let next = u8::try_from(self.packages.len() + 1).unwrap();
        sell(&sale, &Order::of_template(), pkg(next), &self.context())
    }

    fn visit(&self, visit: &Visit, verb: VisitVerb) -> Result<Decision, Refusal> {
        let holdings = Holdings {
            settings: Some(self.settings.clone()),
            customer: Some(customer(visit.customer)),
            services: (1..=4).map(|n| service(n, price(n))).collect(),
            packages: self.packages_of(visit.customer),
        };
        let appointment = Appointment {
            booking: bkg(visit.booking),
            services: visit.services(),
            starts_at: self.now + TimeDelta::minutes(visit.minutes),
            pay_with: Some(visit.pay_with()),
            allow_partial: false,
        };
        verb(&holdings, &appointment, &self.context())
    }

    fn packages_of(&self, customer: u8) -> Vec<Package> {
        let packages = self.packages.values().cloned();
        packages.filter(|p| p.customer == cus(customer)).collect()
    }

    pub(crate) fn booking(&self, n: u8) -> Option<Booking> {
        let id = bkg(n);
        let entries = self.journal.iter();
        Booking::fold(entries.filter(|entry| entry.fact.booking() == Some(&id)))
    }

    fn booking_and_packages(&self, n: u8) -> Option<(Booking, Vec<Package>)> {
        let booking = self.booking(n)?;
        let packages = self.packages.values().cloned();
        let packages = packages
            .filter(|p| p.customer == booking.customer)
            .collect();
        Some((booking, packages))
    }

    fn commit(&mut self, decision: &Decision) {
        let entry = &decision.entry;
        for line in &entry.lines {
            if let Some(package) = self.packages.get(&line.package) {
                assert_eq!(
                    line.version,
                    package.version + 1,
                    "the version it was read at"
                );
                let valid = line
                    .valid_at
                    .is_none_or(|at| !package.standing.ended_at(at));
                assert!(valid, "still valid at the appointment's time");
            }
        }
        for package in self.packages.values_mut() {
            *package = package.after(entry).unwrap();
        }
        for put in &decision.puts {
            match put {
                Put::Package(package) => {
                    self.packages.insert(package.id, package.clone());
                }
                Put::Settings(settings) => self.settings = settings.clone(),
                Put::Service(_)
                | Put::Template(_)
                | Put::Customer { .. }
                | Put::Share { .. }
                | Put::Unshare { .. }
                | Put::Mandate(..)
                | Put::Creditor(_)
                | Put::PipelineSettings(_)
                | Put::Scheme(_)
                | Put::SchemeStep(_)
                | Put::Opportunity(_)
                | Put::Quote(_)
                | Put::Activity(_)
                | Put::Company(_)
                | Put::Quota(_)
                | Put::Counted(..)
                | Put::Uncounted(..)
                | Put::PaidOnline { .. } => {
                    unreachable!("no command here edits these")
                }
            }
        }
        self.keys.push(decision.key.clone());
        self.journal.push(entry.clone());
    }

    /// Tries every way of resolving booking `n`, without committing to any.
    pub(crate) fn resolutions(&self, n: u8) -> [Result<Decision, Refusal>; 3] {
        let (booking, packages) = self.booking_and_packages(n).unwrap();
        let late = Context {
            now: self.now + days(1000),
            ..self.context()
        };
        [
            cancel(&booking, &packages, false, &late),
            complete(&booking, &packages, &late),
            no_show(&booking, &packages, &late),
        ]
    }
}

type VisitVerb = fn(&Holdings, &Appointment, &Context) -> Result<Decision, Refusal>;

fn product_template(product: usize) -> Template {
    let number = u8::try_from(product).unwrap();
    let product = &PRODUCTS[product];
    let contents = match product.currency {
        None => visit_contents(product.units, product.covers),
        Some(currency) => {
            let services: Vec<u8> = product.covers.iter().map(|(n, _)| *n).collect();
            credit_contents(money(product.units, currency), &services)
        }
    };
    template(number, contents, product.days)
}
