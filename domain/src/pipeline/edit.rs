//! Editing what an opportunity is about.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;

use super::change::step;
use super::{
    AmountPeriod, Earned, ForecastCategory, Opportunity, OpportunityEvent, PipelineRefusal,
    Recurrence, Rules,
};
use crate::calendar::day_of;
use crate::{Context, Decision, Instant, Money, Name, Note, Refusal, Slug};

/// How many months an expected close may lie back or ahead.
const MOST_MONTHS: u32 = 120;

/// What is to become of the fields of an opportunity; none leaves one as it is.
#[derive(Debug, Clone, Default)]
pub struct OpportunityEdit {
    /// What it is called.
    pub title: Option<Name>,
    /// What it is about, or nothing.
    pub description: Option<Option<Note>>,
    /// What it is thought to be worth.
    pub estimate: Option<Money>,
    /// How often that is earned.
    pub period: Option<AmountPeriod>,
    /// For how many months, or without an end.
    pub term_months: Option<Option<u16>>,
    /// When what is sold would begin, or unknown.
    pub starts_on: Option<Option<NaiveDate>>,
    /// When it is expected to be decided.
    pub expected_close_on: Option<NaiveDate>,
    /// Where it stands in the forecast, or where its stage does.
    pub forecast: Option<Option<ForecastCategory>>,
    /// Words it is found by.
    pub tags: Option<BTreeSet<Slug>>,
    /// Whether the next one is opened when it is won.
    pub recurs: Option<Option<Recurrence>>,
}

/// Edits an opportunity that is undecided. None when that changes nothing.
///
/// # Errors
/// In this order: [`Refusal::VersionMismatch`], [`PipelineRefusal::OpportunityClosed`],
/// [`Refusal::CustomerErased`] for a text, [`PipelineRefusal::AmountFollows`] for an estimate beside lines or a quote,
/// [`PipelineRefusal::TermOutOfRange`], [`PipelineRefusal::RecurrenceOutOfRange`],
/// [`PipelineRefusal::CloseOutOfRange`], [`PipelineRefusal::StartsOutOfRange`],
/// [`PipelineRefusal::TooMany`], [`PipelineRefusal::StageRequires`] for what its stage asks for, [`Refusal::TooLarge`].
pub fn edit(
    present: &Opportunity,
    edit: OpportunityEdit,
    expected: u64,
    rules: &Rules,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    present.must_be_version(expected)?;
    present.position.status.must_be_undecided()?;
    if edit.title.is_some() || edit.description.is_some() || edit.tags.is_some() {
        present.must_be_of_somebody()?;
    }
    if edit.estimate.is_some() && present.amount_follows() {
        return Err(PipelineRefusal::AmountFollows.into());
    }
    let mut after = present.clone();
    let mut fields = Vec::new();
    let mut changed = |name: &str, differs: bool| {
        if differs {
            fields.push(name.to_owned());
        }
    };
    let earned = Earned {
        period: edit.period.unwrap_or(after.earned.period),
        term_months: edit.term_months.unwrap_or(after.earned.term_months),
    };
    earned.check()?;
    check_recurrence(edit.recurs.flatten())?;
    changed("period", earned.period != after.earned.period);
    changed(
        "term_months",
        earned.term_months != after.earned.term_months,
    );
    after.earned = earned;
    if let Some(day) = edit.expected_close_on {
        if day != after.position.expected_close_on {
            check_expected_close(day, context.now, rules.zone()?)?;
        }
        changed(
            "expected_close_on",
            set(&mut after.position.expected_close_on, Some(day)),
        );
    }
    check_start(edit.starts_on.flatten(), context.now, rules.zone()?)?;
    let title = edit.title.map(Some);
    changed("title", set(&mut after.title, title));
    changed("description", set(&mut after.description, edit.description));
    changed("estimate", set(&mut after.estimate, edit.estimate));
    changed("starts_on", set(&mut after.starts_on, edit.starts_on));
    changed("forecast", set(&mut after.forecast, edit.forecast));
    changed("tags", set(&mut after.tags, edit.tags));
    changed("recurs", set(&mut after.recurs, edit.recurs));
    if fields.is_empty() {
        return Ok(None);
    }
    after.check_size()?;
    rules.may_stay(present, &after)?;
    rules.settle(&mut after)?;
    let event = OpportunityEvent::Edited(fields);
    Ok(Some(step(Some(present), after, event, context)))
}

/// # Errors
/// [`PipelineRefusal::RecurrenceOutOfRange`].
pub(super) fn check_recurrence(recurs: Option<Recurrence>) -> Result<(), Refusal> {
    match recurs {
        Some(recurs) if !(1..=60).contains(&recurs.every_months) => {
            Err(PipelineRefusal::RecurrenceOutOfRange.into())
        }
        Some(_) | None => Ok(()),
    }
}

/// Puts a value where there is one to put; whether that changed anything.
fn set<T: PartialEq>(field: &mut T, value: Option<T>) -> bool {
    match value {
        Some(value) if value != *field => {
            *field = value;
            true
        }
        Some(_) | None => false,
    }
}

/// Whether an opportunity can be expected to be decided on a day: within ten years, before or after.
///
/// # Errors
/// [`PipelineRefusal::CloseOutOfRange`].
pub(super) fn check_expected_close(day: NaiveDate, now: Instant, zone: Tz) -> Result<(), Refusal> {
    match near(day, now, zone) {
        true => Ok(()),
        false => Err(PipelineRefusal::CloseOutOfRange.into()),
    }
}

/// # Errors
/// [`PipelineRefusal::StartsOutOfRange`] for a day that is not within ten years, before or after.
pub(super) fn check_start(day: Option<NaiveDate>, now: Instant, zone: Tz) -> Result<(), Refusal> {
    match day.is_none_or(|day| near(day, now, zone)) {
        true => Ok(()),
        false => Err(PipelineRefusal::StartsOutOfRange.into()),
    }
}

fn near(day: NaiveDate, now: Instant, zone: Tz) -> bool {
    let today = day_of(now, zone);
    let months = Months::new(MOST_MONTHS);
    let range = today
        .checked_sub_months(months)
        .zip(today.checked_add_months(months));
    range.is_some_and(|(first, last)| (first..=last).contains(&day))
}

impl Opportunity {
    /// # Errors
    /// [`Refusal::VersionMismatch`] when the caller has not seen this version.
    pub(super) fn must_be_version(&self, expected: u64) -> Result<(), Refusal> {
        match self.version == expected {
            true => Ok(()),
            false => Err(Refusal::VersionMismatch),
        }
    }
}
