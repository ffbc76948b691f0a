//! The appointments that a new package pays for, although they were booked before it became active.

use std::collections::BTreeMap;

use super::booking::{Booking, BookingStatus};
use crate::calendar::{day_of, start_of_day};
use crate::journal::{Entry, Fact};
use crate::packages::Package;
use crate::{BookingId, Instant};

/// Every booking that the entries tell, in order of id, with when it was made.
fn bookings(entries: &[Entry]) -> impl Iterator<Item = (Instant, Booking)> {
    let mut steps = BTreeMap::<&BookingId, Vec<&Entry>>::new();
    for entry in entries {
        if let Some(booking) = entry.fact.booking() {
            steps.entry(booking).or_default().push(entry);
        }
    }
    steps.into_values().filter_map(|steps| {
        let first = steps
            .first()
            .filter(|e| matches!(e.fact, Fact::Booked(_)))?;
        Some((first.at, Booking::fold(steps.iter().copied())?))
    })
}

/// The bookings of the package's holder that were made before it became active, are for that day or
/// later and are open: those that something is due for and those that the package pays for already, the
/// earliest appointment first. `entries` are the holder's journal, in order.
pub fn existing_bookings(entries: &[Entry], package: &Package) -> Vec<Booking> {
    let from_today_on = |booking: &Booking| {
        let zone = booking.terms.policies.time_zone;
        let today = start_of_day(day_of(package.active_since(), zone), zone);
        booking.terms.starts_at >= today.unwrap_or(package.active_since())
    };
    let mut existing: Vec<Booking> = bookings(entries)
        .filter(|(made_at, _)| *made_at <= package.active_since())
        .map(|(_, booking)| booking)
        .filter(|booking| {
            booking.customer == package.customer
                && booking.status == BookingStatus::Booked
                && from_today_on(booking)
                && (booking.due().next().is_some() || booking.is_paid_by(package.id))
        })
        .collect();
    existing.sort_by_key(|booking| (booking.terms.starts_at, booking.terms.booking.clone()));
    existing
}
