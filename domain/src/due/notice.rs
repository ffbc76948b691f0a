//! What only has to be told when its time has come: nothing changes by it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{DueOf, Since, What};
use crate::journal::Fact;
use crate::{
    ActivityId, ActorId, Context, CustomerId, Decision, EntryKey, Instant, Money, OpportunityId,
    PackageId, QuoteId,
};

/// That something fell due, as the journal has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Of which customer.
    pub customer: CustomerId,
    /// The version of the package, or of the opportunity, that it was seen in. It changes nothing, so the
    /// next change has the next version.
    pub version: u64,
    /// What fell due.
    pub what: Noticed,
}

/// What fell due.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Noticed {
    /// A package that has something left will end.
    PackageExpiring {
        /// Which.
        package: PackageId,
        /// In so many days, as the business wants to know it. Told late, fewer are left: `expires_at` says
        /// how many.
        days: u16,
        /// What customers are told: usable strictly before.
        #[serde(with = "chrono::serde::ts_milliseconds")]
        expires_at: Instant,
    },
    /// The time of a package is over that could be used until then, and nothing is written off by that: it
    /// cost nothing, or its worth was used.
    PackageEnded {
        /// Which.
        package: PackageId,
    },
    /// An offer was not answered in time.
    OfferLapsed {
        /// Which.
        package: PackageId,
    },
    /// An instalment is due.
    InstalmentDue {
        /// Of which package.
        package: PackageId,
        /// Its number, from 1.
        instalment: u8,
        /// Since which day.
        due_on: NaiveDate,
        /// What is still to be paid of it.
        outstanding: Money,
    },
    /// An instalment should have been paid.
    InstalmentOverdue {
        /// Of which package.
        package: PackageId,
        /// Its number, from 1; 0 is the deposit.
        instalment: u8,
        /// When it was due.
        due_on: NaiveDate,
        /// What is still to be paid of it.
        outstanding: Money,
    },
    /// A quote was not answered in time.
    QuoteLapsed {
        /// Of which opportunity.
        opportunity: OpportunityId,
        /// Which.
        quote: QuoteId,
    },
    /// The day on which an opportunity is to be decided is near.
    CloseDateNear {
        /// Which.
        opportunity: OpportunityId,
        /// The day.
        expected_close_on: NaiveDate,
    },
    /// Somebody is to be reminded of what they are to do.
    ReminderDue {
        /// About which opportunity.
        opportunity: OpportunityId,
        /// What is to be done.
        activity: ActivityId,
        /// Who is to do it.
        assignee: ActorId,
    },
}

impl Noticed {
    /// The name of what happened.
    pub fn name(&self) -> &'static str {
        match self {
            Noticed::PackageExpiring { .. } => "package-expiring",
            Noticed::PackageEnded { .. } => "package-ended",
            Noticed::OfferLapsed { .. } => "offer-lapsed",
            Noticed::InstalmentDue { .. } => "instalment-due",
            Noticed::InstalmentOverdue { .. } => "instalment-overdue",
            Noticed::QuoteLapsed { .. } => "quote-lapsed",
            Noticed::CloseDateNear { .. } => "close-date-near",
            Noticed::ReminderDue { .. } => "reminder-due",
        }
    }

    /// The package it is about, if it is one.
    pub fn package(&self) -> Option<PackageId> {
        match self {
            Noticed::PackageExpiring { package, .. }
            | Noticed::PackageEnded { package }
            | Noticed::OfferLapsed { package }
            | Noticed::InstalmentDue { package, .. }
            | Noticed::InstalmentOverdue { package, .. } => Some(*package),
            Noticed::QuoteLapsed { .. }
            | Noticed::CloseDateNear { .. }
            | Noticed::ReminderDue { .. } => None,
        }
    }
}

impl Fact {
    /// What fell due that only has to be told.
    pub fn noticed(&self) -> Option<&Notice> {
        if let Fact::Noticed(notice) = self {
            return Some(notice);
        }
        None
    }
}

/// The decision to tell it: once, under a key that says what falls due and since when.
pub(super) fn told(
    (of, what, since): (DueOf, What, Since),
    notice: Notice,
    (customer, last_change): (Option<CustomerId>, Instant),
    context: &Context,
) -> Decision {
    let key = EntryKey::Notice(of, what, since);
    let fact = Fact::Noticed(notice);
    let entry = context.entry(customer, fact, Vec::new(), Some(last_change));
    Decision::of_records(key, entry, Vec::new())
}
