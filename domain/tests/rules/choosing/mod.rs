//! Which package pays for what.

mod assignment;
mod members;
mod preference;
mod reasons;

use domain::PackageId;
use domain::bookings::{Choice, PayWith, Verdict, Wanted, choose};
use domain::calendar::Slot;
use domain::packages::Package;

use crate::fixtures::{cus, days, holdings, now, pkg, svc};

/// Tomorrow, when every appointment here takes place.
fn tomorrow() -> Slot {
    Slot {
        starts_at: now() + days(1),
        zone: chrono_tz::Europe::Istanbul,
    }
}

/// These services at their list prices: 1 and 2 cost 300.00 and 500.00 lira, 3 costs 200.00 lei.
fn wanted(services: &[u8]) -> Vec<Wanted> {
    let holdings = holdings(Vec::new());
    let priced = |n: &u8| {
        let service = holdings.services.iter().find(|s| s.id == svc(*n)).unwrap();
        let price = service.terms.list_price;
        Wanted {
            service: svc(*n),
            price,
        }
    };
    services.iter().map(priced).collect()
}

fn choice(packages: &[Package], services: &[u8], pay_with: &PayWith) -> Choice {
    choose(cus(1), packages, &wanted(services), pay_with, tomorrow())
}

fn named(packages: &[u8]) -> PayWith {
    PayWith::Packages(packages.iter().map(|n| pkg(*n)).collect())
}

/// What pays for each service: the package's number and the units it gives.
fn paid(choice: &Choice) -> Vec<Option<(u8, u64)>> {
    let draws = choice.paid_by.iter();
    draws
        .map(|draw| draw.map(|draw| (number(draw.package), draw.units)))
        .collect()
}

/// What one package does for each service.
fn verdicts(choice: &Choice, package: u8) -> Vec<Verdict> {
    let mut considered = choice.considered.iter();
    let found = considered.find(|considered| considered.package == pkg(package));
    found.unwrap().verdicts.clone()
}

fn number(package: PackageId) -> u8 {
    (0..=u8::MAX).find(|n| pkg(*n) == package).unwrap()
}
