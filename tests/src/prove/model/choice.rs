//! Which package pays, by the model: every way to pay is tried, in the order of preference.

use super::Model;
use super::holdings::{Booking, Package, Stage};
use super::terms::PRICES;
use crate::prove::asked::answer::Draw;
use crate::prove::asked::ask::{Appointment, Paying};

/// Why nothing pays: each later reason came closer to paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Reason {
    NoPackage,
    NotAMember,
    NotCovered,
    NotActive,
    Rests,
    Expired,
    CapReached,
    Insufficient,
    NotPaid,
}

impl Reason {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Reason::NoPackage => "no-package",
            Reason::NotAMember => "not-a-member",
            Reason::NotCovered => "service-not-covered",
            Reason::NotActive => "package-not-active",
            Reason::Rests => "package-frozen",
            Reason::Expired => "expired-at-appointment",
            Reason::CapReached => "cap-reached",
            Reason::Insufficient => "insufficient-units",
            Reason::NotPaid => "not-paid",
        }
    }
}

/// What is to be paid for.
pub(crate) struct Wanted<'w> {
    customer: usize,
    services: &'w [usize],
    pub(crate) pay: &'w Paying,
    at: i64,
    /// What was drawn on before is looked at as well, whether it is still shared or not.
    drew: &'w [usize],
}

impl<'w> Wanted<'w> {
    /// Of what was never heard of: nothing pays where nothing is held.
    pub(crate) fn first(asked: &'w Appointment, holds: bool) -> Self {
        Self {
            customer: asked.customer,
            services: &asked.services,
            pay: if holds { &asked.pay } else { &Paying::None },
            at: asked.starts_at,
            drew: &[],
        }
    }

    /// Of a booking that is to come, these of its services.
    pub(crate) fn rest(booking: &'w Booking, due: &'w [usize], pay: &'w Paying) -> Self {
        Self {
            customer: booking.customer,
            services: due,
            pay,
            at: booking.starts_at,
            drew: &booking.drew,
        }
    }

    /// Of a booking, as it would be at that hour.
    pub(crate) fn of(booking: &'w Booking, at: i64, holds: bool) -> Self {
        Self {
            customer: booking.customer,
            services: &booking.services,
            pay: if holds { &booking.pay } else { &Paying::None },
            at,
            drew: &booking.drew,
        }
    }
}

/// What pays for each service.
pub(crate) struct Choice {
    pub(crate) paid_by: Vec<Option<Draw>>,
    /// Why nothing pays for the first that nothing pays for.
    pub(crate) closest: Option<Reason>,
}

/// Whether the package pays for anything of the customer's then.
pub(crate) fn usable(package: &Package, customer: usize, at: i64) -> Result<(), Reason> {
    match package {
        others if !others.is_for(customer) => Err(Reason::NotAMember),
        other if other.stage != Stage::Active => Err(Reason::NotActive),
        rests if rests.rests(at) => Err(Reason::Rests),
        ended if ended.ended(at) => Err(Reason::Expired),
        _ => Ok(()),
    }
}

impl Model {
    /// Chooses what pays.
    pub(crate) fn choose(&self, wanted: &Wanted) -> Choice {
        let ranked = self.ranked(wanted);
        let services = wanted.services.iter();
        let options = services.map(|service| {
            let offers = ranked
                .iter()
                .map(|place| self.offer(*place, *service, wanted));
            offers.filter_map(Result::ok).collect()
        });
        let options: Vec<Vec<Draw>> = options.collect();
        let mut best: Vec<Option<Draw>> = vec![None; options.len()];
        try_all(&self.packages, &options, &mut Vec::new(), &mut best);
        let unpaid = best.iter().position(Option::is_none);
        let closest = unpaid.map(|unpaid| {
            let reasons = ranked.iter().map(|place| {
                // It could pay for this alone, but not beside the others.
                let offered = self.offer(*place, wanted.services[unpaid], wanted);
                offered.err().unwrap_or(Reason::Insufficient)
            });
            reasons.max().unwrap_or(Reason::NoPackage)
        });
        Choice {
            paid_by: best,
            closest,
        }
    }

    /// The packages that may pay, the preferred one first: as named; the narrowest, the one that ends first,
    /// the oldest, by id.
    fn ranked(&self, wanted: &Wanted) -> Vec<usize> {
        let mut places = self.seen(wanted.customer);
        places.extend(wanted.drew);
        places.sort_unstable();
        places.dedup();
        match wanted.pay {
            Paying::None => return Vec::new(),
            Paying::Auto => {}
            Paying::Named(named) => {
                let looked_at = named.iter().filter(|place| places.contains(place));
                return looked_at.copied().collect();
            }
        }
        places.sort_by_key(|place| {
            let package = &self.packages[*place];
            let widths = package.pools.iter();
            let widths = widths.map(|pool| pool.covers.map_or(usize::MAX, <[usize]>::len));
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
    fn offer(&self, place: usize, service: usize, wanted: &Wanted) -> Result<Draw, Reason> {
        let package = &self.packages[place];
        let usable = usable(package, wanted.customer, wanted.at);
        if usable == Err(Reason::NotAMember) {
            return Err(Reason::NotAMember);
        }
        let mut closest = Reason::NotCovered;
        for (number, pool) in package.pools.iter().enumerate() {
            let units = match pool.covers {
                None => PRICES[service],
                Some(covers) if covers.contains(&service) => 1,
                Some(_) => continue,
            };
            let draw = Draw {
                package: place,
                pool: number,
                units,
                day: Model::day(wanted.at),
            };
            match usable.and_then(|()| package.can_give(draw, &[])) {
                Ok(()) => return Ok(draw),
                Err(reason) => closest = closest.max(reason),
            }
        }
        Err(closest)
    }
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
        let same = |other: &&Draw| other.package == draw.package;
        let drawn: Vec<Draw> = chosen.iter().flatten().filter(same).copied().collect();
        if packages[draw.package].can_give(*draw, &drawn).is_ok() {
            chosen.push(Some(*draw));
            try_all(packages, options, chosen, best);
            chosen.pop();
        }
    }
    chosen.push(None);
    try_all(packages, options, chosen, best);
    chosen.pop();
}
