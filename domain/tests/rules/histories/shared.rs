//! Histories of two customers, one of whom shares what they hold: every kind of package, every policy,
//! bookings paid at once, in series and later, and mistakes taken back.

use std::collections::BTreeMap;

use domain::bookings::{
    self, Appointment, Booking, BookingStatus, DeductAt, Holdings, PayWith, Penalty,
};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::journal::Entry;
use domain::packages::{Account, Caps, Package, Standing};
use domain::{Context, Decision, Instant, PackageId, Refusal};
use proptest::prelude::*;

use crate::fixtures::*;

#[derive(Debug, Clone)]
enum Command {
    /// For a customer, services, minutes from now, paid with whatever can or with nothing.
    Book(u8, Vec<u8>, i64, bool),
    Series(u8, u8, i64),
    WalkIn(u8, u8),
    Pay(u8, bool),
    Move(u8, i64),
    Cancel(u8, bool),
    Complete(u8),
    NoShow(u8),
    Reverse(u8),
    Share(bool),
    Wait(i64),
    Policy(bool, u8, u8),
}

fn commands() -> impl Strategy<Value = Vec<Command>> {
    let services = prop::collection::vec(1..=3_u8, 1..=3);
    let minutes = -60..20 * 24 * 60_i64;
    let command = prop_oneof![
        6 => (1..=2_u8, services, minutes.clone(), any::<bool>())
            .prop_map(|(who, services, minutes, paid)| Command::Book(who, services, minutes, paid)),
        2 => (1..=2_u8, 1..=3_u8, minutes.clone()).prop_map(|(who, n, at)| Command::Series(who, n, at)),
        1 => (1..=2_u8, 1..=3_u8).prop_map(|(who, service)| Command::WalkIn(who, service)),
        3 => (any::<u8>(), any::<bool>()).prop_map(|(n, partial)| Command::Pay(n, partial)),
        2 => (any::<u8>(), minutes).prop_map(|(n, minutes)| Command::Move(n, minutes)),
        2 => (any::<u8>(), any::<bool>()).prop_map(|(n, waive)| Command::Cancel(n, waive)),
        3 => any::<u8>().prop_map(Command::Complete),
        2 => any::<u8>().prop_map(Command::NoShow),
        4 => any::<u8>().prop_map(Command::Reverse),
        1 => any::<bool>().prop_map(Command::Share),
        3 => (0..6 * 24 * 60_i64).prop_map(Command::Wait),
        1 => (any::<bool>(), 0..=100_u8, 0..=20_u8)
            .prop_map(|(early, part, grace)| Command::Policy(early, part, grace)),
    ];
    prop::collection::vec(command, 10..60)
}

proptest! {
    #[test]
    fn whatever_is_shared_paid_late_or_taken_back_adds_up(commands in commands()) {
        let mut world = World::new();
        for command in commands {
            let before = world.packages.clone();
            if world.run(&command).is_err() {
                assert_eq!(world.packages, before, "{command:?} was refused and changed something");
            }
            world.check();
        }
    }
}

struct World {
    packages: Vec<Package>,
    sold: Vec<Package>,
    holdings: Holdings,
    journal: Vec<Entry>,
    made: u8,
    now: Instant,
}

impl World {
    /// Customer 1 holds one of each kind.
    fn new() -> Self {
        let caps = Caps {
            per_day: Some(1),
            per_week: Some(3),
            per_period: None,
        };
        let mut first_use = template(4, visit_contents(6, &[(1, 1), (2, 2)]), None);
        first_use.terms.validity = Some(Validity::FromFirstUse(Span {
            count: 5,
            unit: SpanUnit::Days,
        }));
        let packages = vec![
            expiring(visits(1, 5, &[(1, 1), (2, 2)]), now() + days(6)),
            credit(2, lira(150_001), &[]),
            pass(3, &[1], caps),
            sold(first_use, 4),
            credit(5, lei(50_000), &[3]),
        ];
        Self {
            sold: packages.clone(),
            holdings: holdings(Vec::new()),
            packages,
            journal: Vec::new(),
            made: 0,
            now: now(),
        }
    }

    fn context(&self) -> Context {
        context(self.now)
    }

    fn holdings(&self, customer_number: u8) -> Holdings {
        Holdings {
            customer: Some(customer(customer_number)),
            packages: self.packages.clone(),
            ..self.holdings.clone()
        }
    }

    fn appointment(&mut self, services: &[u8], minutes: i64, paid: bool) -> Appointment {
        self.made += 1;
        Appointment {
            booking: bkg(self.made),
            services: services.iter().map(|n| svc(*n)).collect(),
            starts_at: self.now + chrono::TimeDelta::minutes(minutes),
            pay_with: Some(if paid { PayWith::Auto } else { PayWith::None }),
            allow_partial: minutes % 2 == 0,
        }
    }

    /// The entries of one of the bookings there are.
    fn entries(&self, pick: u8) -> Vec<Entry> {
        let number = pick.checked_rem(self.made).unwrap_or(0) + 1;
        let of = |entry: &&Entry| entry.fact.booking() == Some(&bkg(number));
        self.journal.iter().filter(of).cloned().collect()
    }

    fn booking(&self, pick: u8) -> Result<Booking, Refusal> {
        Booking::fold(&self.entries(pick)).ok_or(Refusal::BookingNotFound)
    }

    fn run(&mut self, command: &Command) -> Result<(), Refusal> {
        let context = self.context();
        let decision = match command {
            Command::Book(who, services, minutes, paid) => {
                let wanted = self.appointment(services, *minutes, *paid);
                bookings::book(&self.holdings(*who), &wanted, &context)?
            }
            Command::Series(who, count, minutes) => {
                let daily = |n: u8| minutes + i64::from(n) * 24 * 60;
                let each = (0..*count).map(|n| self.appointment(&[1], daily(n), true));
                let each: Vec<Appointment> = each.collect();
                bookings::book_series(&self.holdings(*who), &each, &context)?
            }
            Command::WalkIn(who, service) => {
                let wanted = self.appointment(&[*service], -30, true);
                bookings::complete_walk_in(&self.holdings(*who), &wanted, &context)?
            }
            Command::Pay(n, partial) => {
                let booking = self.booking(*n)?;
                bookings::pay(&booking, &self.packages, &PayWith::Auto, *partial, &context)?
            }
            Command::Move(n, minutes) => {
                let to = self.now + chrono::TimeDelta::minutes(*minutes);
                bookings::reschedule(&self.booking(*n)?, &self.packages, to, &context)?
            }
            Command::Cancel(n, waive) => {
                bookings::cancel(&self.booking(*n)?, &self.packages, *waive, &context)?
            }
            Command::Complete(n) => {
                bookings::complete(&self.booking(*n)?, &self.packages, &context)?
            }
            Command::NoShow(n) => bookings::no_show(&self.booking(*n)?, &self.packages, &context)?,
            Command::Reverse(n) => {
                let (booking, entries) = (self.booking(*n)?, self.entries(*n));
                let back = bookings::reverse(&booking, &entries, &self.packages, &context)?;
                self.took_back(&entries, &back);
                back
            }
            Command::Share(shared) => {
                let members: &[u8] = if *shared { &[2] } else { &[] };
                for package in self.packages.iter_mut().chain(&mut self.sold) {
                    package.standing.members = members.iter().copied().map(cus).collect();
                }
                return Ok(());
            }
            Command::Wait(minutes) => {
                self.now += chrono::TimeDelta::minutes(*minutes);
                return Ok(());
            }
            Command::Policy(early, part, grace) => {
                self.change_policy(*early, *part, (*grace).into());
                return Ok(());
            }
        };
        self.keep(&decision);
        Ok(())
    }

    fn change_policy(&mut self, early: bool, part: u8, grace: u16) {
        let policies = &mut self.holdings.settings.as_mut().unwrap().policies;
        let penalty = match part {
            0..20 => Penalty::Release,
            80.. => Penalty::Forfeit,
            _ => Penalty::ForfeitPercent(part),
        };
        policies.deduct_at = match early {
            true => DeductAt::Booking,
            false => DeductAt::Completion,
        };
        (policies.no_show, policies.late_cancel) = (penalty, penalty);
        policies.return_grace_days = grace;
        policies.cancel_window_hours = grace;
    }

    fn keep(&mut self, decision: &Decision) {
        for (_, entry) in decision.entries() {
            for package in &mut self.packages {
                *package = package.after(entry).unwrap();
            }
            self.journal.push(entry.clone());
        }
    }

    /// A reversal moves the value of every line back, but of what was lost to time.
    fn took_back(&self, entries: &[Entry], back: &Decision) {
        let sum = |entry: &Entry| {
            let lines = entry.lines.iter();
            let lasting = lines.filter(|l| l.to != Some(Account::Expired));
            lasting.fold(BTreeMap::<PackageId, i128>::new(), |mut sums, line| {
                let value = i128::from(line.value_minor());
                let owed = i128::from(line.owed_after()) - i128::from(line.owed_before());
                *sums.entry(line.package).or_default() += value * owed;
                sums
            })
        };
        let negative = |sums: BTreeMap<PackageId, i128>| -> BTreeMap<PackageId, i128> {
            sums.into_iter().map(|(id, sum)| (id, -sum)).collect()
        };
        assert_eq!(sum(&back.entry), negative(sum(entries.last().unwrap())));
    }

    fn check(&self) {
        let bookings: Vec<Booking> = (0..self.made)
            .filter_map(|n| self.booking(n).ok())
            .collect();
        for (package, sold) in self.packages.iter().zip(&self.sold) {
            let folded = self
                .journal
                .iter()
                .try_fold(sold.clone(), |package, entry| package.after(entry));
            let folded = Package {
                standing: Standing {
                    members: package.standing.members.clone(),
                    ..folded.as_ref().unwrap().standing.clone()
                },
                ..folded.unwrap()
            };
            assert_eq!(folded, *package, "the journal tells the state");
            let pool = &package.pools[0];
            let balance = pool.balance;
            let accounts = Account::ALL.into_iter().map(|a| balance.of(a));
            assert_eq!(balance.granted, accounts.sum::<u64>(), "{balance:?}");
            assert!(pool.worth_minor <= pool.price_minor);
            let draws = |of: &dyn Fn(&Booking) -> bool| -> u64 {
                let of = bookings.iter().filter(|booking| of(booking));
                let draws =
                    of.flat_map(|booking| booking.terms.services.iter().filter_map(|l| l.paid_by));
                draws
                    .filter(|draw| draw.package == package.id)
                    .map(|draw| draw.units)
                    .sum()
            };
            let open = |b: &Booking| b.status == BookingStatus::Booked;
            let done = |b: &Booking| b.status == BookingStatus::Completed;
            assert_eq!(
                balance.held,
                draws(&open),
                "what is held is of open bookings"
            );
            assert_eq!(
                balance.captured,
                draws(&done),
                "what is used is of completed ones"
            );
            if let Some(days) = &pool.days {
                let drawn: u64 = days.values().map(|count| u64::from(*count)).sum();
                assert_eq!(drawn, balance.granted);
                assert!(days.values().all(|count| *count <= 1), "{days:?}");
            }
        }
        let first_use = &self.packages[3];
        let used = first_use.pools[0].balance.owed() < first_use.pools[0].balance.granted;
        if !used && first_use.pools[0].balance.held == 0 && !first_use.standing.end_is_set {
            assert_eq!(first_use.standing.ends_at, None, "nothing has begun");
        }
    }
}
