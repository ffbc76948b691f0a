//! A business as the store keeps it, and every verb that is asked of it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::str::FromStr;

use chrono::TimeDelta;
use chrono_tz::Tz;
use domain::bookings::{Booking, DeductAt, Penalty};
use domain::calendar::day_of;
use domain::catalog::{Service, Template};
use domain::customers::{Customer, MandateRecord};
use domain::journal::Entry;
use domain::packages::Package;
use domain::settings::Settings;
use domain::{
    Actor, BookingId, Context, CustomerId, Decision, EntryKey, Instant, PackageId, Put, Refusal,
    Role,
};

use super::command::{Command, DAYS, Verb};
use super::draws::draws_are_rightful;
use super::goods;
use super::ledger::Ledger;
use super::people::mandate;
use crate::fixtures::*;

/// What a verb decides; none where there is nothing it could be asked about.
pub(super) type Decided = Result<Option<Decision>, Refusal>;

/// Customers 1 to 4.
pub(super) const CUSTOMERS: u8 = 4;

pub(crate) const ZONE: Tz = chrono_tz::Europe::Bucharest;

pub(crate) struct World {
    pub(crate) now: Instant,
    pub(crate) settings: Settings,
    pub(crate) services: Vec<Service>,
    pub(crate) templates: Vec<Template>,
    pub(crate) customers: BTreeMap<CustomerId, Customer>,
    pub(crate) mandates: BTreeMap<CustomerId, MandateRecord>,
    pub(crate) packages: BTreeMap<PackageId, Package>,
    pub(crate) bookings: BTreeMap<BookingId, Booking>,
    /// Which packages members are pointed to.
    pub(crate) shares: BTreeSet<(PackageId, CustomerId)>,
    pub(crate) journal: Vec<Entry>,
    /// The packages after each entry of the journal.
    pub(crate) remembered: Vec<BTreeMap<PackageId, Package>>,
    pub(crate) ledger: Ledger,
    pub(super) keys: Vec<EntryKey>,
    requests: u32,
}

impl World {
    pub(crate) fn new(day: usize) -> Self {
        let now = at(DAYS[day]);
        let mut settings = settings(DeductAt::Booking, Penalty::Forfeit);
        settings.policies.time_zone = ZONE;
        let customers = (1..=CUSTOMERS).map(|n| (cus(n), customer(n)));
        let today = day_of(now, ZONE);
        let mandates = (1..=CUSTOMERS).map(|n| (cus(n), mandate(n, today)));
        Self {
            now,
            settings,
            services: goods::services(),
            templates: goods::templates(today),
            customers: customers.collect(),
            mandates: mandates.collect(),
            packages: BTreeMap::new(),
            bookings: BTreeMap::new(),
            shares: BTreeSet::new(),
            journal: Vec::new(),
            remembered: Vec::new(),
            ledger: Ledger::default(),
            keys: Vec::new(),
            requests: 0,
        }
    }

    /// Does what is asked for; whether anything was written.
    pub(crate) fn run(&mut self, command: &Command) -> Result<bool, Refusal> {
        self.requests += 1;
        let decided = match command.verb {
            Verb::Wait => return Ok(self.wait(command)),
            Verb::Collect => return self.collect(command),
            Verb::PayExisting => return self.pay_existing(command),
            Verb::Sell => self.sell(command),
            Verb::SellTerms => self.sell_terms(command),
            Verb::Buy => self.buy(command),
            Verb::Offer => self.offer(command),
            Verb::Accept => self.accept(command),
            Verb::Decline => self.decline(command),
            Verb::Import => self.import(command),
            Verb::Pay => self.pay(command),
            Verb::ReturnPayment => self.return_payment(command),
            Verb::RejectDebit => self.reject_debit(command),
            Verb::TopUp => self.top_up(command),
            Verb::Adjust => self.adjust(command),
            Verb::Freeze => self.freeze(command),
            Verb::Unfreeze => self.unfreeze(command),
            Verb::Extend => self.extend(command),
            Verb::Transfer => self.transfer(command),
            Verb::ChangeMembers => self.change_members(command),
            Verb::Void => self.void(command),
            Verb::QuoteRefund => self.quote_refund(command),
            Verb::Refund => self.refund(command),
            Verb::Expire => self.expire(command),
            Verb::Book => self.book(command),
            Verb::BookSeries => self.book_series(command),
            Verb::PayBooking => self.pay_booking(command),
            Verb::Reschedule => self.reschedule(command),
            Verb::Cancel => self.cancel(command),
            Verb::NoShow => self.no_show(command),
            Verb::Complete => self.complete(command),
            Verb::WalkIn => self.walk_in(command),
            Verb::Reverse => self.reverse(command),
            Verb::SaveMandate => self.save_mandate(command),
            Verb::RemoveMandate => self.remove_mandate(command),
            Verb::EditCustomer => self.edit_customer(command),
            Verb::Claim => self.claim(command),
            Verb::Erase => self.erase(command),
            Verb::EditService => self.edit_service(command),
            Verb::ChangeSettings => self.change_settings(command),
        };
        let Some(decision) = decided? else {
            return Ok(false);
        };
        // Under a booking's id that is taken the store answers without writing.
        let taken = |(key, _): (&EntryKey, &Entry)| self.keys.contains(key);
        if matches!(decision.key, EntryKey::Booking(_)) && decision.entries().any(taken) {
            return Ok(false);
        }
        self.commit(&decision);
        Ok(true)
    }

    /// Moves the clock: within a moment, a little back as on another computer, to an appointment,
    /// by hours or by weeks.
    fn wait(&mut self, command: &Command) -> bool {
        let much = i64::from(command.much);
        let open = self.open_bookings();
        self.now = match command.what % 8 {
            0 => self.now + TimeDelta::milliseconds(1),
            1 => self.now - TimeDelta::minutes(much % 10),
            2..=4 => Command::pick(command.which, &open)
                .map_or(self.now, |booking| self.now.max(booking.terms.starts_at)),
            5 => self.now + TimeDelta::minutes(much % (4 * 24 * 60)),
            _ => self.now + TimeDelta::hours(much % (35 * 24)),
        };
        true
    }

    /// Who does it, now. Later requests come with lower randomness, so that nothing but time sorts
    /// their entries.
    pub(super) fn context(&self) -> Context {
        Context {
            random: u128::from(u32::MAX - 100 * self.requests),
            ..context(self.now)
        }
    }

    pub(super) fn by_customer(&self, customer: CustomerId) -> Context {
        Context {
            actor: Actor {
                id: format!("account-{customer}").parse().unwrap(),
                role: Role::Customer,
            },
            ..self.context()
        }
    }

    /// Where something that happens to a package goes.
    pub(super) fn key(&self, package: &Package) -> EntryKey {
        EntryKey::Keyed(package.id, self.unique("k"))
    }

    /// A text that no other request has.
    pub(super) fn unique<T: FromStr<Err: Debug>>(&self, prefix: &str) -> T {
        format!("{prefix}{}", self.requests).parse().unwrap()
    }

    pub(super) fn customer(&self, command: &Command) -> Customer {
        self.customers[&cus(command.who % CUSTOMERS + 1)].clone()
    }

    /// The id of the next package.
    pub(super) fn next_package(&self) -> PackageId {
        pkg(u8::try_from(self.packages.len() + 1).unwrap())
    }

    /// A package: mostly one of those that are wanted.
    pub(super) fn package(
        &self,
        command: &Command,
        wanted: impl Fn(&Package) -> bool,
    ) -> Option<&Package> {
        let all: Vec<&Package> = self.packages.values().collect();
        let likely: Vec<&Package> = all.iter().copied().filter(|p| wanted(p)).collect();
        let of = match likely.is_empty() || command.is_odd() {
            true => all,
            false => likely,
        };
        Command::pick(command.which, &of).copied()
    }

    pub(super) fn commit(&mut self, decision: &Decision) {
        self.requests += 1;
        for (key, entry) in decision.entries() {
            assert!(!self.keys.contains(key), "{key:?} is taken once");
            self.keys.push(key.clone());
            self.write(entry, decision);
        }
    }

    fn write(&mut self, entry: &Entry, decision: &Decision) {
        for line in &entry.lines {
            let Some(package) = self.packages.get(&line.package) else {
                continue;
            };
            assert_eq!(line.version, package.version + 1, "as it was read");
            assert_eq!(decision.holders.get(&package.id), Some(&package.customer));
            let ended = |at| package.standing.ended_at(at);
            assert!(!line.valid_at.is_some_and(ended), "valid at its time");
        }
        for package in self.packages.values_mut() {
            *package = package.after(entry).unwrap();
        }
        for put in &decision.puts {
            self.put(put);
        }
        if let Some(id) = entry.fact.booking() {
            let of = |other: &&Entry| other.fact.booking() == Some(id);
            let steps = self.journal.iter().filter(of).chain([entry]);
            let booking = Booking::fold(steps).unwrap();
            self.bookings.insert(id.clone(), booking);
        }
        self.ledger.post(entry);
        if let Some(before) = self.remembered.last() {
            draws_are_rightful(self, before, entry);
        }
        self.journal.push(entry.clone());
        self.remembered.push(self.packages.clone());
    }

    fn put(&mut self, put: &Put) {
        match put {
            Put::Package(package) => {
                let before = self.packages.insert(package.id, package.clone());
                assert_eq!(before, None, "a package comes to be once");
            }
            Put::Settings(settings) => self.settings = settings.clone(),
            Put::Service(service) => {
                self.services.retain(|other| other.id != service.id);
                self.services.push(service.clone());
            }
            Put::Template(template) => self.templates.push(template.clone()),
            Put::Customer { after, .. } => {
                self.customers.insert(after.id, after.clone());
            }
            Put::Mandate(customer, record) => {
                self.mandates.insert(*customer, record.clone());
            }
            Put::Share {
                package, member, ..
            } => assert!(self.shares.insert((*package, *member))),
            Put::Unshare {
                package, member, ..
            } => assert!(self.shares.remove(&(*package, *member))),
            Put::Creditor(_)
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
            | Put::PaidOnline { .. } => {}
        }
    }

    pub(super) fn members_find_what_they_may_redeem_from(&self) {
        let packages = self.packages.values();
        let members = packages.flat_map(|package| {
            let members = package.standing.members.iter();
            members.map(|member| (package.id, *member))
        });
        assert_eq!(members.collect::<BTreeSet<_>>(), self.shares);
    }
}
