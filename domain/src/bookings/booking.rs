//! An appointment as its journal entries tell it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::draw::{Draw, ServiceLine};
use crate::calendar::Slot;
use crate::journal::{Entry, Fact, Move};
use crate::packages::{Account, Package, is_default};
use crate::settings::Policies;
use crate::{BookingId, CustomerId, EntryKey, Instant, Money, PackageId, Refusal};

/// When units leave the holdings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DeductAt {
    /// Held when the appointment is booked, captured when it is completed.
    Booking,
    /// Nothing is held; captured when it is completed.
    Completion,
}

/// What happens to the units of someone who cancels late or does not come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Penalty {
    /// They go back.
    #[default]
    Release,
    /// They are lost.
    Forfeit,
    /// This part of them is lost, from 1 to 99 per cent: of all that is drawn of a pool, rounded to the
    /// nearest whole unit and half a unit up. So 50 per cent of a single visit is the visit, and 49 are
    /// nothing.
    ForfeitPercent(u8),
}

impl Penalty {
    /// The units lost of those drawn.
    pub(super) fn forfeits(self, units: u64) -> u64 {
        match self {
            Penalty::Release => 0,
            Penalty::Forfeit => units,
            Penalty::ForfeitPercent(percent) => {
                let part = (u128::from(units) * u128::from(percent.min(100)) + 50) / 100;
                u64::try_from(part).unwrap_or(units)
            }
        }
    }
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

impl PayWith {
    /// # Errors
    /// [`Refusal::PackageNotFound`] for a package that is named and not there.
    pub(super) fn must_exist(&self, packages: &[Package]) -> Result<(), Refusal> {
        let there = |id: &PackageId| packages.iter().any(|package| package.id == *id);
        match self {
            PayWith::None | PayWith::Auto => Ok(()),
            PayWith::Packages(ids) if ids.iter().all(there) => Ok(()),
            PayWith::Packages(_) => Err(Refusal::PackageNotFound),
        }
    }

    /// This, and where it does not pay, `other`.
    pub(super) fn or(&self, other: &PayWith) -> PayWith {
        match (self, other) {
            (PayWith::None, then) | (then, PayWith::None) => then.clone(),
            (PayWith::Auto, _) | (_, PayWith::Auto) => PayWith::Auto,
            (PayWith::Packages(first), PayWith::Packages(then)) => {
                let new = then.iter().filter(|id| !first.contains(id));
                PayWith::Packages(first.iter().chain(new).copied().collect())
            }
        }
    }
}

/// What was agreed when an appointment was made.
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
    /// Whether what nothing pays for may be due.
    #[serde(default, skip_serializing_if = "is_default")]
    pub allow_partial: bool,
    /// What it was agreed under.
    #[serde(flatten)]
    pub policies: Policies,
}

impl BookingTerms {
    /// The appointment's time.
    pub fn slot(&self) -> Slot {
        Slot {
            starts_at: self.starts_at,
            zone: self.policies.time_zone,
        }
    }

    /// Whether units are reserved while it is to come.
    pub(super) fn holds(&self) -> bool {
        self.policies.deduct_at == DeductAt::Booking
    }
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
    /// Whether it was never open, only completed and perhaps taken back.
    pub walk_in: bool,
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
            walk_in: status == BookingStatus::Completed,
        })
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
            BookingStatus::Booked => self.terms.pay_with == PayWith::None || self.terms.holds(),
            BookingStatus::Cancelled | BookingStatus::NoShow => false,
        };
        self.terms
            .services
            .iter()
            .filter(move |line| owed && line.paid_by.is_none())
    }

    /// Whether the package pays, or was named to pay at completion.
    pub fn is_paid_by(&self, package: PackageId) -> bool {
        let mut draws = self.terms.services.iter().filter_map(|line| line.paid_by);
        let named = match &self.terms.pay_with {
            PayWith::None | PayWith::Auto => false,
            PayWith::Packages(ids) => !self.terms.holds() && ids.contains(&package),
        };
        named || draws.any(|draw| draw.package == package)
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

    /// What this booking holds, latest first, so that units return in the reverse of the order in
    /// which they were taken.
    pub(super) fn held(&self) -> Vec<(Draw, Money)> {
        let lines = self.terms.services.iter().rev();
        let drawn = lines.filter_map(|line| Some((line.paid_by?, line.price)));
        drawn.filter(|_| self.terms.holds()).collect()
    }

    /// Moves of everything it holds.
    pub(super) fn resolve_holds(&self, to: Account) -> Vec<Move> {
        let slot = self.terms.slot();
        let held = self.held().into_iter();
        held.map(|(draw, price)| draw.resolved(Some(to), price, slot))
            .collect()
    }
}
