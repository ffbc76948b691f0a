//! What holds for every verb of the pipeline: the business's zone, its reasons and its stage schemes.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::{
    ForecastCategory, Opportunity, Phase, PipelineRefusal, PipelineSettings, Requirement, Stage,
    StageScheme, Status,
};
use crate::calendar::day_of;
use crate::settings::Settings;
use crate::{Context, Instant, Refusal, SchemeId};

/// How a business sells, as far as it was read.
#[derive(Debug, Clone)]
pub struct Rules {
    /// How it works, for its zone.
    pub settings: Option<Settings>,
    /// Its reasons; none before it sets them.
    pub reasons: Option<PipelineSettings>,
    /// Its stage schemes.
    pub schemes: Vec<StageScheme>,
}

impl Rules {
    /// The business's time zone.
    ///
    /// # Errors
    /// [`Refusal::SettingsMissing`].
    pub fn zone(&self) -> Result<Tz, Refusal> {
        let settings = self.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        Ok(settings.time_zone())
    }

    /// The day it is for the business.
    ///
    /// # Errors
    /// [`Refusal::SettingsMissing`].
    pub fn today(&self, now: Instant) -> Result<NaiveDate, Refusal> {
        Ok(day_of(now, self.zone()?))
    }

    /// The reasons there are to choose from.
    ///
    /// # Errors
    /// None in practice: see [`PipelineSettings::initial`].
    pub fn reasons(&self) -> Result<PipelineSettings, Refusal> {
        match &self.reasons {
            Some(reasons) => Ok(reasons.clone()),
            None => PipelineSettings::initial().map_err(|_| Refusal::SettingsMissing),
        }
    }

    /// A scheme.
    ///
    /// # Errors
    /// [`PipelineRefusal::SchemeMissing`].
    pub fn scheme(&self, id: SchemeId) -> Result<&StageScheme, Refusal> {
        let scheme = self.schemes.iter().find(|scheme| scheme.id == id);
        Ok(scheme.ok_or(PipelineRefusal::SchemeMissing)?)
    }

    /// The first scheme in use.
    ///
    /// # Errors
    /// [`PipelineRefusal::SchemeMissing`].
    pub fn first_scheme(&self) -> Result<&StageScheme, Refusal> {
        self.scheme_to_open(None)
    }

    /// The scheme that an opportunity is opened in: the one that is named, or the first in use.
    ///
    /// # Errors
    /// [`PipelineRefusal::SchemeMissing`], [`PipelineRefusal::SchemeArchived`].
    pub(super) fn scheme_to_open(&self, id: Option<SchemeId>) -> Result<&StageScheme, Refusal> {
        let scheme = match id {
            Some(id) => self.scheme(id)?,
            None => {
                let first = self.schemes.iter().filter(|scheme| !scheme.archived);
                let first = first.min_by_key(|scheme| scheme.id);
                first.ok_or(PipelineRefusal::SchemeMissing)?
            }
        };
        match scheme.archived {
            true => Err(PipelineRefusal::SchemeArchived.into()),
            false => Ok(scheme),
        }
    }

    /// Whether `opportunity` may enter the stage `to`, from `from` or from nowhere: every road in comes
    /// through here. Going back is always allowed, and skips nothing.
    ///
    /// # Errors
    /// In this order: [`PipelineRefusal::StageMissing`], [`PipelineRefusal::StageAfterWin`] and
    /// [`PipelineRefusal::StageBeforeWin`], [`PipelineRefusal::StageSkipped`],
    /// [`PipelineRefusal::StageRequires`], [`PipelineRefusal::StageNeedsQuote`].
    pub(super) fn may_enter<'s>(
        &self,
        scheme: &'s StageScheme,
        opportunity: &Opportunity,
        (from, to): (Option<u16>, u16),
        now: Instant,
    ) -> Result<&'s Stage, Refusal> {
        let stages: Vec<&Stage> = scheme.in_use().collect();
        let place = |number| stages.iter().position(|stage| stage.number == number);
        let target = place(to).ok_or(PipelineRefusal::StageMissing)?;
        let stage = stages[target];
        match (opportunity.position.status, stage.terms.phase) {
            (Status::Won, Phase::PreWin) => return Err(PipelineRefusal::StageBeforeWin.into()),
            (Status::Won, Phase::PostWin) | (_, Phase::PreWin) => {}
            (_, Phase::PostWin) => return Err(PipelineRefusal::StageAfterWin.into()),
        }
        // From an archived stage it goes on from anywhere: what it would skip cannot be said.
        let after = match from {
            None => Some(0),
            Some(number) => place(number).map(|place| place + 1),
        };
        let passed = after.map_or(&[][..], |after| {
            stages.get(after..target).unwrap_or_default()
        });
        let won = opportunity.position.status == Status::Won;
        let skipped = passed.iter().find(|stage| {
            // What is won has left the stages before the win behind, whichever they were.
            !(stage.terms.may_skip || won && stage.terms.phase == Phase::PreWin)
        });
        if let Some(skipped) = skipped {
            return Err(PipelineRefusal::StageSkipped(skipped.number).into());
        }
        self.has_what_is_asked(stage, opportunity, now)?;
        Ok(stage)
    }

    /// # Errors
    /// [`PipelineRefusal::StageRequires`], then [`PipelineRefusal::StageNeedsQuote`].
    fn has_what_is_asked(
        &self,
        stage: &Stage,
        opportunity: &Opportunity,
        now: Instant,
    ) -> Result<(), Refusal> {
        for requirement in &stage.terms.requires {
            if !opportunity.has(*requirement) {
                return Err(PipelineRefusal::StageRequires(*requirement).into());
            }
        }
        let quoted = opportunity.has_quote(self.today(now)?);
        if stage.terms.quote_required && !quoted {
            return Err(PipelineRefusal::StageNeedsQuote.into());
        }
        Ok(())
    }

    /// Whether what becomes `after` still has what the stage it is in asks for, as far as it had it
    /// before: what a scheme asked for later, and what a recurrence began without, is added one by one.
    /// What is planned may always be done.
    ///
    /// # Errors
    /// [`PipelineRefusal::SchemeMissing`], [`PipelineRefusal::StageRequires`].
    pub(super) fn may_stay(
        &self,
        before: &Opportunity,
        after: &Opportunity,
    ) -> Result<(), Refusal> {
        let scheme = self.scheme(after.position.scheme)?;
        let stage = scheme.stage(after.position.stage);
        let stage = stage.filter(|_| !after.position.status.is_closed());
        let asked = stage.iter().flat_map(|stage| &stage.terms.requires);
        for requirement in asked.filter(|asked| **asked != Requirement::NextActivity) {
            if before.has(*requirement) && !after.has(*requirement) {
                return Err(PipelineRefusal::StageRequires(*requirement).into());
            }
        }
        Ok(())
    }

    /// Puts an opportunity into a stage at `context`'s moment.
    pub(super) fn enter(
        opportunity: &mut Opportunity,
        scheme: &StageScheme,
        stage: &Stage,
        context: &Context,
    ) {
        let position = &mut opportunity.position;
        position.scheme = scheme.id;
        position.stage = stage.number;
        position.stage_since = context.now;
        position.probability_percent = stage.terms.probability_percent;
        opportunity.resumed_at = None;
    }

    /// Makes the position say what the rest of the record says.
    ///
    /// # Errors
    /// [`Refusal::SettingsMissing`], [`PipelineRefusal::SchemeMissing`], [`Refusal::TooLarge`].
    pub(super) fn settle(&self, opportunity: &mut Opportunity) -> Result<(), Refusal> {
        let amount = opportunity.amount()?;
        let value = opportunity.earned.value(amount)?;
        let zone = self.zone()?;
        let scheme = self.scheme(opportunity.position.scheme)?;
        let terms = scheme
            .stage(opportunity.position.stage)
            .map(|stage| &stage.terms);
        let position = &mut opportunity.position;
        (position.amount, position.value) = (amount, value);
        let of_stage = terms.map_or(ForecastCategory::Omitted, |terms| terms.forecast);
        position.forecast = match position.status {
            Status::Open => opportunity.forecast.unwrap_or(of_stage),
            Status::Won => ForecastCategory::Commit,
            Status::Suspended | Status::Lost | Status::Abandoned => ForecastCategory::Omitted,
        };
        position.rots_on = terms
            .filter(|_| position.status == Status::Open)
            .and_then(|terms| terms.rotting_days)
            .and_then(|days| {
                // Time spent resting is no neglect.
                let since = opportunity.resumed_at.unwrap_or(position.stage_since);
                let since = day_of(since, zone);
                since.checked_add_days(Days::new(days.into()))
            });
        Ok(())
    }
}
