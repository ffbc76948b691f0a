//! What falls due for the model's packages, also while clients are at it.

use std::time::Duration;

use stateright::semantics::ConsistencyTester as _;

use super::at_once::{Deed, Tester};
use super::model::{Model, begins};
use super::moment::MILLIS;
use super::pools::Account;

/// For how long what is due is worked off at once.
pub(super) const WORK: Duration = Duration::from_secs(60);

/// Above all packages there are.
const PIPELINE: usize = 1_000_000;

/// What may be due of a package, an opportunity or a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Due {
    Deposit(usize),
    End(usize),
    Lapse(usize),
    Resumption(usize),
    CloseDate(usize),
    QuoteLapse(usize),
}

/// Tells the tester that each of these may happen from now on, once: none of them is ever answered, so it may
/// as well not happen.
pub(super) fn begin_all(tester: &Tester, all: &[Due]) {
    let mut tester = tester.lock().unwrap();
    for due in all {
        // As clients of their own, counted from the end; the very last one is who looks at everything.
        let thread = match due {
            Due::Deposit(place) => 3 * place + 1,
            Due::End(place) => 3 * place + 2,
            Due::Lapse(place) => 3 * place + 3,
            Due::Resumption(place) => PIPELINE + 3 * place + 1,
            Due::CloseDate(place) => PIPELINE + 3 * place + 2,
            Due::QuoteLapse(place) => PIPELINE + 3 * place + 3,
        };
        let begun = tester.on_invoke(usize::MAX - thread, Deed::Falls(*due));
        begun.map(drop).unwrap();
    }
}

impl Model {
    /// What is due, or may become so while clients are at it: whose rest is ended may have ended.
    pub(super) fn may_fall_due(&self) -> Vec<Due> {
        let places = 0..self.packages.len();
        let due = places.flat_map(|place| {
            let package = &self.packages[place];
            let deposit = self.owes_deposit(place).then_some(Due::Deposit(place));
            let ends = package.ended(self.now) || package.ends.is_some() && package.rest.is_some();
            let ends = (package.is_open() && ends).then_some(Due::End(place));
            let lapse = package.lapsed(self.now) && !package.lapse_told;
            [deposit, ends, lapse.then_some(Due::Lapse(place))]
        });
        let of_packages: Vec<Due> = due.flatten().collect();
        [of_packages, self.may_fall_due_of_pipeline()].concat()
    }

    /// What is due is done for each package.
    pub(super) fn fall_due(&mut self) {
        for place in 0..self.packages.len() {
            self.dun(place);
            self.end(place);
            self.lapse(place);
        }
        for due in self.may_fall_due_of_pipeline() {
            self.falls(due);
        }
    }

    /// That is done now, if it is due.
    pub(super) fn falls(&mut self, due: Due) {
        match due {
            Due::Deposit(place) => self.dun(place),
            Due::End(place) => self.end(place),
            Due::Lapse(place) => self.lapse(place),
            Due::Resumption(place) => self.resume_due(place),
            Due::CloseDate(place) => self.tell_near(place),
            Due::QuoteLapse(place) => self.lapse_quote(place),
        }
    }

    /// A deposit that was to be paid the day before is told to be overdue.
    fn dun(&mut self, place: usize) {
        if self.owes_deposit(place) {
            self.packages[place].dunned = true;
            self.entries += 1;
        }
    }

    /// An offer that was not answered in time is told to have lapsed.
    fn lapse(&mut self, place: usize) {
        let package = &mut self.packages[place];
        if package.lapsed(self.now) && !package.lapse_told {
            package.lapse_told = true;
            self.entries += 1;
        }
    }

    /// What is left of what has ended is written off.
    fn end(&mut self, place: usize) {
        let now = self.now;
        let package = &mut self.packages[place];
        if package.is_open() && package.ended(now) && package.has_any(&[Account::Available]) {
            package.changes += 1;
            package.write_off();
            self.entries += 1;
        }
    }

    /// Whether a deposit is overdue, and nobody was told.
    fn owes_deposit(&self, place: usize) -> bool {
        let package = &self.packages[place];
        let overdue = begins(Self::day(package.sold.div_euclid(MILLIS)) + 1);
        let deposit = package.terms.deposit.unwrap_or_default();
        let ends = package.ends.is_none_or(|ends| overdue < ends);
        let owes = package.is_open() && package.paid < deposit && !package.dunned;
        owes && overdue <= self.now && ends
    }
}
