//! Which bookings hold units of a package.

use std::collections::BTreeMap;

use crate::journal::Entry;
use crate::packages::Account;
use crate::{BookingId, CustomerId, Instant, PackageId};

/// A booking to come that holds units of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HoldingBooking {
    /// Which.
    pub booking: BookingId,
    /// Whose: the holder's of the package, or a member's.
    pub customer: CustomerId,
    /// When the appointment starts.
    pub starts_at: Instant,
    /// How many units it holds.
    pub units: u64,
}

/// The bookings that hold units of `package` after these entries, earliest first. Every entry that moves
/// its units is in its holder's journal, so that journal, from the package's sale on, is enough.
pub fn holding<'e>(
    package: PackageId,
    entries: impl IntoIterator<Item = &'e Entry>,
) -> Vec<HoldingBooking> {
    let mut holding = BTreeMap::<&BookingId, HoldingBooking>::new();
    for entry in entries {
        let Some((booking, customer)) = entry.fact.booking().zip(entry.customer) else {
            continue;
        };
        for line in entry.lines.iter().filter(|line| line.package == package) {
            let held = holding.entry(booking).or_insert_with(|| HoldingBooking {
                booking: booking.clone(),
                customer,
                starts_at: line.valid_at.unwrap_or(entry.at),
                units: 0,
            });
            if let Some(starts_at) = line.valid_at {
                held.starts_at = starts_at;
            }
            if line.from == Some(Account::Held) {
                held.units = held.units.saturating_sub(line.units);
            }
            if line.to == Some(Account::Held) {
                held.units = held.units.saturating_add(line.units);
            }
        }
    }
    let mut holding: Vec<HoldingBooking> = holding.into_values().collect();
    holding.retain(|held| held.units > 0);
    holding.sort_by(|a, b| (a.starts_at, &a.booking).cmp(&(b.starts_at, &b.booking)));
    holding
}
