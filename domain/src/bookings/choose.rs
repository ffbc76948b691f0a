//! Which package pays for what.

use std::cmp::Reverse;

use super::booking::PayWith;
use super::draw::{Draw, Wanted};
use super::eligible::{Ineligible, can_draw, eligible};
use crate::calendar::Slot;
use crate::packages::Package;
use crate::{CustomerId, PackageId, Refusal};

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

/// Chooses for an appointment of `customer`. Order of preference: the order in which the caller named packages, the
/// narrowest cover, the highest priority, the earliest end (never last), promotional before paid, the
/// oldest sale, the id.
/// Where taking the preferred package for one service would leave another unpaid although some
/// choice pays for both, that choice is taken: as many services are paid as can be.
pub fn choose(
    customer: CustomerId,
    packages: &[Package],
    wanted: &[Wanted],
    pay_with: &PayWith,
    slot: Slot,
) -> Choice {
    let ranked = ranked(packages, pay_with);
    let options: Vec<Vec<Payer<'_>>> = wanted
        .iter()
        .map(|wanted| {
            let pools = ranked.iter().filter(|package| named(package.id, pay_with));
            pools
                .filter_map(|package| {
                    let draw = eligible(customer, package, wanted, slot).ok()?;
                    Some(Payer { package, draw })
                })
                .collect()
        })
        .collect();
    let paid_by = assign(&options, slot);
    let considered = ranked.iter().map(|package| Considered {
        package: package.id,
        verdicts: wanted
            .iter()
            .zip(&paid_by)
            .map(|(wanted, paid_by)| verdict(customer, package, wanted, *paid_by, pay_with, slot))
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
    /// at, else the refusal of the package that came closest: [`Refusal::NotAMember`],
    /// [`Refusal::ServiceNotCovered`],
    /// [`Refusal::CurrencyDiffers`], [`Refusal::PackageNotActive`], [`Refusal::PackageFrozen`],
    /// [`Refusal::ExpiredAtAppointment`], [`Refusal::CapReached`], [`Refusal::InsufficientUnits`],
    /// [`Refusal::NotPaid`].
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
            (Some(closest), Some(service)) => closest.refusal(service),
        })
    }
}

/// A package that could pay for a service if nothing else drew on it.
#[derive(Debug, Clone, Copy)]
struct Payer<'a> {
    package: &'a Package,
    draw: Draw,
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
            Reverse(package.terms.conditions.priority),
            package.standing.ends_at.is_none(),
            package.standing.ends_at,
            !package.terms.conditions.promotional,
            package.agreed_at(),
            package.id,
        )
    });
    ranked
}

fn verdict(
    customer: CustomerId,
    package: &Package,
    wanted: &Wanted,
    paid_by: Option<Draw>,
    pay_with: &PayWith,
    slot: Slot,
) -> Verdict {
    if let Some(draw) = paid_by.filter(|draw| draw.package == package.id) {
        return Verdict::Chosen(draw);
    }
    if !named(package.id, pay_with) {
        return Verdict::NotChosen(Ineligible::NotNamed);
    }
    Verdict::NotChosen(match eligible(customer, package, wanted, slot) {
        Err(reason) => reason,
        Ok(_) if paid_by.is_some() => Ineligible::AnotherPreferred,
        // Enough for this service alone, but not beside the others that it already pays.
        Ok(_) => Ineligible::InsufficientUnits,
    })
}

/// Pays for as many services as any assignment does, the earlier ones by what they prefer.
fn assign(options: &[Vec<Payer<'_>>], slot: Slot) -> Vec<Option<Draw>> {
    let hopeless = options.iter().filter(|options| options.is_empty()).count();
    for unpaid in hopeless..=options.len() {
        let mut search = Search {
            options,
            slot,
            chosen: Vec::new(),
            steps: STEPS,
        };
        if search.go_on(unpaid) {
            return search.chosen;
        }
    }
    vec![None; options.len()]
}

/// A search through the ways to pay, depth first.
struct Search<'a> {
    options: &'a [Vec<Payer<'a>>],
    slot: Slot,
    /// What was chosen for the first services.
    chosen: Vec<Option<Draw>>,
    /// How many more choices are tried.
    steps: u32,
}

impl Search<'_> {
    /// Goes on from what was chosen, leaving at most `unpaid` of the rest unpaid.
    fn go_on(&mut self, unpaid: usize) -> bool {
        let Some(payers) = self.options.get(self.chosen.len()) else {
            return true;
        };
        for payer in payers {
            if self.steps == 0 {
                return false;
            }
            self.steps -= 1;
            if self.fits(payer) {
                self.chosen.push(Some(payer.draw));
                if self.go_on(unpaid) {
                    return true;
                }
                self.chosen.pop();
            }
        }
        if unpaid > 0 {
            self.chosen.push(None);
            if self.go_on(unpaid - 1) {
                return true;
            }
            self.chosen.pop();
        }
        false
    }

    fn fits(&self, payer: &Payer<'_>) -> bool {
        let of_package = |draw: &&Draw| draw.package == payer.draw.package;
        let drawn: Vec<Draw> = self
            .chosen
            .iter()
            .flatten()
            .filter(of_package)
            .copied()
            .collect();
        can_draw(payer.package, payer.draw, &drawn, self.slot).is_ok()
    }
}
