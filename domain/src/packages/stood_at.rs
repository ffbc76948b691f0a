//! Packages as their payments stood at an instant.

use std::borrow::Cow;

use chrono::TimeDelta;

use super::{Package, Stage, Standing};
use crate::Instant;

/// By how much the clocks of two functions may differ.
const SKEW: TimeDelta = TimeDelta::seconds(5);
/// For how long the bus delivers again.
const NEWS: TimeDelta = TimeDelta::days(1);

/// The packages as they stood at `at` as far as payments go whose time is known: waiting where one online was
/// made later, free where one came back later. All else is as it is `now`, as is everything where `at` is no
/// earlier. So what is told late of an appointment draws on what could be used then.
pub(crate) fn stood_at(packages: &[Package], at: Instant, now: Instant) -> Cow<'_, [Package]> {
    let differs = at < now && packages.iter().any(|one| one.standing.changed_since(at));
    match differs {
        false => Cow::Borrowed(packages),
        true => packages.iter().map(|one| one.stood_at(at)).collect(),
    }
}

impl Package {
    /// Whether nothing about its payments keeps it from being used.
    pub(crate) fn is_paid_for(&self) -> bool {
        self.standing.stage == Stage::Active && !self.standing.blocked
    }

    fn stood_at(&self, at: Instant) -> Self {
        let mut package = self.clone();
        let standing = &mut package.standing;
        if standing.blocked_after(at) {
            standing.blocked = false;
            standing.paid_minor = standing.paid_minor.saturating_add(standing.returned_minor);
        }
        if standing.paid_after(at) {
            standing.stage = Stage::Pending;
        }
        package
    }
}

impl Standing {
    /// Whether what was decided at `decided` may not have known of the last payment that was told, and `now` is
    /// not so much later that this can only be a repetition.
    pub(crate) fn is_news(&self, decided: Instant, now: Instant) -> bool {
        self.heard
            .is_some_and(|heard| decided <= heard.at + SKEW && now <= heard.at + NEWS)
    }

    /// Whether a payment that was made, or came back, after `at` decides whether it can be used.
    pub(crate) fn changed_since(&self, at: Instant) -> bool {
        self.paid_after(at) || self.blocked_after(at)
    }

    fn paid_after(&self, at: Instant) -> bool {
        self.stage == Stage::Active && self.paid_since.is_some_and(|since| since > at)
    }

    fn blocked_after(&self, at: Instant) -> bool {
        self.blocked && self.blocked_since.is_some_and(|since| since > at)
    }
}
