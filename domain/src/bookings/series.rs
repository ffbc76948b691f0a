//! Booking several appointments at once.

use std::collections::{BTreeMap, BTreeSet};

use super::book::{Appointment, Holdings, book};
use crate::journal::Entry;
use crate::{Context, Decision, EntryKey, PackageId, Refusal};

/// The most appointments of a series.
pub const MAX_SERIES: usize = 50;

/// The most records that one decision may write: entries, their copies for other customers, packages.
const MAX_RECORDS: usize = 100;

/// Books appointments of one customer, all of them or none. Each is a booking with an entry of its own
/// and is paid, in the order given, from what the ones before it leave.
///
/// # Errors
/// In this order: [`Refusal::SeriesSize`] for none or more than [`MAX_SERIES`],
/// [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`], for the first appointment that cannot
/// be booked [`Refusal::InSeries`] with the refusal of [`super::book()`], [`Refusal::SeriesSize`]
/// where the packages of too many others pay.
pub fn book_series(
    holdings: &Holdings,
    appointments: &[Appointment],
    context: &Context,
) -> Result<Decision, Refusal> {
    if !(1..=MAX_SERIES).contains(&appointments.len()) {
        return Err(Refusal::SeriesSize);
    }
    holdings.settings()?;
    holdings.customer()?;
    let mut left = holdings.clone();
    let mut entries: Vec<(EntryKey, Entry)> = Vec::new();
    let mut holders = BTreeMap::new();
    for (appointment, number) in appointments.iter().zip(0_u8..) {
        // Ids made in one moment are told apart by their random part.
        let random = context.random.wrapping_add(number.into());
        let context = Context {
            random,
            ..context.clone()
        };
        let booked = book(&left, appointment, &context).map_err(|refusal| Refusal::InSeries {
            booking: appointment.booking.clone(),
            refusal: Box::new(refusal),
        })?;
        for package in &mut left.packages {
            *package = package.after(&booked.entry)?;
        }
        holders.extend(booked.holders);
        entries.push((booked.key, booked.entry));
    }
    if records(&entries) > MAX_RECORDS {
        return Err(Refusal::SeriesSize);
    }
    let mut entries = entries.into_iter();
    let (key, entry) = entries.next().ok_or(Refusal::SeriesSize)?;
    Ok(Decision {
        key,
        entry,
        holders,
        puts: Vec::new(),
        series: entries.collect(),
        counting: Vec::new(),
    })
}

fn records(entries: &[(EntryKey, Entry)]) -> usize {
    let each = entries.iter().map(|(_, entry)| 1 + entry.also.len());
    let entries = entries.iter().map(|(_, entry)| entry);
    let packages: BTreeSet<PackageId> = entries
        .flat_map(|entry| entry.lines.iter().map(|line| line.package))
        .collect();
    each.sum::<usize>() + packages.len()
}
