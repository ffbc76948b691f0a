//! What an entry means to others.

use domain::journal::{Entry, Fact};
use events::Version;
use events::out::{CustomerClaimed, CustomerCreated, CustomerErased};
use infra::{Fault, Notice};

use super::told::Tellings;
use super::{bookings, due, opportunities, packages};

/// The events that an entry is told by, in order: always the same, with the same ids. Which fact is told
/// by what stands in docs/events.md.
///
/// # Errors
/// [`Fault::Broken`] for an event that JSON cannot express.
pub fn tell(entry: &Entry) -> Result<Vec<Notice>, Fault> {
    let mut tellings = Tellings::of(entry);
    let told = &mut tellings;
    match &entry.fact {
        Fact::PackageSold(package) => packages::sold(told, package)?,
        Fact::PackageImported(package) => packages::imported(told, package)?,
        Fact::PackageOffered(package) => packages::offered(told, package)?,
        Fact::PackageChanged { package, change } => packages::changed(told, *package, change)?,
        Fact::Booked(terms) => bookings::sessions(told, &terms.booking)?,
        Fact::Rescheduled { booking, .. }
        | Fact::Paid { booking, .. }
        | Fact::Cancelled { booking, .. }
        | Fact::NoShow { booking, .. }
        | Fact::Reversed { booking, .. } => bookings::sessions(told, booking)?,
        Fact::Completed { booking, services } => {
            bookings::sessions(told, booking)?;
            bookings::unpaid(told, booking, services)?;
        }
        Fact::WalkInCompleted(terms) => {
            bookings::sessions(told, &terms.booking)?;
            bookings::unpaid(told, &terms.booking, &terms.services)?;
        }
        Fact::CustomerCreated => {
            let version = Version;
            told.tell(None, None, |told| CustomerCreated { version, told })?;
        }
        Fact::CustomerClaimed => {
            let version = Version;
            told.tell(None, None, |told| CustomerClaimed { version, told })?;
        }
        Fact::CustomerErased => {
            let version = Version;
            told.tell(None, None, |told| CustomerErased { version, told })?;
        }
        Fact::Noticed(notice) => due::noticed(told, notice)?,
        Fact::OpportunityChanged(change) => opportunities::changed(told, change)?,
        // How the business is set up, and people's data, which no event has: the API is asked for them.
        Fact::SettingsChanged(_)
        | Fact::ServiceSaved(_)
        | Fact::TemplateSaved(_)
        | Fact::CustomerEdited(_)
        | Fact::CreditorChanged
        | Fact::PipelineSettingsChanged(_)
        | Fact::StageSchemeSaved(_)
        | Fact::CompanySaved { .. }
        | Fact::QuotaSaved(_) => {}
        // Each of its packages tells what was collected of it.
        Fact::CollectionPlanned(_) => {}
    }
    Ok(tellings.all())
}
