//! Whether one of the model's opportunities may be in a stage: the same on every road in.

use super::opportunity::{Opportunity, Status};
use super::stages::{DECISION, Need, STAGES};
use crate::prove::asked::answer::Told;
use crate::prove::model::Model;

impl Model {
    /// Whether it may come into that stage, from another one or from nowhere.
    pub(crate) fn may_enter(
        &self,
        one: &Opportunity,
        from: Option<usize>,
        to: usize,
    ) -> Result<(), Told> {
        let stage = to.checked_sub(1).and_then(|place| STAGES.get(place));
        let stage = stage.ok_or(Told::refused(422, "stage-not-found"))?;
        let won = one.status == Status::Won;
        match (won, stage.is_after_win()) {
            (true, false) => return Err(Told::refused(409, "stage-before-win")),
            (false, true) => return Err(Told::refused(409, "stage-after-win")),
            (true, true) | (false, false) => {}
        }
        // What is won has left the stages before the win behind.
        let first = match won {
            true => DECISION + 1,
            false => 1,
        };
        let first = first.max(from.map_or(1, |from| from + 1));
        if (first..to).any(|passed| !STAGES[passed - 1].may_skip) {
            return Err(Told::refused(409, "stage-not-skippable"));
        }
        if stage.needs.is_some_and(|need| !self.has(one, need)) {
            return Err(Told::refused(409, "stage-requires"));
        }
        let today = Self::day(self.now);
        let mut quotes = one.quotes.iter();
        if stage.quoted && !quotes.any(|quote| self.pipeline.quotes[*quote].stands(today)) {
            return Err(Told::refused(409, "stage-requires-quote"));
        }
        Ok(())
    }

    /// Whether what its stage asks for, and was there, is there still.
    pub(crate) fn may_stay(&self, before: &Opportunity, after: &Opportunity) -> Result<(), Told> {
        let need = STAGES[before.stage - 1].needs;
        match need.is_some_and(|need| self.has(before, need) && !self.has(after, need)) {
            true => Err(Told::refused(409, "stage-requires")),
            false => Ok(()),
        }
    }

    fn has(&self, one: &Opportunity, need: Need) -> bool {
        match need {
            Need::Amount => self.amount(one) > 0,
            Need::Lines => !one.lines.is_empty() || one.primary.is_some(),
        }
    }
}
