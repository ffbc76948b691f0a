//! The model's opportunities after they are opened.

use super::deal::{Change, Edit};
use super::deals::must_be_near;
use super::opportunity::{Opportunity, Status};
use super::sales_quote::QuoteStatus;
use super::stages::{DECISION, STAGES};
use crate::prove::asked::answer::Told;
use crate::prove::model::Model;

/// Why something is closed, and why it is opened again.
const LOST: [&str; 5] = ["price", "competitor", "timing", "no-answer", "no-need"];
const ABANDONED: [&str; 3] = ["not-a-fit", "duplicate", "no-contact"];
const REOPENED: [&str; 2] = ["changed-mind", "mistake"];

impl Model {
    /// The same change of the same version is known again.
    pub(crate) fn change(&mut self, place: usize, version: u64, change: &Change) -> Told {
        let before = self.pipeline.opportunities[place].clone();
        let made = before.history.get(version as usize);
        if made.is_some_and(|made| made.as_ref() == Some(change)) {
            return self.tell_opportunity(200, place);
        }
        if before.version() != version {
            return Told::refused(412, "version-mismatch");
        }
        let mut after = before.clone();
        let done = match change {
            Change::Edit(edit) => self.edit(&mut after, edit),
            Change::Stage(to) => self.move_to(&mut after, *to),
            Change::Close(outcome, reason) => self.close(&mut after, *outcome, *reason),
            Change::Suspend(day) => self.suspend(&mut after, *day),
            Change::Resume => self.resume(&mut after),
            Change::Reopen { reason, stage } => self.reopen(&mut after, reason, *stage),
            Change::Assign(who) => Ok(assign(&mut after, *who)),
            Change::Lines(lines) => {
                after.lines.clone_from(lines);
                self.write_lines(&before, &after)
            }
        };
        match done {
            Err(refused) => return refused,
            Ok(false) => {}
            Ok(true) => {
                after.history.push(Some(change.clone()));
                self.count_change(&before, &after);
                self.pipeline.opportunities[place] = after;
                self.entries += 1;
            }
        }
        self.tell_opportunity(200, place)
    }

    /// Whether anything is changed by it.
    fn edit(&self, one: &mut Opportunity, edit: &Edit) -> Result<bool, Told> {
        must_be_undecided(one)?;
        let before = one.clone();
        let follows = one.primary.is_some() || !one.lines.is_empty();
        if edit.estimate.is_some() && follows {
            return Err(Told::refused(409, "amount-follows-lines"));
        }
        if let Some(day) = edit.close_on.filter(|day| *day != one.close_on) {
            must_be_near(day, Self::day(self.now))?;
        }
        one.title = edit.title.unwrap_or(one.title);
        one.estimate = edit.estimate.unwrap_or(one.estimate);
        one.close_on = edit.close_on.unwrap_or(one.close_on);
        one.forecast = edit.forecast.unwrap_or(one.forecast);
        let fields = |one: &Opportunity| (one.title, one.estimate, one.close_on, one.forecast);
        if fields(&before) == fields(one) {
            return Ok(false);
        }
        self.may_stay(&before, one)?;
        Ok(true)
    }

    fn write_lines(&self, before: &Opportunity, after: &Opportunity) -> Result<bool, Told> {
        must_be_undecided(before)?;
        if before.primary.is_some() {
            return Err(Told::refused(409, "amount-follows-lines"));
        }
        self.may_stay(before, after)?;
        Ok(true)
    }

    fn move_to(&self, one: &mut Opportunity, to: usize) -> Result<bool, Told> {
        match one.status {
            Status::Open | Status::Won => {}
            Status::Suspended => return Err(Told::refused(409, "opportunity-suspended")),
            Status::Lost | Status::Abandoned => {
                return Err(Told::refused(409, "opportunity-closed"));
            }
        }
        if one.stage == to {
            return Err(Told::refused(409, "stage-reached"));
        }
        self.may_enter(one, Some(one.stage), to)?;
        self.enter(one, to);
        if one.status == Status::Won {
            // What brings it here, or to before, has no more to say.
            let passed = STAGES[..to].iter().filter_map(|stage| stage.reached_by);
            one.reached.extend(passed);
        }
        Ok(true)
    }

    /// It is in that stage from now on.
    pub(crate) fn enter(&self, one: &mut Opportunity, to: usize) {
        one.stage = to;
        one.since = self.now;
        one.resumed = None;
    }

    fn close(
        &self,
        one: &mut Opportunity,
        outcome: Status,
        reason: Option<&'static str>,
    ) -> Result<bool, Told> {
        must_be_undecided(one)?;
        let listed: &[&str] = match outcome {
            Status::Lost => &LOST,
            Status::Abandoned => &ABANDONED,
            Status::Won | Status::Open | Status::Suspended => &[],
        };
        match reason {
            None if listed.is_empty() => {}
            Some(reason) if listed.contains(&reason) => {}
            Some(_) if !listed.is_empty() => return Err(Told::refused(422, "reason-unknown")),
            None | Some(_) => return Err(Told::refused(422, "reason-required")),
        }
        self.decided(one, outcome);
        one.reason = reason;
        Ok(true)
    }

    /// It is decided today.
    pub(crate) fn decided(&self, one: &mut Opportunity, outcome: Status) {
        one.status = outcome;
        one.closed_on = Some(Self::day(self.now));
        one.resume_on = None;
    }

    fn suspend(&self, one: &mut Opportunity, until: i64) -> Result<bool, Told> {
        must_be_undecided(one)?;
        if one.status == Status::Suspended {
            return Err(Told::refused(409, "opportunity-suspended"));
        }
        let today = Self::day(self.now);
        if until < today {
            return Err(Told::refused(422, "day-out-of-range"));
        }
        if until == today {
            return Err(Told::refused(422, "resume-today"));
        }
        one.status = Status::Suspended;
        one.resume_on = Some(until);
        Ok(true)
    }

    /// It rots from today on.
    pub(crate) fn resume(&self, one: &mut Opportunity) -> Result<bool, Told> {
        must_be_undecided(one)?;
        if one.status == Status::Open {
            return Err(Told::refused(409, "opportunity-not-suspended"));
        }
        one.status = Status::Open;
        one.resume_on = None;
        one.resumed = Some(Self::day(self.now));
        Ok(true)
    }

    /// In the stage it was in or, after the win, in the last one before it; or in another.
    fn reopen(&self, one: &mut Opportunity, reason: &str, to: Option<usize>) -> Result<bool, Told> {
        if !one.status.is_closed() {
            return Err(Told::refused(409, "opportunity-not-closed"));
        }
        let accepted = |quote: &usize| {
            let quote = &self.pipeline.quotes[*quote];
            quote.status == QuoteStatus::Accepted
        };
        if one.quotes.iter().any(accepted) {
            return Err(Told::refused(409, "opportunity-sold"));
        }
        if !REOPENED.contains(&reason) {
            return Err(Told::refused(422, "reason-unknown"));
        }
        one.status = Status::Open;
        one.closed_on = None;
        one.reason = None;
        let from = one.stage.min(DECISION);
        let to = to.unwrap_or(from);
        self.may_enter(one, Some(from), to)?;
        self.enter(one, to);
        Ok(true)
    }
}

/// Whether somebody else answers for it from now on.
fn assign(one: &mut Opportunity, who: usize) -> bool {
    let other = one.assignments.last() != Some(&who);
    if other {
        one.assignments.push(who);
    }
    other
}

pub(crate) fn must_be_undecided(one: &Opportunity) -> Result<(), Told> {
    match one.status.is_closed() {
        true => Err(Told::refused(409, "opportunity-closed")),
        false => Ok(()),
    }
}
