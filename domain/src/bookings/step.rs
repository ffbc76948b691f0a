//! What a fact makes of an appointment.

use super::draw::unpaid;
use super::{Booking, BookingStatus};
use crate::journal::Fact;

impl Booking {
    /// Takes in what happened to it next.
    pub(super) fn step(&mut self, fact: &Fact) {
        let (status, services) = match fact {
            Fact::Rescheduled {
                starts_at,
                services,
                ..
            } => {
                self.terms.starts_at = *starts_at;
                (BookingStatus::Booked, services.clone())
            }
            Fact::Paid {
                services,
                pay_with,
                allow_partial,
                ..
            } => {
                self.terms.pay_with = pay_with.clone();
                self.terms.allow_partial = *allow_partial;
                (BookingStatus::Booked, services.clone())
            }
            Fact::Cancelled { services, .. } if services.is_empty() => {
                (BookingStatus::Cancelled, unpaid(&self.terms.services))
            }
            Fact::Cancelled { services, .. } => (BookingStatus::Cancelled, services.clone()),
            // What never was an appointment to come is none after a mistake, either.
            Fact::Reversed { services, .. }
                if self.walk_in && self.status == BookingStatus::Completed =>
            {
                (BookingStatus::Cancelled, services.clone())
            }
            Fact::Reversed { services, .. } => {
                // It was no mistake, after all: an appointment as any other.
                self.walk_in = false;
                (BookingStatus::Booked, services.clone())
            }
            Fact::NoShow { services, .. } => (BookingStatus::NoShow, services.clone()),
            Fact::Completed { services, .. } => (BookingStatus::Completed, services.clone()),
            Fact::Booked(_)
            | Fact::WalkInCompleted(_)
            | Fact::SettingsChanged(_)
            | Fact::ServiceSaved(_)
            | Fact::TemplateSaved(_)
            | Fact::CustomerCreated
            | Fact::CustomerEdited(_)
            | Fact::CustomerClaimed
            | Fact::CreditorChanged
            | Fact::CollectionPlanned(_)
            | Fact::PackageSold(_)
            | Fact::PackageImported(_)
            | Fact::CustomerErased
            | Fact::PackageOffered(_)
            | Fact::PackageChanged { .. }
            | Fact::PipelineSettingsChanged(_)
            | Fact::StageSchemeSaved(_)
            | Fact::CompanySaved { .. }
            | Fact::QuotaSaved(_)
            | Fact::OpportunityChanged(_)
            | Fact::Noticed(_) => return,
        };
        self.status = status;
        self.terms.services = services;
        self.steps += 1;
    }
}
