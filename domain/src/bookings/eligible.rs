//! Whether a package can pay for a service at an appointment's time.

use super::draw::{Draw, Wanted};
use crate::calendar::Slot;
use crate::packages::{Package, Pool, Stage, Unit};
use crate::{CustomerId, Refusal, ServiceId};

/// Why a package does not pay for a service, in the order in which it is checked: each later reason
/// came closer to paying.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Ineligible {
    /// The caller named other packages, or none should pay.
    NotNamed,
    /// It is shared with others than the booking's customer.
    NotAMember,
    /// The service is not among those it covers.
    ServiceNotCovered,
    /// Its credit is in another currency than the price.
    CurrencyDiffers,
    /// It is an offer, waits for its deposit, or was voided or refunded.
    NotActive,
    /// It rests when the appointment starts.
    Frozen,
    /// It has expired when the appointment starts.
    Expired,
    /// It was used as often as it may be in that day, week or period.
    CapReached,
    /// It has fewer units available than the service takes.
    InsufficientUnits,
    /// What it would give is not paid yet.
    NotPaid,
    /// It could pay, but another package comes first.
    AnotherPreferred,
}

impl Ineligible {
    /// What is said where nothing pays for `service` and this came closest.
    pub(super) fn refusal(self, service: ServiceId) -> Refusal {
        match self {
            Ineligible::NotAMember => Refusal::NotAMember(service),
            Ineligible::NotNamed | Ineligible::ServiceNotCovered => {
                Refusal::ServiceNotCovered(service)
            }
            Ineligible::CurrencyDiffers => Refusal::CurrencyDiffers(service),
            Ineligible::NotActive => Refusal::PackageNotActive(service),
            Ineligible::Frozen => Refusal::PackageFrozen(service),
            Ineligible::Expired => Refusal::ExpiredAtAppointment(service),
            Ineligible::CapReached => Refusal::CapReached(service),
            Ineligible::NotPaid => Refusal::NotPaid(service),
            Ineligible::InsufficientUnits | Ineligible::AnotherPreferred => {
                Refusal::InsufficientUnits
            }
        }
    }
}

/// What a package would give for a service of `customer` if nothing else drew on it: from the first
/// of its pools that can.
///
/// # Errors
/// [`Ineligible::NotAMember`], then the reason of the pool that came closest.
pub(super) fn eligible(
    customer: CustomerId,
    package: &Package,
    wanted: &Wanted,
    slot: Slot,
) -> Result<Draw, Ineligible> {
    if !package.may_be_redeemed_by(customer) {
        return Err(Ineligible::NotAMember);
    }
    let mut closest = Ineligible::ServiceNotCovered;
    for (index, pool) in package.pools.iter().enumerate() {
        let draw = units(pool, wanted).and_then(|units| {
            let draw = Draw {
                package: package.id,
                pool: index,
                units,
            };
            can_pay(customer, package, draw, &[], slot).map(|()| draw)
        });
        match draw {
            Ok(draw) => return Ok(draw),
            Err(reason) => closest = closest.max(reason),
        }
    }
    Err(closest)
}

fn units(pool: &Pool, wanted: &Wanted) -> Result<u64, Ineligible> {
    let visits = pool.covers.units_for(wanted.service);
    let visits = visits.ok_or(Ineligible::ServiceNotCovered)?;
    match pool.unit {
        Unit::Visit | Unit::Unlimited => Ok(u64::from(visits)),
        Unit::Money(currency) if currency == wanted.price.currency() => {
            Ok(wanted.price.amount_minor())
        }
        Unit::Money(_) => Err(Ineligible::CurrencyDiffers),
    }
}

/// Whether the package can be used then, and `draw` taken from it beside `drawn`.
///
/// # Errors
/// In this order: [`Ineligible::NotAMember`], [`Ineligible::NotActive`], [`Ineligible::Frozen`],
/// [`Ineligible::Expired`], those of [`can_draw`].
pub(super) fn can_pay(
    customer: CustomerId,
    package: &Package,
    draw: Draw,
    drawn: &[Draw],
    slot: Slot,
) -> Result<(), Ineligible> {
    if !package.may_be_redeemed_by(customer) {
        return Err(Ineligible::NotAMember);
    }
    usable(package, slot)?;
    can_draw(package, draw, drawn, slot)
}

fn usable(package: &Package, slot: Slot) -> Result<(), Ineligible> {
    if package.standing.stage != Stage::Active {
        return Err(Ineligible::NotActive);
    }
    if package.standing.frozen_at(slot.starts_at) {
        return Err(Ineligible::Frozen);
    }
    if package.standing.ended_at(slot.starts_at) {
        return Err(Ineligible::Expired);
    }
    Ok(())
}

/// Whether `draw` can be taken from the package beside `drawn`, which are taken from the same one.
///
/// # Errors
/// In this order: [`Ineligible::CapReached`], [`Ineligible::InsufficientUnits`],
/// [`Ineligible::NotPaid`].
pub(super) fn can_draw(
    package: &Package,
    draw: Draw,
    drawn: &[Draw],
    slot: Slot,
) -> Result<(), Ineligible> {
    let taken_from = |pool: usize| -> u64 {
        let taken = drawn.iter().filter(|taken| taken.pool == pool);
        taken.map(|taken| taken.units).fold(0, u64::saturating_add)
    };
    let Some(pool) = package.pools.get(draw.pool) else {
        return Err(Ineligible::InsufficientUnits);
    };
    let taken = taken_from(draw.pool);
    match pool.unit {
        Unit::Unlimited if !pool.has_room(slot.day(), draw.units, taken) => {
            return Err(Ineligible::CapReached);
        }
        Unit::Unlimited => {}
        Unit::Visit | Unit::Money(_) => {
            if pool.balance.available < taken.saturating_add(draw.units) {
                return Err(Ineligible::InsufficientUnits);
            }
        }
    }
    if !package.terms.conditions.redeem_up_to_paid && !package.standing.blocked {
        return Ok(());
    }
    let earned = package.pools.iter().enumerate().map(|(index, pool)| {
        let drawn = taken_from(index) + if index == draw.pool { draw.units } else { 0 };
        let gone = pool.worth_minor.saturating_add(pool.transferred_minor);
        let spent = pool.price_minor.saturating_sub(gone);
        spent.saturating_add(match pool.unit {
            Unit::Visit | Unit::Money(_) => pool.value_of(pool.balance.held.saturating_add(drawn)),
            Unit::Unlimited => {
                let unearned = package.unearned_minor(pool, slot.starts_at);
                pool.worth_minor.saturating_sub(unearned)
            }
        })
    });
    let earned = earned.fold(0, u64::saturating_add);
    if earned > package.standing.paid_minor {
        return Err(Ineligible::NotPaid);
    }
    Ok(())
}
