//! The record of one mutation. Ids only: a person can be erased and every total stays.

use serde::{Deserialize, Serialize};

use crate::bookings::{BookingTerms, NoShowPolicy, ServiceLine};
use crate::catalog::{Service, Template};
use crate::packages::{Account, Balance, Package};
use crate::settings::Settings;
use crate::{
    Actor, BookingId, BusinessId, Cause, CustomerId, EntryId, Fingerprint, Instant, PackageId,
};

/// One mutation: who, when, what, because of what, and the units that moved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Sorts by time.
    pub id: EntryId,
    /// When it was decided.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
    /// The tenant.
    pub business: BusinessId,
    /// The customer concerned; none for settings and catalogue.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer: Option<CustomerId>,
    /// Who did it.
    pub actor: Actor,
    /// What made it happen.
    pub cause: Cause,
    /// The request's content, for telling a repetition from a reuse.
    pub fingerprint: Fingerprint,
    /// What happened.
    pub fact: Fact,
    /// Units moved, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<Line>,
}

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Fact {
    /// The settings became these.
    SettingsChanged(Settings),
    /// A service became this.
    ServiceSaved(Service),
    /// A template became this.
    TemplateSaved(Template),
    /// A customer was added.
    CustomerCreated,
    /// These fields of a customer were changed.
    CustomerEdited(Vec<String>),
    /// The customer was bound to the acting account.
    CustomerClaimed,
    /// A package was sold: as it was before its units were granted.
    PackageSold(Package),
    /// An appointment was booked.
    Booked(BookingTerms),
    /// An appointment was moved.
    Rescheduled {
        /// Which.
        booking: BookingId,
        /// The new time.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        starts_at: Instant,
        /// Who pays for what from now on.
        services: Vec<ServiceLine>,
    },
    /// An appointment was cancelled; what was held went back.
    Cancelled {
        /// Which.
        booking: BookingId,
    },
    /// The customer did not come.
    NoShow {
        /// Which.
        booking: BookingId,
        /// What the business does in this case.
        policy: NoShowPolicy,
        /// What was taken for it: nothing where the units went back.
        services: Vec<ServiceLine>,
    },
    /// A booked appointment took place.
    Completed {
        /// Which.
        booking: BookingId,
        /// Who paid for what in the end.
        services: Vec<ServiceLine>,
    },
    /// An appointment that was never booked took place.
    WalkInCompleted(BookingTerms),
}

impl Fact {
    /// The name of the fact.
    pub fn name(&self) -> &'static str {
        match self {
            Fact::SettingsChanged(_) => "settings-changed",
            Fact::ServiceSaved(_) => "service-saved",
            Fact::TemplateSaved(_) => "package-template-saved",
            Fact::CustomerCreated => "customer-created",
            Fact::CustomerEdited(_) => "customer-edited",
            Fact::CustomerClaimed => "customer-claimed",
            Fact::PackageSold(_) => "package-sold",
            Fact::Booked(_) => "booked",
            Fact::Rescheduled { .. } => "rescheduled",
            Fact::Cancelled { .. } => "cancelled",
            Fact::NoShow { .. } => "no-show",
            Fact::Completed { .. } => "completed",
            Fact::WalkInCompleted(_) => "walk-in-completed",
        }
    }

    /// The booking concerned, if any.
    pub fn booking(&self) -> Option<&BookingId> {
        match self {
            Fact::Booked(terms) | Fact::WalkInCompleted(terms) => Some(&terms.booking),
            Fact::Rescheduled { booking, .. }
            | Fact::Cancelled { booking }
            | Fact::NoShow { booking, .. }
            | Fact::Completed { booking, .. } => Some(booking),
            Fact::SettingsChanged(_)
            | Fact::ServiceSaved(_)
            | Fact::TemplateSaved(_)
            | Fact::CustomerCreated
            | Fact::CustomerEdited(_)
            | Fact::CustomerClaimed
            | Fact::PackageSold(_) => None,
        }
    }
}

/// Units that moved between two accounts of one pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// The package.
    pub package: PackageId,
    /// Which of its pools, from 0.
    pub pool: usize,
    /// Taken from; none when the units are granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Account>,
    /// Put into.
    pub to: Account,
    /// Visits, or minor units of the pool's currency.
    pub units: u64,
    /// The pool after this line.
    pub after: Balance,
    /// The package's version after the whole entry.
    pub version: u64,
    /// When the package must still be valid for this line to be allowed: the appointment's time.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    pub valid_at: Option<Instant>,
}
