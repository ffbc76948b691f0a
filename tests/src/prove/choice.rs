//! Which package pays, by the model: every way to pay is tried, in the order of preference.

use super::answer::Draw;
use super::ask::Paying;
use super::holdings::Package;
use super::shop::PRICES;

/// Why nothing pays: each later reason came closer to paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Reason {
    NoPackage,
    NotCovered,
    NotActive,
    Rests,
    Expired,
    Insufficient,
}

impl Reason {
    pub(super) fn code(self) -> &'static str {
        match self {
            Reason::NoPackage => "no-package",
            Reason::NotCovered => "service-not-covered",
            Reason::NotActive => "package-not-active",
            Reason::Rests => "package-frozen",
            Reason::Expired => "expired-at-appointment",
            Reason::Insufficient => "insufficient-units",
        }
    }
}

/// What pays for each service.
pub(super) struct Choice {
    pub(super) paid_by: Vec<Option<Draw>>,
    /// Why nothing pays for the first that nothing pays for.
    pub(super) closest: Option<Reason>,
}

pub(super) fn usable(package: &Package, at: i64) -> Result<(), Reason> {
    match package {
        Package { voided: true, .. } => Err(Reason::NotActive),
        rests if rests.rests(at) => Err(Reason::Rests),
        ended if ended.ended(at) => Err(Reason::Expired),
        _ => Ok(()),
    }
}

/// Chooses for an appointment at `at`.
pub(super) fn choose(packages: &[Package], services: &[usize], pay: &Paying, at: i64) -> Choice {
    let ranked = ranked(packages, pay);
    let options: Vec<Vec<Draw>> = services
        .iter()
        .map(|service| {
            let offers = ranked
                .iter()
                .map(|place| offer(packages, *place, *service, at));
            offers.filter_map(Result::ok).collect()
        })
        .collect();
    let mut best: Vec<Option<Draw>> = vec![None; services.len()];
    try_all(packages, &options, &mut Vec::new(), &mut best);
    let unpaid = best.iter().position(Option::is_none);
    let closest = unpaid.map(|unpaid| {
        let reasons = ranked.iter().map(|place| {
            // It could pay for this alone, but not beside the others.
            let offered = offer(packages, *place, services[unpaid], at);
            offered.err().unwrap_or(Reason::Insufficient)
        });
        reasons.max().unwrap_or(Reason::NoPackage)
    });
    Choice {
        paid_by: best,
        closest,
    }
}

/// The packages that may pay, the preferred one first: as named; the narrowest, the one that ends first, the
/// oldest, by id.
fn ranked(packages: &[Package], pay: &Paying) -> Vec<usize> {
    let mut places: Vec<usize> = match pay {
        Paying::None => Vec::new(),
        Paying::Auto => (0..packages.len()).collect(),
        Paying::Named(named) => return named.clone(),
    };
    places.sort_by_key(|place| {
        let package = &packages[*place];
        let widths = package.pools.iter();
        let widths = widths.map(|pool| pool.covers.as_ref().map_or(usize::MAX, Vec::len));
        let ends = package.ends;
        (
            widths.min(),
            ends.is_none(),
            ends,
            package.sold,
            package.id.clone(),
        )
    });
    places
}

/// What the package would give for the service alone: of the first of its pools that can.
fn offer(packages: &[Package], place: usize, service: usize, at: i64) -> Result<Draw, Reason> {
    let package = &packages[place];
    let mut closest = Reason::NotCovered;
    for (number, pool) in package.pools.iter().enumerate() {
        let units = match &pool.covers {
            None => PRICES[service],
            Some(covers) if covers.contains(&service) => 1,
            Some(_) => continue,
        };
        match usable(package, at) {
            Err(reason) => closest = closest.max(reason),
            Ok(()) if pool.available < units => closest = closest.max(Reason::Insufficient),
            Ok(()) => {
                return Ok(Draw {
                    package: place,
                    pool: number,
                    units,
                });
            }
        }
    }
    Err(closest)
}

/// Tries every way to go on, and keeps the first that pays for more services than those before it.
fn try_all(
    packages: &[Package],
    options: &[Vec<Draw>],
    chosen: &mut Vec<Option<Draw>>,
    best: &mut Vec<Option<Draw>>,
) {
    let paid = |ways: &[Option<Draw>]| ways.iter().flatten().count();
    let Some(offers) = options.get(chosen.len()) else {
        if paid(chosen) > paid(best) {
            best.clone_from(chosen);
        }
        return;
    };
    for draw in offers {
        let same = |other: &&Draw| (other.package, other.pool) == (draw.package, draw.pool);
        let taken: u64 = chosen
            .iter()
            .flatten()
            .filter(same)
            .map(|other| other.units)
            .sum();
        let available = packages[draw.package].pools[draw.pool].available;
        if taken + draw.units <= available {
            chosen.push(Some(*draw));
            try_all(packages, options, chosen, best);
            chosen.pop();
        }
    }
    chosen.push(None);
    try_all(packages, options, chosen, best);
    chosen.pop();
}
