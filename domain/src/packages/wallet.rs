//! Everything a customer holds, and what it adds up to.

use std::collections::BTreeMap;

use super::{Covers, Package, Unit};
use crate::{Instant, Money, Name, ServiceId};

/// What the usable packages of a wallet add up to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wallet {
    /// Per service that a pool of visits covers, limited or not, in order of id.
    pub services: Vec<ServiceTotal>,
    /// Credit, one sum per currency.
    pub credit: Vec<Money>,
}

/// What can still be redeemed of one service. A pool shared by several services counts in each of
/// them, so these totals do not add up across services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServiceTotal {
    /// The service.
    pub service: ServiceId,
    /// Its name in the newest package.
    pub name: Name,
    /// Visits available in the pools that cover it.
    pub available_units: u64,
    /// How often it can be redeemed with them.
    pub redemptions: u64,
    /// Whether a pass covers it, beside these.
    pub unlimited: bool,
}

/// The totals of `packages` at `now`.
pub fn wallet(packages: &[Package], now: Instant) -> Wallet {
    let mut services = BTreeMap::<ServiceId, ServiceTotal>::new();
    let mut credit = Vec::new();
    let mut usable: Vec<&Package> = packages
        .iter()
        .filter(|package| package.is_usable(now))
        .collect();
    usable.sort_by_key(|package| package.agreed_at());
    for (pool, balance) in usable.iter().flat_map(|package| package.balances(now)) {
        let covers = match (pool.unit, &pool.covers) {
            (Unit::Money(currency), _) => {
                credit.push((currency, balance.available));
                continue;
            }
            (Unit::Visit | Unit::Unlimited, Covers::Any) => continue,
            (Unit::Visit | Unit::Unlimited, Covers::Services(covers)) => covers,
        };
        for cover in covers {
            let total = services
                .entry(cover.service)
                .or_insert_with(|| ServiceTotal {
                    service: cover.service,
                    name: cover.name.clone(),
                    available_units: 0,
                    redemptions: 0,
                    unlimited: false,
                });
            total.name = cover.name.clone();
            total.available_units += balance.available;
            total.redemptions += balance.available / u64::from(cover.units.max(1));
            total.unlimited |= pool.unit == Unit::Unlimited;
        }
    }
    Wallet {
        services: services.into_values().collect(),
        credit: Money::totals(credit),
    }
}
