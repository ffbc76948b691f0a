//! Who may pay for what, worked out by trying every way.

use std::collections::BTreeMap;

use domain::bookings::{Draw, PayWith, ServiceLine};
use domain::{Instant, PackageId};

use super::command::{PRODUCTS, price};
use super::model::start_of_day;
use crate::fixtures::*;

pub(crate) type Packages = BTreeMap<PackageId, Counters>;

/// The one pool of a package.
#[derive(Debug, Clone)]
pub(crate) struct Counters {
    pub(crate) customer: u8,
    pub(crate) product: usize,
    pub(crate) expires_at: Option<Instant>,
    pub(crate) available: u64,
    pub(crate) held: u64,
    pub(crate) captured: u64,
    pub(crate) forfeited: u64,
    pub(crate) expired: u64,
}

impl Counters {
    pub(crate) fn granted(&self) -> u64 {
        PRODUCTS[self.product].units
    }

    pub(crate) fn valid_at(&self, at: Instant) -> bool {
        !matches!(self.expires_at, Some(end) if end <= at)
    }

    /// Takes back what was held. Of a package that has ended, the rest is written off, and what comes
    /// back can be used for the 14 days after today.
    pub(crate) fn get_back(&mut self, units: u64, now: Instant) {
        self.held -= units;
        if units > 0 && !self.valid_at(now) {
            self.expired += std::mem::take(&mut self.available);
            self.expires_at = Some(start_of_day(now) + days(15));
        }
        self.available += units;
    }

    /// What one redemption of the service takes, if this package is for it.
    fn takes(&self, service: u8) -> Option<u64> {
        let product = &PRODUCTS[self.product];
        let mut covers = product.covers.iter();
        let cover = covers.find(|(covered, _)| *covered == service);
        match product.currency {
            None => cover.map(|(_, units)| u64::from(*units)),
            Some(currency) => {
                let covered = product.covers.is_empty() || cover.is_some();
                let price = price(service);
                (covered && price.currency().code() == currency).then(|| price.amount_minor())
            }
        }
    }
}

/// What an appointment has to be paid for, and how.
#[derive(Debug, Clone)]
pub(crate) struct Bill {
    pub(crate) customer: u8,
    pub(crate) services: Vec<u8>,
    pub(crate) pay_with: PayWith,
    pub(crate) starts_at: Instant,
}

impl Bill {
    fn allows(&self, id: PackageId, package: &Counters) -> bool {
        let named = match &self.pay_with {
            PayWith::None => false,
            PayWith::Auto => true,
            PayWith::Packages(ids) => ids.contains(&id),
        };
        named && package.customer == self.customer && package.valid_at(self.starts_at)
    }

    /// Whether some way of paying pays for everything.
    pub(crate) fn can_be_paid(&self, packages: &Packages) -> bool {
        self.can_pay(packages, &self.services)
    }

    fn can_pay(&self, packages: &Packages, services: &[u8]) -> bool {
        let Some((service, rest)) = services.split_first() else {
            return true;
        };
        packages.iter().any(|(id, package)| {
            let units = package.takes(*service);
            let left = units.and_then(|units| package.available.checked_sub(units));
            left.filter(|_| self.allows(*id, package))
                .is_some_and(|available| {
                    let mut packages = packages.clone();
                    let package = package.clone();
                    packages.insert(
                        *id,
                        Counters {
                            available,
                            ..package
                        },
                    );
                    self.can_pay(&packages, rest)
                })
        })
    }

    /// The draws of `paid`, after checking that each is rightful, that there is enough for all of
    /// them together, and that nothing is left due that could have been paid.
    pub(crate) fn draws(&self, packages: &Packages, paid: &[ServiceLine]) -> Vec<Draw> {
        assert_eq!(paid.len(), self.services.len());
        let mut left = packages.clone();
        let mut due = Vec::new();
        for (line, service) in paid.iter().zip(&self.services) {
            assert_eq!((line.service, line.price), (svc(*service), price(*service)));
            let Some(draw) = line.paid_by else {
                due.push(*service);
                continue;
            };
            let package = left.get_mut(&draw.package).unwrap();
            assert!(self.allows(draw.package, package), "{draw:?}");
            assert_eq!((package.takes(*service), draw.pool), (Some(draw.units), 0));
            package.available = package.available.checked_sub(draw.units).unwrap();
        }
        assert!(due.is_empty() || !self.can_be_paid(packages), "{due:?}");
        for service in due {
            assert!(!self.can_pay(&left, &[service]), "service {service}");
        }
        paid.iter().filter_map(|line| line.paid_by).collect()
    }
}
