//! What falls due for the model's packages, also while clients are at it.

use std::time::Duration;

use stateright::semantics::ConsistencyTester as _;

use super::holdings::Stage;
use super::pools::Account;
use super::{Model, begins};
use crate::prove::at_once::{Deed, Tester};

/// For how long what is due is worked off at once.
pub(crate) const WORK: Duration = Duration::from_secs(60);

/// More than may be due of one package, opportunity or quote.
const EACH: usize = 20;

/// Above all packages there are.
const PIPELINE: usize = 1_000_000;

/// What may be due of a package, an opportunity or a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Due {
    /// An instalment, or (true) that it is overdue; the deposit is 0.
    Part(usize, bool, u32),
    End(usize),
    Lapse(usize),
    /// Bought, and not paid in time.
    Unpaid(usize),
    Resumption(usize),
    CloseDate(usize),
    QuoteLapse(usize),
}

/// Tells the tester that each of these may happen from now on, once: none of them is ever answered, so it may
/// as well not happen.
pub(crate) fn begin_all(tester: &Tester, all: &[Due]) {
    let mut tester = tester.lock().unwrap();
    for due in all {
        // As clients of their own, counted from the end; the very last one is who looks at everything.
        let (place, which): (usize, u32) = match due {
            Due::End(place) => (*place, 0),
            Due::Lapse(place) => (*place, 1),
            Due::Unpaid(place) => (*place, 2),
            Due::Part(place, overdue, number) => (*place, 2 * number + 3 + u32::from(*overdue)),
            Due::Resumption(place) => (PIPELINE + place, 0),
            Due::CloseDate(place) => (PIPELINE + place, 1),
            Due::QuoteLapse(place) => (PIPELINE + place, 2),
        };
        let thread = EACH * place + which as usize + 1;
        let begun = tester.on_invoke(usize::MAX - thread, Deed::Falls(*due));
        begun.map(drop).unwrap();
    }
}

impl Model {
    /// What is due, or may become so while clients are at it: whose rest is ended may have ended.
    pub(crate) fn may_fall_due(&self) -> Vec<Due> {
        let places = 0..self.packages.len();
        let due = places.flat_map(|place| {
            let package = &self.packages[place];
            let parts = self.parts_due(place).into_iter();
            let parts = parts.map(move |(overdue, number)| Due::Part(place, overdue, number));
            let ends = package.ended(self.now) || package.ends.is_some() && package.rest.is_some();
            let ends = (package.is_open() && ends).then_some(Due::End(place));
            let lapse = package.lapsed(self.now) && !package.lapse_told;
            let lapse = lapse.then_some(Due::Lapse(place));
            let unpaid = self.unpaid(place).then_some(Due::Unpaid(place));
            parts
                .chain(ends)
                .chain(lapse)
                .chain(unpaid)
                .collect::<Vec<Due>>()
        });
        let of_packages: Vec<Due> = due.collect();
        [of_packages, self.may_fall_due_of_pipeline()].concat()
    }

    /// What is due is done for each package.
    pub(crate) fn fall_due(&mut self) {
        for place in 0..self.packages.len() {
            for (overdue, number) in self.parts_due(place) {
                self.tell_of(place, (overdue, number));
            }
            self.lapse_unpaid(place);
            self.end(place);
            self.lapse(place);
        }
        for due in self.may_fall_due_of_pipeline() {
            self.falls(due);
        }
    }

    /// That is done now, if it is due.
    pub(crate) fn falls(&mut self, due: Due) {
        match due {
            Due::Part(place, overdue, number) => self.tell_of(place, (overdue, number)),
            Due::End(place) => self.end(place),
            Due::Lapse(place) => self.lapse(place),
            Due::Unpaid(place) => self.lapse_unpaid(place),
            Due::Resumption(place) => self.resume_due(place),
            Due::CloseDate(place) => self.tell_near(place),
            Due::QuoteLapse(place) => self.lapse_quote(place),
        }
    }

    /// An instalment is told to be due, or overdue, once.
    fn tell_of(&mut self, place: usize, part: (bool, u32)) {
        if self.parts_due(place).contains(&part) {
            self.packages[place].books.told.push(part);
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
        self.end_pass(place);
        let now = self.now;
        let package = &mut self.packages[place];
        if package.is_open() && package.ended(now) && package.has_any(&[Account::Available]) {
            package.changes += 1;
            package.write_off();
            self.entries += 1;
        }
    }

    /// What is to be told of the parts of its price: each instalment that is not paid when its day begins, and as
    /// overdue on the day after, as the deposit is; but for what can no longer be used and never could.
    fn parts_due(&self, place: usize) -> Vec<(bool, u32)> {
        let package = &self.packages[place];
        if !package.is_open() {
            return Vec::new();
        }
        let over = package.ends.filter(|_| package.stage == Stage::Waits);
        let parts = package.parts().into_iter().filter(|part| part.left() > 0);
        let both = parts.filter_map(|part| Some((part.number?, part.due_on?)));
        // What was bought online has its own time to be paid.
        let both = both.filter(|(number, _)| *number > 0 || package.books.pay_until.is_none());
        let both = both.flat_map(|(number, day)| {
            let due = (number > 0).then_some((false, number, day));
            due.into_iter().chain([(true, number, day + 1)])
        });
        let due = both.filter(|(overdue, number, day)| {
            let at = begins(*day);
            let untold = !package.books.told.contains(&(*overdue, *number));
            untold && at <= self.now && over.is_none_or(|over| at < over)
        });
        due.map(|(overdue, number, _)| (overdue, number)).collect()
    }
}
