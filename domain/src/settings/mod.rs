//! How a business works.

mod change;
mod creditor;

use std::collections::BTreeSet;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};

use crate::bookings::{DeductAt, Penalty};
use crate::packages::is_default;
use crate::{ActorId, Name};

pub use change::change;
pub use creditor::{CreditorRecord, change_creditor};

/// The most hours before an appointment that its cancellation can be late: 30 days.
pub const MAX_WINDOW_HOURS: u16 = 720;

/// The most days of grace for a unit that returns.
pub const MAX_RETURN_GRACE_DAYS: u16 = 366;

/// Days of grace for a unit that returns, unless the business says otherwise.
pub const RETURN_GRACE_DAYS: u16 = 14;

/// The most days before its end that a package can be said to expire.
pub const MAX_EXPIRING_DAYS: u16 = 366;

/// The most times that it can be said of one package.
pub const MAX_EXPIRING: usize = 5;

/// How many days before its end a package is said to expire, unless the business says otherwise.
pub const EXPIRING_DAYS: [u16; 1] = [7];

/// The most systems that a business can name.
pub const MAX_EVENT_SOURCES: usize = 10;

fn expiring_days() -> Vec<u16> {
    EXPIRING_DAYS.to_vec()
}

fn is_usual(days: &[u16]) -> bool {
    days == EXPIRING_DAYS
}

fn return_grace_days() -> u16 {
    RETURN_GRACE_DAYS
}

/// The most days before a package is used up that its renewal can be opened.
pub const MAX_LEAD_DAYS: u16 = 366;

/// That opportunities to sell packages again are opened by the calendar.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renewals {
    /// Who answers for them.
    pub representative: ActorId,
    /// How many days before the day on which the package will be used up: at most [`MAX_LEAD_DAYS`].
    pub lead_days: u16,
}

/// What holds for a whole business.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settings {
    /// The business's name.
    pub name: Name,
    /// Whether a booking that does not say what should pay is paid by whichever packages can, as far
    /// as they can.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auto_apply: bool,
    /// The systems whose events about the business are believed, by the source of the events:
    /// [`MAX_EVENT_SOURCES`] at most; none for all that the deployment takes.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub event_sources: BTreeSet<ActorId>,
    /// How many days before its end it is told of a package that it will expire: each from 1 to
    /// [`MAX_EXPIRING_DAYS`], none twice, [`MAX_EXPIRING`] at most.
    #[serde(default = "expiring_days", skip_serializing_if = "is_usual")]
    pub expiring_days: Vec<u16>,
    /// For whom opportunities are opened to sell packages again before they are used up; none for nobody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub renewals: Option<Renewals>,
    /// What every booking is made under.
    #[serde(flatten)]
    pub policies: Policies,
    /// Counts the edits, from 1.
    pub version: u64,
}

impl Settings {
    /// The business's IANA time zone: days begin and packages expire at its midnight.
    pub fn time_zone(&self) -> Tz {
        self.policies.time_zone
    }

    /// Whether an event about the business is believed that comes from this source.
    pub fn believes(&self, source: &ActorId) -> bool {
        self.event_sources.is_empty() || self.event_sources.contains(source)
    }

    /// # Errors
    /// [`crate::Refusal::SettingsOutOfRange`] for a number that is, or for too many of them.
    fn check(&self) -> Result<(), crate::Refusal> {
        self.policies.check()?;
        if self.event_sources.len() > MAX_EVENT_SOURCES {
            return Err(crate::Refusal::SettingsOutOfRange(
                "event_sources must name at most 10 systems",
            ));
        }
        let days = &self.expiring_days;
        let range = 1..=MAX_EXPIRING_DAYS;
        let out_of_range = days.iter().any(|day| !range.contains(day));
        let twice = (1..days.len()).any(|place| days[place..].contains(&days[place - 1]));
        let lead_days = self.renewals.as_ref().map_or(0, |it| it.lead_days);
        if lead_days > MAX_LEAD_DAYS {
            return Err(crate::Refusal::SettingsOutOfRange(
                "renewals.lead_days must be between 0 and 366",
            ));
        }
        match out_of_range || twice || days.len() > MAX_EXPIRING {
            true => Err(crate::Refusal::SettingsOutOfRange(
                "expiring_days must be at most 5 different numbers between 1 and 366",
            )),
            false => Ok(()),
        }
    }
}

/// What a booking is made under. It keeps the policies of that moment: changing the settings changes
/// no booking that was made before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Policies {
    /// The business's IANA time zone.
    pub time_zone: Tz,
    /// When units leave the holdings.
    pub deduct_at: DeductAt,
    /// What a no-show costs.
    pub no_show: Penalty,
    /// What a late cancellation costs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub late_cancel: Penalty,
    /// How many hours before the appointment a cancellation begins to be late; with 0, when the
    /// appointment starts. At most [`MAX_WINDOW_HOURS`].
    #[serde(default, skip_serializing_if = "is_default")]
    pub cancel_window_hours: u16,
    /// For how many days a unit can be used that returns to a package which has ended meanwhile; with
    /// 0 it is forfeited. At most [`MAX_RETURN_GRACE_DAYS`].
    #[serde(default = "return_grace_days")]
    pub return_grace_days: u16,
}

impl Policies {
    /// # Errors
    /// [`crate::Refusal::SettingsOutOfRange`] for a number that is.
    fn check(&self) -> Result<(), crate::Refusal> {
        let refuse = |reason| Err(crate::Refusal::SettingsOutOfRange(reason));
        let part = |penalty| match penalty {
            Penalty::ForfeitPercent(percent) => (1..=99).contains(&percent),
            Penalty::Release | Penalty::Forfeit => true,
        };
        if !part(self.no_show) || !part(self.late_cancel) {
            return refuse(
                "forfeit_percent must be between 1 and 99: use forfeit for all, release for nothing",
            );
        }
        if self.cancel_window_hours > MAX_WINDOW_HOURS {
            return refuse("cancel_window_hours must be between 0 and 720");
        }
        if self.return_grace_days > MAX_RETURN_GRACE_DAYS {
            return refuse("return_grace_days must be between 0 and 366");
        }
        Ok(())
    }
}
