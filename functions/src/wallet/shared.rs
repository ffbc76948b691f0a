//! Packages of others, as a member sees them.

use chrono::{DateTime, Utc};
use domain::packages::Package;
use domain::{Colour, CustomerId, Instant, Name, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalog::{CapsField, CoverView, covers};
use crate::package_sales::{StatusView, UnitView};

/// A package of another customer, as a member sees it: what can be redeemed, not what was paid.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SharedPackage)]
pub struct SharedView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PackageId,
    /// Who holds it.
    #[schema(value_type = String)]
    pub holder_id: CustomerId,
    /// What it is called.
    #[schema(value_type = String)]
    pub name: Name,
    /// Its colour.
    #[schema(value_type = String)]
    pub colour: Colour,
    /// What it can be used for now.
    pub status: StatusView,
    /// Usable strictly before; null never expires, or has not begun.
    pub usable_until: Option<DateTime<Utc>>,
    /// What is left, pool by pool.
    pub pools: Vec<SharedPoolView>,
}

/// What a member can redeem from a pool.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = SharedPool)]
pub struct SharedPoolView {
    /// What it counts: `visit`, `money` in minor units of `currency`, or `unlimited`.
    pub unit: UnitView,
    /// For money.
    pub currency: Option<String>,
    /// Free to be redeemed.
    pub available: u64,
    /// How often it may be used; null is without limit.
    pub caps: Option<CapsField>,
    /// What it pays for; null is every service.
    pub services: Option<Vec<CoverView>>,
}

impl SharedView {
    /// The package as it stands at `now`.
    pub(super) fn of(package: &Package, now: Instant) -> Self {
        let pools = package.balances(now).map(|(pool, balance)| {
            let (unit, currency) = UnitView::of(pool.unit);
            SharedPoolView {
                unit,
                currency,
                available: balance.available,
                caps: pool.caps.map(Into::into),
                services: covers(pool.covers.clone()),
            }
        });
        Self {
            id: package.id,
            holder_id: package.customer,
            name: package.terms.name.clone(),
            colour: package.terms.colour.clone(),
            status: package.status(now).into(),
            usable_until: package.standing.ends_at,
            pools: pools.collect(),
        }
    }
}
