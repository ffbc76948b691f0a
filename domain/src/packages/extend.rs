//! A later end.

use chrono::{Months, NaiveDate};
use chrono_tz::Tz;

use super::expire::take_back;
use super::{Package, Unchanged, changed};
use crate::calendar::End;
use crate::journal::{PackageChange, Posting};
use crate::{Context, Decision, EntryKey, Refusal};

/// Makes a package valid through `expires_on`, with the days of grace of its terms after it. One that
/// had ended can be used again, and what was written off at its end comes back with its value.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Unchanged::NoEnd`],
/// [`Refusal::ValidityOutOfRange`] for more than ten years ahead, [`Unchanged::EndNotLater`].
pub fn extend(
    package: &Package,
    expires_on: NaiveDate,
    zone: Tz,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    let standing = &package.standing;
    let (expires_at, ends_at) = standing
        .expires_at
        .zip(standing.ends_at)
        .ok_or(Unchanged::NoEnd)?;
    let end = End::after(expires_on, package.terms.conditions.grace_days, zone)?;
    let latest = context.now.checked_add_months(Months::new(10 * 12));
    if latest.is_none_or(|latest| end.expires_at > latest) {
        return Err(Refusal::ValidityOutOfRange);
    }
    if end.expires_at <= expires_at.max(context.now) {
        return Err(Unchanged::EndNotLater.into());
    }
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&take_back(package))?;
    posting.stand(package.id, |standing| {
        standing.expires_at = Some(end.expires_at);
        standing.ends_at = Some(end.ends_at.max(ends_at));
        standing.end_is_set = true;
    })?;
    let change = PackageChange::Extended(expires_on);
    Ok(changed(posting, package, key, change, context))
}
