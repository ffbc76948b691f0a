//! An appointment as its journal entries tell it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::choose::Wanted;
use crate::journal::{Entry, Fact, Move};
use crate::packages::Account;
use crate::{BookingId, CustomerId, EntryKey, Instant, Money, PackageId, Refusal, ServiceId};

/// When units leave the holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeductAt {
    /// Held when the appointment is booked, captured when it is completed.
    Booking,
    /// Nothing is held; captured when it is completed.
    Completion,
}

/// What happens to the units of someone who does not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoShowPolicy {
    /// They go back.
    Release,
    /// They are lost.
    Forfeit,
}

/// What should pay for a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PayWith {
    /// No package is touched.
    None,
    /// Whichever packages the choosing order prefers.
    Auto,
    /// These, preferred in this order.
    Packages(Vec<PackageId>),
}

/// What was agreed when an appointment was made. The policies are those of that moment: changing the
/// settings changes no booking that was made before.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BookingTerms {
    /// The caller's id.
    pub booking: BookingId,
    /// When it starts.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub starts_at: Instant,
    /// What is done, and what pays for it.
    pub services: Vec<ServiceLine>,
    /// What should pay.
    pub pay_with: PayWith,
    /// When units leave the holdings.
    pub deduct_at: DeductAt,
    /// What a no-show costs.
    pub no_show: NoShowPolicy,
}

/// One service of a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceLine {
    /// The service.
    pub service: ServiceId,
    /// What it costs without a package, as agreed.
    pub price: Money,
    /// The pool that pays; none leaves the price due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<Draw>,
}

/// Units of one pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The package.
    pub package: PackageId,
    /// Which of its pools.
    pub pool: usize,
    /// How many.
    pub units: u64,
}

/// Where an appointment stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BookingStatus {
    /// To come.
    Booked,
    /// Took place.
    Completed,
    /// Called off.
    Cancelled,
    /// The customer did not come.
    NoShow,
}

impl fmt::Display for BookingStatus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BookingStatus::Booked => "booked",
            BookingStatus::Completed => "completed",
            BookingStatus::Cancelled => "cancelled",
            BookingStatus::NoShow => "no-show",
        })
    }
}

/// An appointment: the fold of its entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Booking {
    /// Whose it is.
    pub customer: CustomerId,
    /// What was agreed, with the latest time and payment.
    pub terms: BookingTerms,
    /// Where it stands.
    pub status: BookingStatus,
    /// How many things have happened to it since it was made.
    pub steps: u32,
}

impl Booking {
    /// The booking its entries tell, in the order they were written; none when there are none.
    pub fn fold<'a>(entries: impl IntoIterator<Item = &'a Entry>) -> Option<Booking> {
        let mut booking: Option<Booking> = None;
        for entry in entries {
            match (&entry.fact, &mut booking) {
                (Fact::Booked(terms), _) => {
                    booking = Self::begin(entry, terms, BookingStatus::Booked);
                }
                (Fact::WalkInCompleted(terms), _) => {
                    booking = Self::begin(entry, terms, BookingStatus::Completed);
                }
                (_, Some(booking)) => booking.step(&entry.fact),
                (_, None) => {}
            }
        }
        booking
    }

    fn begin(entry: &Entry, terms: &BookingTerms, status: BookingStatus) -> Option<Booking> {
        Some(Booking {
            customer: entry.customer?,
            terms: terms.clone(),
            status,
            steps: 0,
        })
    }

    fn step(&mut self, fact: &Fact) {
        let (status, services) = match fact {
            Fact::Rescheduled {
                starts_at,
                services,
                ..
            } => {
                self.terms.starts_at = *starts_at;
                (BookingStatus::Booked, services.clone())
            }
            Fact::Cancelled { .. } => (BookingStatus::Cancelled, unpaid(&self.terms.services)),
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
            | Fact::PackageSold(_) => return,
        };
        self.status = status;
        self.terms.services = services;
        self.steps += 1;
    }

    /// The key of what happens next.
    pub(super) fn next_step(&self) -> EntryKey {
        EntryKey::Step(self.terms.booking.clone(), self.steps + 1)
    }

    /// What the customer owes for: nothing while a package pays or after the appointment fell
    /// through.
    pub fn due(&self) -> impl Iterator<Item = &ServiceLine> {
        let owed = match self.status {
            BookingStatus::Completed => true,
            BookingStatus::Booked => {
                self.terms.pay_with == PayWith::None || self.terms.deduct_at == DeductAt::Booking
            }
            BookingStatus::Cancelled | BookingStatus::NoShow => false,
        };
        self.terms
            .services
            .iter()
            .filter(move |line| owed && line.paid_by.is_none())
    }

    /// # Errors
    /// [`Refusal::BookingResolved`] unless it is still to come.
    pub(super) fn must_be_open(&self) -> Result<(), Refusal> {
        match self.status {
            BookingStatus::Booked => Ok(()),
            resolved @ (BookingStatus::Completed
            | BookingStatus::Cancelled
            | BookingStatus::NoShow) => Err(Refusal::BookingResolved(resolved)),
        }
    }

    /// Moves of everything this booking holds, latest first, so that units return in the reverse
    /// of the order in which they were taken.
    pub(super) fn resolve_holds(&self, to: Account) -> Vec<Move> {
        let holds = self.terms.deduct_at == DeductAt::Booking;
        let draws = self
            .terms
            .services
            .iter()
            .rev()
            .filter_map(|line| line.paid_by);
        draws
            .filter(|_| holds)
            .map(|draw| Move {
                package: draw.package,
                pool: draw.pool,
                from: Some(Account::Held),
                to,
                units: draw.units,
                valid_at: None,
            })
            .collect()
    }
}

/// The services with nothing paying for them.
pub(super) fn unpaid(services: &[ServiceLine]) -> Vec<ServiceLine> {
    let line = |line: &ServiceLine| ServiceLine {
        paid_by: None,
        ..line.clone()
    };
    services.iter().map(line).collect()
}

/// What the services are to be paid at: the prices agreed.
pub(super) fn wanted(services: &[ServiceLine]) -> Vec<Wanted> {
    let agreed = |line: &ServiceLine| Wanted {
        service: line.service,
        price: line.price,
    };
    services.iter().map(agreed).collect()
}

/// Moves of what was chosen, from available to `to`, while the packages are valid at `valid_at`.
pub(super) fn draw(services: &[ServiceLine], to: Account, valid_at: Instant) -> Vec<Move> {
    services
        .iter()
        .filter_map(|line| line.paid_by)
        .map(|draw| Move {
            package: draw.package,
            pool: draw.pool,
            from: Some(Account::Available),
            to,
            units: draw.units,
            valid_at: Some(valid_at),
        })
        .collect()
}
