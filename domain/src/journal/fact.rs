//! What can happen.

use serde::{Deserialize, Serialize};

use super::{Line, PackageChange};
use crate::bookings::{BookingTerms, PayWith, Penalty, ServiceLine};
use crate::catalog::{Service, Template};
use crate::due::Notice;
use crate::packages::{CollectionPlan, Package, is_default};
use crate::pipeline::{OpportunityChange, OpportunityEvent, PipelineSettings, Quota, StageScheme};
use crate::settings::Settings;
use crate::{BookingId, CompanyId, Instant, Money, PackageId};

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
    /// The account that direct debits go to was set or changed.
    CreditorChanged,
    /// A collection by direct debit was begun.
    CollectionPlanned(CollectionPlan),
    /// The person behind a customer was erased.
    CustomerErased,
    /// A package was sold: as it was before its units were granted.
    PackageSold(Package),
    /// A package that ran elsewhere goes on here: as it was before its units were granted. What was used
    /// of it before stands in the entry's lines.
    PackageImported(Package),
    /// A package was offered: its units are granted when it is accepted.
    PackageOffered(Package),
    /// Something happened to a package that is no appointment.
    PackageChanged {
        /// Which.
        package: PackageId,
        /// What.
        change: PackageChange,
    },
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
    /// An appointment that nothing paid for yet is now paid or, where units leave at completion, will
    /// be then.
    Paid {
        /// Which.
        booking: BookingId,
        /// Who pays for what from now on.
        services: Vec<ServiceLine>,
        /// What should pay from now on.
        pay_with: PayWith,
        /// Whether what nothing pays for may be due from now on.
        #[serde(default, skip_serializing_if = "is_default")]
        allow_partial: bool,
    },
    /// An appointment was cancelled.
    Cancelled {
        /// Which.
        booking: BookingId,
        /// What was taken for it, when it was late: nothing where the units went back.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        services: Vec<ServiceLine>,
    },
    /// The customer did not come.
    NoShow {
        /// Which.
        booking: BookingId,
        /// What the business does in this case.
        policy: Penalty,
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
    /// A completion, a no-show or a cancellation was recorded by mistake, or is to be recorded again.
    Reversed {
        /// Which.
        booking: BookingId,
        /// Who pays for what from now on.
        services: Vec<ServiceLine>,
        /// Whether it is resolved again as it was, with what could pay for it then: at once.
        #[serde(default, skip_serializing_if = "is_default")]
        again: bool,
    },
    /// The settings of the pipeline became these.
    PipelineSettingsChanged(PipelineSettings),
    /// A stage scheme became this.
    StageSchemeSaved(StageScheme),
    /// These fields of a company were written.
    CompanySaved {
        /// Which.
        company: CompanyId,
        /// Those that changed.
        fields: Vec<String>,
    },
    /// A quota became this.
    QuotaSaved(Quota),
    /// Something happened to an opportunity, its quotes or its activities.
    OpportunityChanged(Box<OpportunityChange>),
    /// Something fell due that only has to be told: nothing changes by it.
    Noticed(Notice),
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
            Fact::CreditorChanged => "creditor-changed",
            Fact::CollectionPlanned(_) => "collection-planned",
            Fact::CustomerErased => "customer-erased",
            Fact::PackageSold(_) => "package-sold",
            Fact::PackageImported(_) => "package-imported",
            Fact::PackageOffered(_) => "package-offered",
            Fact::PackageChanged { change, .. } => change.name(),
            Fact::Booked(_) => "booked",
            Fact::Rescheduled { .. } => "rescheduled",
            Fact::Paid { .. } => "paid",
            Fact::Cancelled { .. } => "cancelled",
            Fact::NoShow { .. } => "no-show",
            Fact::Completed { .. } => "completed",
            Fact::WalkInCompleted(_) => "walk-in-completed",
            Fact::Reversed { .. } => "reversed",
            Fact::PipelineSettingsChanged(_) => "pipeline-settings-changed",
            Fact::StageSchemeSaved(_) => "stage-scheme-saved",
            Fact::CompanySaved { .. } => "company-saved",
            Fact::QuotaSaved(_) => "quota-saved",
            Fact::OpportunityChanged(change) => change.event.name(),
            Fact::Noticed(notice) => notice.what.name(),
        }
    }

    /// What it is about.
    pub(crate) fn subject(&self) -> Subject<'_> {
        match self {
            Fact::SettingsChanged(_)
            | Fact::ServiceSaved(_)
            | Fact::TemplateSaved(_)
            | Fact::CustomerCreated
            | Fact::CustomerEdited(_)
            | Fact::CustomerClaimed
            | Fact::CreditorChanged
            | Fact::CollectionPlanned(_)
            | Fact::CustomerErased
            | Fact::PipelineSettingsChanged(_)
            | Fact::StageSchemeSaved(_)
            | Fact::CompanySaved { .. }
            | Fact::QuotaSaved(_)
            | Fact::OpportunityChanged(_)
            | Fact::Noticed(_) => Subject::Record,
            Fact::PackageSold(package) | Fact::PackageOffered(package) => Subject::New(package),
            Fact::PackageImported(package) => Subject::Imported(package),
            Fact::PackageChanged { package, change } => Subject::Package(*package, change),
            Fact::Booked(terms) | Fact::WalkInCompleted(terms) => Subject::Booking(&terms.booking),
            Fact::Rescheduled { booking, .. }
            | Fact::Paid { booking, .. }
            | Fact::Reversed { booking, .. }
            | Fact::Cancelled { booking, .. }
            | Fact::NoShow { booking, .. }
            | Fact::Completed { booking, .. } => Subject::Booking(booking),
        }
    }

    /// The booking concerned, if any.
    pub fn booking(&self) -> Option<&BookingId> {
        match self.subject() {
            Subject::Booking(booking) => Some(booking),
            Subject::Record | Subject::New(_) | Subject::Imported(_) | Subject::Package(..) => None,
        }
    }

    /// The lines of a sale: every pool gets what it was agreed to hold.
    pub(super) fn grants(&self) -> Vec<Line> {
        let (Fact::PackageSold(package) | Fact::PackageImported(package)) = self else {
            return Vec::new();
        };
        let pools = package.pools.iter().enumerate();
        pools
            .map(|(index, pool)| Line::grant(package, index, pool))
            .collect()
    }

    /// What was paid back for a package by it; none unless it is a refund.
    pub fn paid_back(&self) -> Option<Money> {
        if let Fact::PackageChanged { change, .. } = self
            && let PackageChange::Refunded { amount, .. } = change
        {
            return Some(*amount);
        }
        None
    }

    /// Whether a package comes to be by it that this business sells or offers.
    pub fn sells(&self) -> bool {
        matches!(self.subject(), Subject::New(_))
    }

    /// When the appointment starts, where the entry says so.
    pub fn starts_at(&self) -> Option<Instant> {
        if let Fact::Booked(terms) | Fact::WalkInCompleted(terms) = self {
            return Some(terms.starts_at);
        }
        if let Fact::Rescheduled { starts_at, .. } = self {
            return Some(*starts_at);
        }
        None
    }

    /// The fields of a customer's, a company's or an opportunity's record that were changed.
    pub fn fields(&self) -> &[String] {
        if let Some(change) = self.opportunity()
            && let OpportunityEvent::Edited(fields) = &change.event
        {
            return fields;
        }
        if let Fact::CustomerEdited(fields) | Fact::CompanySaved { fields, .. } = self {
            return fields;
        }
        &[]
    }

    /// What happened to an opportunity.
    pub fn opportunity(&self) -> Option<&OpportunityChange> {
        if let Fact::OpportunityChanged(change) = self {
            return Some(change);
        }
        None
    }

    /// The package that was sold, offered or changed, or of which something fell due; none for an appointment's.
    pub fn package(&self) -> Option<PackageId> {
        if let Some(notice) = self.noticed() {
            return notice.what.package();
        }
        match self.subject() {
            Subject::New(package) | Subject::Imported(package) => Some(package.id),
            Subject::Package(package, _) => Some(package),
            Subject::Record | Subject::Booking(_) => None,
        }
    }

    /// The package that came to be by it, before its units were granted.
    pub fn creates(&self) -> Option<&Package> {
        match self.subject() {
            Subject::New(package) | Subject::Imported(package) => Some(package),
            Subject::Package(_, change) => change.creates(),
            Subject::Record | Subject::Booking(_) => None,
        }
    }
}

/// What a fact is about.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Subject<'f> {
    /// A record: settings, the catalogue, a customer, a collection.
    Record,
    /// A package that came to be.
    New(&'f Package),
    /// A package that ran elsewhere.
    Imported(&'f Package),
    /// A package that was there.
    Package(PackageId, &'f PackageChange),
    /// An appointment.
    Booking(&'f BookingId),
}
