//! Which package pays for what.

use crate::packages::{Package, Pool, Unit};
use crate::{Instant, Money, PackageId, Refusal, ServiceId};

use super::booking::{Draw, PayWith};

/// A service that somebody should pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The service.
    pub service: ServiceId,
    /// What it costs without a package.
    pub price: Money,
}

/// Why a package does not pay for a service, in the order in which it is checked: each later reason
/// came closer to paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ineligible {
    /// The caller named other packages, or none should pay.
    NotNamed,
    /// The service is not among those it covers.
    ServiceNotCovered,
    /// Its credit is in another currency than the price.
    CurrencyDiffers,
    /// It has expired when the appointment starts.
    Expired,
    /// It has fewer units available than the service takes.
    InsufficientUnits,
    /// It could pay, but another package comes first.
    AnotherPreferred,
}

/// What a package does for one service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It pays.
    Chosen(Draw),
    /// It does not, because.
    NotChosen(Ineligible),
}

/// A package that was looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Considered {
    /// The package.
    pub package: PackageId,
    /// What it does for each service, in the order asked.
    pub verdicts: Vec<Verdict>,
}

/// What pays, and why nothing else does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// What pays for each service, in the order asked.
    pub paid_by: Vec<Option<Draw>>,
    /// Every package of the customer, in the order of preference.
    pub considered: Vec<Considered>,
}

/// How many ways are tried to pay for the same number of services. Only contrived wallets have more;
/// past it, one service more is left unpaid.
const STEPS: u32 = 20_000;

/// Chooses for an appointment at `starts_at`. Order of preference: the order in which the caller
/// named packages, the narrowest cover, the earliest expiry (never last), the oldest sale, the id.
/// Where taking the preferred package for one service would leave another unpaid although some
/// choice pays for both, that choice is taken: as many services are paid as can be.
pub fn choose(
    packages: &[Package],
    wanted: &[Wanted],
    pay_with: &PayWith,
    starts_at: Instant,
) -> Choice {
    let ranked = ranked(packages, pay_with);
    let options: Vec<Vec<Payer>> = wanted
        .iter()
        .map(|wanted| {
            let pools = ranked.iter().filter(|package| named(package.id, pay_with));
            pools
                .filter_map(|package| eligible(package, wanted, starts_at).ok())
                .collect()
        })
        .collect();
    let paid_by = assign(&options);
    let considered = ranked.iter().map(|package| Considered {
        package: package.id,
        verdicts: wanted
            .iter()
            .zip(&paid_by)
            .map(|(wanted, paid_by)| verdict(package, wanted, *paid_by, pay_with, starts_at))
            .collect(),
    });
    Choice {
        considered: considered.collect(),
        paid_by,
    }
}

impl Choice {
    /// What pays for each service, when everything is paid.
    ///
    /// # Errors
    /// For the first service that nothing pays: [`Refusal::NoPackage`] when there was none to look
    /// at, else the refusal of the package that came closest: [`Refusal::ServiceNotCovered`],
    /// [`Refusal::CurrencyDiffers`], [`Refusal::ExpiredAtAppointment`],
    /// [`Refusal::InsufficientUnits`].
    pub fn all_paid(&self, wanted: &[Wanted]) -> Result<(), Refusal> {
        let Some(unpaid) = self.paid_by.iter().position(Option::is_none) else {
            return Ok(());
        };
        let closest =
            self.considered
                .iter()
                .filter_map(|considered| match considered.verdicts.get(unpaid) {
                    Some(Verdict::NotChosen(Ineligible::NotNamed) | Verdict::Chosen(_)) | None => {
                        None
                    }
                    Some(Verdict::NotChosen(reason)) => Some(*reason),
                });
        let service = wanted.get(unpaid).map(|wanted| wanted.service);
        Err(match (closest.max(), service) {
            (None, _) | (_, None) => Refusal::NoPackage,
            (Some(Ineligible::NotNamed | Ineligible::ServiceNotCovered), Some(service)) => {
                Refusal::ServiceNotCovered(service)
            }
            (Some(Ineligible::CurrencyDiffers), Some(service)) => Refusal::CurrencyDiffers(service),
            (Some(Ineligible::Expired), Some(service)) => Refusal::ExpiredAtAppointment(service),
            (Some(Ineligible::InsufficientUnits | Ineligible::AnotherPreferred), Some(_)) => {
                Refusal::InsufficientUnits
            }
        })
    }
}

/// A pool that could pay for a service if nothing else drew on it.
#[derive(Debug, Clone, Copy)]
struct Payer {
    draw: Draw,
    available: u64,
}

fn named(package: PackageId, pay_with: &PayWith) -> bool {
    match pay_with {
        PayWith::None => false,
        PayWith::Auto => true,
        PayWith::Packages(ids) => ids.contains(&package),
    }
}

fn ranked<'a>(packages: &'a [Package], pay_with: &PayWith) -> Vec<&'a Package> {
    let position = |package: &Package| match pay_with {
        PayWith::None | PayWith::Auto => None,
        PayWith::Packages(ids) => Some(
            ids.iter()
                .position(|id| *id == package.id)
                .unwrap_or(usize::MAX),
        ),
    };
    let width = |package: &Package| package.pools.iter().map(|pool| pool.covers.width()).min();
    let mut ranked: Vec<&Package> = packages.iter().collect();
    ranked.sort_by_key(|package| {
        (
            position(package),
            width(package),
            package.expires_at.is_none(),
            package.expires_at,
            package.sold_at,
            package.id,
        )
    });
    ranked
}

fn eligible(package: &Package, wanted: &Wanted, starts_at: Instant) -> Result<Payer, Ineligible> {
    let mut closest = Ineligible::ServiceNotCovered;
    for (index, pool) in package.pools.iter().enumerate() {
        match eligible_pool(package, pool, wanted, starts_at) {
            Ok(units) => {
                let draw = Draw {
                    package: package.id,
                    pool: index,
                    units,
                };
                return Ok(Payer {
                    draw,
                    available: pool.balance.available,
                });
            }
            Err(reason) => closest = closest.max(reason),
        }
    }
    Err(closest)
}

fn eligible_pool(
    package: &Package,
    pool: &Pool,
    wanted: &Wanted,
    starts_at: Instant,
) -> Result<u64, Ineligible> {
    let visits = pool
        .covers
        .units_for(wanted.service)
        .ok_or(Ineligible::ServiceNotCovered)?;
    let units = match pool.unit {
        Unit::Visit => u64::from(visits),
        Unit::Money(currency) if currency == wanted.price.currency() => wanted.price.amount_minor(),
        Unit::Money(_) => return Err(Ineligible::CurrencyDiffers),
    };
    if !package.valid_at(starts_at) {
        return Err(Ineligible::Expired);
    }
    if pool.balance.available < units {
        return Err(Ineligible::InsufficientUnits);
    }
    Ok(units)
}

fn verdict(
    package: &Package,
    wanted: &Wanted,
    paid_by: Option<Draw>,
    pay_with: &PayWith,
    starts_at: Instant,
) -> Verdict {
    if let Some(draw) = paid_by.filter(|draw| draw.package == package.id) {
        return Verdict::Chosen(draw);
    }
    if !named(package.id, pay_with) {
        return Verdict::NotChosen(Ineligible::NotNamed);
    }
    Verdict::NotChosen(match eligible(package, wanted, starts_at) {
        Err(reason) => reason,
        Ok(_) if paid_by.is_some() => Ineligible::AnotherPreferred,
        // Enough for this service alone, but not beside the others that it already pays.
        Ok(_) => Ineligible::InsufficientUnits,
    })
}

/// Pays for as many services as any assignment does, the earlier ones by what they prefer.
fn assign(options: &[Vec<Payer>]) -> Vec<Option<Draw>> {
    let hopeless = options.iter().filter(|options| options.is_empty()).count();
    for unpaid in hopeless..=options.len() {
        let (mut chosen, mut steps) = (Vec::new(), STEPS);
        if search(options, unpaid, &mut chosen, &mut steps) {
            return chosen;
        }
    }
    vec![None; options.len()]
}

/// Goes on from what was chosen for the first services, leaving at most `unpaid` of the rest unpaid.
fn search(
    options: &[Vec<Payer>],
    unpaid: usize,
    chosen: &mut Vec<Option<Draw>>,
    steps: &mut u32,
) -> bool {
    let Some(payers) = options.get(chosen.len()) else {
        return true;
    };
    for payer in payers {
        if *steps == 0 {
            return false;
        }
        *steps -= 1;
        if fits(payer, chosen) {
            chosen.push(Some(payer.draw));
            if search(options, unpaid, chosen, steps) {
                return true;
            }
            chosen.pop();
        }
    }
    if unpaid > 0 {
        chosen.push(None);
        if search(options, unpaid - 1, chosen, steps) {
            return true;
        }
        chosen.pop();
    }
    false
}

fn fits(option: &Payer, chosen: &[Option<Draw>]) -> bool {
    let drawn: u64 = chosen
        .iter()
        .flatten()
        .filter(|draw| draw.package == option.draw.package && draw.pool == option.draw.pool)
        .map(|draw| draw.units)
        .sum();
    drawn + option.draw.units <= option.available
}
