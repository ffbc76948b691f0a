//! The model's opportunities that are moved on by what becomes of the packages that they sold, and by the
//! calendar.

use super::opportunity::{Opportunity, Status};
use super::sales_quote::QuoteStatus;
use super::stages::{Milestone, STAGES};
use crate::prove::model::Model;
use crate::prove::model::due::Due;
use crate::prove::model::pools::Account;

/// How many days before it a close date is near.
const NEAR_DAYS: i64 = 7;

impl Model {
    /// Notes which packages are used as the journal tells it, also where that is taken back before anybody
    /// hears of it.
    pub(crate) fn note_use(&mut self) {
        let places = self.packages.len();
        self.pipeline.heard.resize(places, Default::default());
        for (package, heard) in self.packages.iter().zip(&mut self.pipeline.heard) {
            heard.used |= package.opportunity.is_some() && package.has_any(&[Account::Used]);
        }
    }

    /// The stream has told everything: what is won and of which packages have changed moves on, as far as the
    /// facts say.
    pub(crate) fn hear(&mut self) {
        self.note_use();
        for place in 0..self.pipeline.opportunities.len() {
            let changed = self.changed_of(place);
            if !changed.is_empty() {
                self.advance(place, &changed);
            }
        }
        for (package, heard) in self.packages.iter().zip(&mut self.pipeline.heard) {
            (heard.changes, heard.used) = (Some(package.changes), false);
        }
    }

    /// The packages that it sold, and what was given of these, as far as they have changed.
    fn changed_of(&self, opportunity: usize) -> Vec<usize> {
        let packages = self.packages.iter().zip(&self.pipeline.heard).enumerate();
        let changed = packages.filter(|(_, (package, heard))| {
            package.opportunity == Some(opportunity) && heard.changes != Some(package.changes)
        });
        changed.map(|(place, _)| place).collect()
    }

    fn advance(&mut self, place: usize, changed: &[usize]) {
        let before = self.pipeline.opportunities[place].clone();
        let facts = self.milestones(&before, changed);
        let new = |milestone: &Milestone| {
            facts.contains(milestone) && !before.reached.contains(milestone)
        };
        let ahead = STAGES.iter().enumerate().skip(before.stage);
        let mut reached = ahead.filter(|(_, stage)| stage.reached_by.as_ref().is_some_and(new));
        let (Status::Won, Some((stage, _))) = (before.status, reached.next_back()) else {
            return;
        };
        let mut after = before.clone();
        after.reached.extend(facts);
        self.enter(&mut after, stage + 1);
        after.history.push(None);
        self.count_change(&before, &after);
        self.pipeline.opportunities[place] = after;
        self.entries += 1;
    }

    /// What was given on counts where it was used; what is left of it, or to be paid, is the receiver's. A package
    /// that was voided is as if it had never been.
    fn milestones(&self, one: &Opportunity, changed: &[usize]) -> Vec<Milestone> {
        let status = |place: &usize| self.packages[*place].status(self.now);
        let there = |place: &&usize| !matches!(status(place), "voided" | "declined");
        let sold: Vec<usize> = one.packages.iter().filter(there).copied().collect();
        if sold.is_empty() {
            return Vec::new();
        }
        let given = changed.iter().filter(|place| !one.packages.contains(place));
        let mut used_given = given.map(|place| self.pipeline.heard[*place].used);
        let has = |place: &usize, account| self.packages[*place].has_any(&[account]);
        let used =
            sold.iter().any(|place| has(place, Account::Used)) || used_given.any(|used| used);
        let over = sold.iter().all(|place| {
            let over = matches!(status(place), "exhausted" | "refunded" | "expired");
            over && !has(place, Account::Held)
        });
        let paid = |place: &usize| self.packages[*place].paid == self.packages[*place].price;
        let facts = [
            (used, Milestone::FirstCapture),
            (sold.iter().all(paid), Milestone::FullyPaid),
            (over, Milestone::BalanceZero),
        ];
        let facts = facts.into_iter().filter(|(holds, _)| *holds);
        facts.map(|(_, milestone)| milestone).collect()
    }

    /// What is due of opportunities and their quotes; and what may become so once one goes on that rests.
    pub(crate) fn may_fall_due_of_pipeline(&self) -> Vec<Due> {
        let opportunities = 0..self.pipeline.opportunities.len();
        let of_opportunities = opportunities.flat_map(|place| {
            let rests = self.is_to_resume(place);
            let near = self.is_near(place) || rests;
            let due = [
                rests.then_some(Due::Resumption(place)),
                near.then_some(Due::CloseDate(place)),
            ];
            due.into_iter().flatten()
        });
        let quotes = 0..self.pipeline.quotes.len();
        let lapsed = quotes.filter(|place| self.is_to_lapse(*place));
        of_opportunities
            .chain(lapsed.map(Due::QuoteLapse))
            .collect()
    }

    /// On its day it goes on.
    pub(crate) fn resume_due(&mut self, place: usize) {
        if self.is_to_resume(place) {
            let before = self.pipeline.opportunities[place].clone();
            let mut after = before.clone();
            let resumed = self.resume(&mut after);
            assert_eq!(resumed, Ok(true), "{before:?}");
            after.history.push(None);
            self.count_change(&before, &after);
            self.pipeline.opportunities[place] = after;
            self.entries += 1;
        }
    }

    pub(crate) fn tell_near(&mut self, place: usize) {
        if self.is_near(place) {
            let one = &mut self.pipeline.opportunities[place];
            one.told_near.push(one.close_on);
            self.entries += 1;
        }
    }

    pub(crate) fn lapse_quote(&mut self, place: usize) {
        if self.is_to_lapse(place) {
            self.pipeline.quotes[place].lapse_told = true;
            self.entries += 1;
        }
    }

    fn is_to_resume(&self, place: usize) -> bool {
        let one = &self.pipeline.opportunities[place];
        let today = Self::day(self.now);
        one.status == Status::Suspended && one.resume_on.is_some_and(|day| day <= today)
    }

    /// What is over is not near.
    fn is_near(&self, place: usize) -> bool {
        let one = &self.pipeline.opportunities[place];
        let today = Self::day(self.now);
        let near = (today..=today + NEAR_DAYS).contains(&one.close_on);
        one.status == Status::Open && near && !one.told_near.contains(&one.close_on)
    }

    fn is_to_lapse(&self, place: usize) -> bool {
        let quote = &self.pipeline.quotes[place];
        let undecided = !self.pipeline.opportunities[quote.opportunity]
            .status
            .is_closed();
        let lapsed = quote.status == QuoteStatus::Sent && quote.has_lapsed(Self::day(self.now));
        lapsed && undecided && !quote.lapse_told
    }
}
