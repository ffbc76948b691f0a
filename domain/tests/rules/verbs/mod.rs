//! What the verbs do when nothing speaks against them, to the unit.

mod booking;
mod cancelling;
mod collection;
mod debits;
mod erasure;
mod existing;
mod following;
mod import;
mod in_flight;
mod journal;
mod offer;
mod parts;
mod paying;
mod payments;
mod records;
mod rescheduling;
mod reversing;
mod sale;
mod series;
mod settling;
mod wallet;

use domain::bookings::{self, Appointment, Booking, DeductAt, Holdings, PayWith, Penalty};
use domain::journal::Entry;
use domain::packages::Package;
use domain::{Context, Decision, Instant, Refusal, Role};

use crate::fixtures::{bkg, context, holdings, now, pkg, settings, show, svc};

/// Booking `n` as it is asked for.
fn appointment(
    n: u8,
    services: &[u8],
    starts_at: Instant,
    pay_with: Option<PayWith>,
) -> Appointment {
    Appointment {
        booking: bkg(n),
        services: services.iter().map(|n| svc(*n)).collect(),
        starts_at,
        pay_with,
        allow_partial: false,
    }
}

/// Customer 1 and their packages, and what was written down about them.
pub(crate) struct Desk {
    pub(crate) holdings: Holdings,
    pub(crate) journal: Vec<Entry>,
    pub(crate) now: Instant,
    /// Who acts.
    pub(crate) role: Role,
}

impl Desk {
    pub(crate) fn new(deduct_at: DeductAt, no_show: Penalty, packages: Vec<Package>) -> Self {
        let mut desk = Self {
            holdings: holdings(packages),
            journal: Vec::new(),
            now: now(),
            role: Role::Staff,
        };
        desk.change_policy(deduct_at, no_show);
        desk
    }

    pub(crate) fn change_policy(&mut self, deduct_at: DeductAt, no_show: Penalty) {
        self.holdings.settings = Some(settings(deduct_at, no_show));
    }

    pub(crate) fn context(&self) -> Context {
        let mut context = context(self.now);
        context.actor.role = self.role;
        context
    }

    /// Books services for customer 1 as booking `n`.
    pub(crate) fn book(
        &mut self,
        n: u8,
        services: &[u8],
        starts_at: Instant,
        pay_with: PayWith,
    ) -> Result<Decision, Refusal> {
        let wanted = appointment(n, services, starts_at, Some(pay_with));
        let booked = bookings::book(&self.holdings, &wanted, &self.context());
        self.keep(booked)
    }

    pub(crate) fn walk_in(
        &mut self,
        n: u8,
        services: &[u8],
        starts_at: Instant,
        pay_with: PayWith,
    ) -> Result<Decision, Refusal> {
        let walked_in = appointment(n, services, starts_at, Some(pay_with));
        let completed = bookings::complete_walk_in(&self.holdings, &walked_in, &self.context());
        self.keep(completed)
    }

    pub(crate) fn reschedule(&mut self, n: u8, starts_at: Instant) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let packages = &self.holdings.packages;
        let moved = bookings::reschedule(&booking, packages, starts_at, &context);
        self.keep(moved)
    }

    pub(crate) fn cancel(&mut self, n: u8) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let cancelled = bookings::cancel(&booking, &self.holdings.packages, false, &context);
        self.keep(cancelled)
    }

    fn waive(&mut self, n: u8) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let cancelled = bookings::cancel(&booking, &self.holdings.packages, true, &context);
        self.keep(cancelled)
    }

    /// Pays booking `n`, all that is due of it or as much as can be.
    fn pay(&mut self, n: u8, pay_with: PayWith, partial: bool) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let packages = &self.holdings.packages;
        let paid = bookings::pay(&booking, packages, &pay_with, partial, &context);
        self.keep(paid)
    }

    fn reverse(&mut self, n: u8) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let of_booking = |entry: &&Entry| entry.fact.booking() == Some(&bkg(n));
        let entries: Vec<Entry> = self.journal.iter().filter(of_booking).cloned().collect();
        let packages = &self.holdings.packages;
        let reversed = bookings::reverse(&booking, &entries, packages, &context);
        self.keep(reversed)
    }

    pub(crate) fn complete(&mut self, n: u8) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let completed = bookings::complete(&booking, &self.holdings.packages, &context);
        self.keep(completed)
    }

    pub(crate) fn no_show(&mut self, n: u8) -> Result<Decision, Refusal> {
        let (booking, context) = (self.booking(n), self.context());
        let recorded = bookings::no_show(&booking, &self.holdings.packages, &context);
        self.keep(recorded)
    }

    pub(crate) fn keep(&mut self, decided: Result<Decision, Refusal>) -> Result<Decision, Refusal> {
        let decision = decided?;
        for (_, entry) in decision.entries() {
            for package in &mut self.holdings.packages {
                *package = package.after(entry)?;
            }
            self.journal.push(entry.clone());
        }
        Ok(decision)
    }

    pub(crate) fn booking(&self, n: u8) -> Booking {
        let entries = self.journal.iter();
        Booking::fold(entries.filter(|entry| entry.fact.booking() == Some(&bkg(n)))).unwrap()
    }

    pub(crate) fn package(&mut self, n: u8) -> &mut Package {
        let mut packages = self.holdings.packages.iter_mut();
        packages.find(|package| package.id == pkg(n)).unwrap()
    }

    /// The balance of a package's only pool, such as `10: 9 available, 1 held`.
    pub(crate) fn balance(&mut self, package: u8) -> String {
        show(self.package(package).pools[0].balance)
    }

    /// What booking `n` leaves to be paid otherwise, in minor units.
    pub(crate) fn due(&self, n: u8) -> Vec<u64> {
        let booking = self.booking(n);
        booking
            .due()
            .map(|line| line.price.amount_minor())
            .collect()
    }
}
