//! A time in which a package rests.

use chrono::{NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::{Freeze, Package, Standing, Unchanged, changed};
use crate::calendar::{Validity, day_of, start_of_day};
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Instant, Refusal};

/// The most days a package rests in one go, unless its rest is left open.
pub const MAX_FREEZE_DAYS: u16 = 731;

/// Lets a package rest from now on: until the day `until` begins, or until it is unfrozen. Its end moves
/// by the calendar days of rest, at once where they are known. What bookings hold stays held.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::Ended`],
/// [`Unchanged::AlreadyFrozen`], [`Unchanged::FreezeEnd`] for a day that is not after today or more
/// than [`MAX_FREEZE_DAYS`] ahead, [`Refusal::ValidityOutOfRange`].
pub fn freeze(
    package: &Package,
    until: Option<NaiveDate>,
    zone: Tz,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let now = context.now;
    package.must_be_open()?;
    package.must_last(now)?;
    if package.standing.frozen_at(now) {
        return Err(Unchanged::AlreadyFrozen.into());
    }
    let until = until.map(|day| rest_end(day, now, zone)).transpose()?;
    let rest = Freeze { since: now, until };
    let mut rested = package.clone();
    match validity_from_first_use(package) {
        // The end follows from the first use and this rest, as long as there is no other one.
        Some(validity) if package.standing.frozen.is_none() => {
            rested.standing.frozen = Some(rest);
            rested.set_end(validity, zone)?;
        }
        Some(_) | None => {
            // Where there is no end yet, the first use will still bring one.
            let ends = package.standing.ends_at.is_some();
            rested.standing.end_is_set |= ends && package.standing.frozen.is_some();
            rested.standing.frozen = Some(rest);
            rested.standing.move_end(rest.days(None, zone), zone)?;
        }
    }
    record(
        package,
        rested.standing,
        PackageChange::Frozen,
        key,
        context,
    )
}

/// Ends the rest of a package now. Its end moves by the calendar days that it has rested, no matter
/// how long it was to rest.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::NotFrozen`],
/// [`Refusal::ValidityOutOfRange`].
pub fn unfreeze(
    package: &Package,
    zone: Tz,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let now = context.now;
    package.must_be_open()?;
    let frozen = package.standing.frozen;
    let planned = frozen.filter(|_| package.standing.frozen_at(now));
    let planned = planned.ok_or(Unchanged::NotFrozen)?;
    let rest = Freeze {
        until: Some(now),
        ..planned
    };
    let mut woken = package.clone();
    woken.standing.frozen = Some(rest);
    match validity_from_first_use(package) {
        Some(validity) => woken.set_end(validity, zone)?,
        None => {
            let days = rest.days(None, zone) - planned.days(None, zone);
            woken.standing.move_end(days, zone)?;
        }
    }
    record(
        package,
        woken.standing,
        PackageChange::Unfrozen,
        key,
        context,
    )
}

/// How long a package is valid whose end still follows from its first use.
fn validity_from_first_use(package: &Package) -> Option<Validity> {
    let open = package.standing.begun_at.is_none() && !package.standing.end_is_set;
    match package.terms.validity {
        Some(validity @ Validity::FromFirstUse(_)) if open => Some(validity),
        Some(Validity::FromFirstUse(_) | Validity::Until(_) | Validity::FromSale(_)) | None => None,
    }
}

fn rest_end(until: NaiveDate, now: Instant, zone: Tz) -> Result<Instant, Refusal> {
    let days = (until - day_of(now, zone)).num_days();
    let end = start_of_day(until, zone).filter(|end| *end > now);
    match end {
        Some(end) if (1..=i64::from(MAX_FREEZE_DAYS)).contains(&days) => Ok(end),
        Some(_) | None => Err(Unchanged::FreezeEnd.into()),
    }
}

fn record(
    package: &Package,
    after: Standing,
    change: PackageChange,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| *standing = after)?;
    Ok(changed(posting, package, key, change, context))
}

impl Freeze {
    /// Whole calendar days of rest, those from `first` on if there is one; 0 while its end is not known.
    pub(super) fn days(self, first: Option<NaiveDate>, zone: Tz) -> i64 {
        let since = day_of(self.since, zone);
        let from = first.map_or(since, |first| first.max(since));
        let until = self.until.map_or(from, |until| day_of(until, zone));
        (until - from).num_days().max(0)
    }
}

impl Standing {
    /// Moves the end, if there is one, by calendar days.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`] when the calendar does not go that far.
    pub(super) fn move_end(&mut self, days: i64, zone: Tz) -> Result<(), Refusal> {
        let moved = |end: Option<Instant>| end.map(|end| later(end, days, zone)).transpose();
        let expired_at = self.expires_at;
        (self.expires_at, self.ends_at) = (moved(self.expires_at)?, moved(self.ends_at)?);
        let rest = self.expires_at.zip(expired_at);
        self.rested_millis += rest.map_or(0, |(now, then)| (now - then).num_milliseconds());
        Ok(())
    }
}

/// The same time of day, so many days before; none where the calendar does not go that far.
pub(crate) fn days_before(end: Instant, days: u16, zone: Tz) -> Option<Instant> {
    later(end, -i64::from(days), zone).ok()
}

/// The same time of day, some days later.
fn later(end: Instant, days: i64, zone: Tz) -> Result<Instant, Refusal> {
    let day = day_of(end, zone);
    let moved = day.checked_add_signed(TimeDelta::days(days));
    let moved = moved.and_then(|moved| start_of_day(moved, zone));
    let (begins, moved) = start_of_day(day, zone)
        .zip(moved)
        .ok_or(Refusal::ValidityOutOfRange)?;
    Ok(moved + (end - begins))
}
