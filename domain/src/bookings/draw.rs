//! What pays for the services of a booking.

use serde::{Deserialize, Serialize};

use crate::calendar::Slot;
use crate::journal::Move;
use crate::packages::{Account, Package};
use crate::{Money, PackageId, Refusal, ServiceId};

/// A service that somebody should pay for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wanted {
    /// The service.
    pub service: ServiceId,
    /// What it costs without a package.
    pub price: Money,
}

/// One service of a booking.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceLine {
    /// The service.
    pub service: ServiceId,
    /// What it costs without a package, as agreed.
    pub price: Money,
    /// The pool that pays; none leaves the price due.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub paid_by: Option<Draw>,
}

/// Units of one pool.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Draw {
    /// The package.
    pub package: PackageId,
    /// Which of its pools.
    pub pool: usize,
    /// How many.
    pub units: u64,
}

impl Draw {
    /// The move that ends the hold of this draw.
    pub(super) fn resolved(self, to: Option<Account>, price: Money, slot: Slot) -> Move {
        Move {
            list_price: Some(price),
            slot: Some(slot),
            ..Move::new(
                (self.package, self.pool),
                Some(Account::Held),
                to,
                self.units,
            )
        }
    }
}

/// The services with nothing paying for them.
pub(super) fn unpaid(services: &[ServiceLine]) -> Vec<ServiceLine> {
    let line = |line: &ServiceLine| ServiceLine {
        paid_by: None,
        ..line.clone()
    };
    services.iter().map(line).collect()
}

/// What the services are to be paid at: the prices agreed.
pub(super) fn wanted(services: &[ServiceLine]) -> Vec<Wanted> {
    let agreed = |line: &ServiceLine| Wanted {
        service: line.service,
        price: line.price,
    };
    services.iter().map(agreed).collect()
}

/// Moves of what was chosen, from where it is free to `to`, while the packages are valid at the
/// appointment's time.
///
/// # Errors
/// [`Refusal::PackageNotFound`] for one that is not there.
pub(super) fn draw(
    services: &[ServiceLine],
    packages: &[Package],
    to: Account,
    slot: Slot,
) -> Result<Vec<Move>, Refusal> {
    let drawn = services
        .iter()
        .filter_map(|line| Some((line.paid_by?, line.price)));
    let moves = drawn.map(|(draw, price)| {
        let package = packages.iter().find(|package| package.id == draw.package);
        let pool = package.and_then(|package| package.pools.get(draw.pool));
        Ok(Move {
            list_price: Some(price),
            slot: Some(slot),
            ..Move::new(
                (draw.package, draw.pool),
                pool.ok_or(Refusal::PackageNotFound)?.free(),
                Some(to),
                draw.units,
            )
        })
    });
    moves.collect()
}
