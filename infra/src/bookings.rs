//! Bookings: their entries, and the packages that pay for them.

use std::collections::BTreeSet;

use domain::bookings::Holdings;
use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::Package;
use domain::{BookingId, BusinessId, CustomerId, EntryKey, PackageId, ServiceId};

use crate::catalog::take_all;
use crate::customers::{Found, Member};
use crate::keys::{self, Key};
use crate::store::read;
use crate::{Consistency, Fault, Store};

/// What booking looks at.
#[derive(Debug, Clone)]
pub struct Redeemed {
    /// What the decision needs.
    pub holdings: Holdings,
    /// The record under the booking's id, if it was used before.
    pub record: Option<Entry>,
}

/// What booking a series looks at.
#[derive(Debug, Clone)]
pub struct RedeemedSeries {
    /// What the decision needs.
    pub holdings: Holdings,
    /// The record under each booking's id, if it was used before, in the order asked.
    pub records: Vec<Option<Entry>>,
}

/// What resolving or moving a booking looks at.
#[derive(Debug, Clone)]
pub struct BookingAndPackages {
    /// The booking's entries, in order; empty if there is no such booking.
    pub entries: Vec<Entry>,
    /// Whose it is.
    pub customer: Option<Customer>,
    /// Everything its customer may redeem from, and what else it drew on.
    pub packages: Vec<Package>,
}

/// What completing looks at when the appointment may never have been booked.
#[derive(Debug, Clone)]
pub struct HoldingsAndBooking {
    /// The booking's entries, in order; empty for a walk-in.
    pub entries: Vec<Entry>,
    /// What the decision on a walk-in needs.
    pub holdings: Holdings,
}

impl Store {
    /// What booking `services` for `customer` looks at, in one round trip.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn redeemed(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        services: &[ServiceId],
        booking: Option<&BookingId>,
        consistency: Consistency,
    ) -> Result<Redeemed, Fault> {
        let bookings: Vec<BookingId> = booking.cloned().into_iter().collect();
        let series = self.redeemed_series(business, customer, services, &bookings, consistency);
        let RedeemedSeries { holdings, records } = series.await?;
        Ok(Redeemed {
            holdings,
            record: records.into_iter().flatten().next(),
        })
    }

    /// What booking a series looks at, in one round trip while it is of less than a hundred bookings
    /// and services.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn redeemed_series(
        &self,
        business: &BusinessId,
        customer: CustomerId,
        services: &[ServiceId],
        bookings: &[BookingId],
        consistency: Consistency,
    ) -> Result<RedeemedSeries, Fault> {
        let settings = keys::settings(business);
        let record = |id: &BookingId| keys::entry(business, &EntryKey::Booking(id.clone()));
        let records: Vec<Key> = bookings.iter().map(record).collect();
        let services = services.iter().map(|id| keys::service(business, *id));
        let services: Vec<Key> = services.collect();
        let mut wanted = vec![settings.clone()];
        wanted.extend(services.iter().chain(&records).cloned());
        let (member, found) = tokio::join!(
            self.member(business, customer, consistency),
            self.batch_get(&wanted, consistency),
        );
        let (member, mut found) = (member?, Found(found?));
        Ok(RedeemedSeries {
            records: records
                .iter()
                .map(|record| found.take(record))
                .collect::<Result<_, _>>()?,
            holdings: Holdings {
                settings: found.take(&settings)?,
                services: take_all(&mut found, &services)?,
                customer: member.customer.clone(),
                packages: member.all_packages(),
            },
        })
    }

    /// The entries of a booking, in order.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn booking_entries(
        &self,
        business: &BusinessId,
        booking: &BookingId,
        consistency: Consistency,
    ) -> Result<Vec<Entry>, Fault> {
        let items = self
            .query_all(&keys::booking(business, booking), consistency)
            .await?;
        items.into_iter().map(read).collect()
    }

    /// What resolving or moving `booking` looks at: one round trip if the caller knows the
    /// customer, else two.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn booking_and_packages(
        &self,
        business: &BusinessId,
        booking: &BookingId,
        customer: Option<CustomerId>,
        consistency: Consistency,
    ) -> Result<BookingAndPackages, Fault> {
        let entries = self.booking_entries(business, booking, consistency);
        let (entries, member) = match customer {
            Some(customer) => {
                let member = self.member(business, customer, consistency);
                let (entries, member) = tokio::join!(entries, member);
                (entries?, member?)
            }
            None => {
                let entries = entries.await?;
                let member = match entries.first().and_then(|entry| entry.customer) {
                    Some(customer) => self.member(business, customer, consistency).await?,
                    None => Member::nobody(),
                };
                (entries, member)
            }
        };
        let customer = member.customer.clone();
        let mut packages = member.all_packages();
        let gone = drawn_elsewhere(&entries, &packages);
        packages.extend(self.packages_of(business, &gone, consistency).await?);
        Ok(BookingAndPackages {
            entries,
            customer,
            packages,
        })
    }

    /// What completing `booking` looks at when it may be a walk-in of `customer`, in one round trip.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn holdings_and_booking(
        &self,
        business: &BusinessId,
        booking: &BookingId,
        customer: CustomerId,
        services: &[ServiceId],
        consistency: Consistency,
    ) -> Result<HoldingsAndBooking, Fault> {
        let (entries, redeemed) = tokio::join!(
            self.booking_entries(business, booking, consistency),
            self.redeemed(business, customer, services, None, consistency),
        );
        let (entries, mut holdings) = (entries?, redeemed?.holdings);
        let gone = drawn_elsewhere(&entries, &holdings.packages);
        let gone = self.packages_of(business, &gone, consistency).await?;
        holdings.packages.extend(gone);
        Ok(HoldingsAndBooking { entries, holdings })
    }
}

/// Where packages may be that a booking drew on and its customer no longer sees: one that was shared
/// with them and is no longer still gets back what it gave. An entry names the holders beside its own
/// customer, not which package is whose: there is rarely more than one of each.
fn drawn_elsewhere(entries: &[Entry], seen: &[Package]) -> Vec<(CustomerId, PackageId)> {
    let drawn = entries.iter().flat_map(|entry| &entry.lines);
    let unseen = |id: &PackageId| seen.iter().all(|package| package.id != *id);
    let unseen: BTreeSet<PackageId> = drawn.map(|line| line.package).filter(unseen).collect();
    let holders: BTreeSet<CustomerId> = entries
        .iter()
        .flat_map(|entry| entry.also.iter().copied())
        .collect();
    let of = |holder| unseen.iter().map(move |package| (holder, *package));
    holders.into_iter().flat_map(of).collect()
}
