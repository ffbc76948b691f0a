//! Pools of packages as clients see them.

use domain::Money;
use domain::packages::{Balance, Pool, Unit};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalog::{CapsField, CoverView, covers};
use crate::edge::SumField;

/// A balance inside a package: granted = available + held + used + forfeited + expired + refunded +
/// transferred.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Pool)]
pub struct PoolView {
    /// What it counts: `visit`, `money` in minor units of `currency`, or `unlimited`.
    pub unit: UnitView,
    /// For money.
    pub currency: Option<String>,
    /// Where its units are.
    #[serde(flatten)]
    pub balance: BalanceView,
    /// The units that were agreed on: what an offer would grant, and a sale did; 0 where they are
    /// without number.
    pub agreed: u64,
    /// The part of the price that is still owed: for what is available or held.
    #[schema(value_type = SumField)]
    pub worth: Money,
    /// How often it may be used; null is without limit.
    pub caps: Option<CapsField>,
    /// What it pays for; null is every service.
    pub services: Option<Vec<CoverView>>,
}

/// The accounts of a pool.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Balance)]
pub struct BalanceView {
    /// Everything that was put in.
    pub granted: u64,
    /// Free to be redeemed.
    pub available: u64,
    /// Reserved by bookings.
    pub held: u64,
    /// Used by completed appointments.
    pub used: u64,
    /// Lost to late cancellations and no-shows.
    pub forfeited: u64,
    /// Lost to time.
    pub expired: u64,
    /// Paid back.
    pub refunded: u64,
    /// Given to another customer.
    pub transferred: u64,
}

impl From<Balance> for BalanceView {
    fn from(balance: Balance) -> Self {
        Self {
            granted: balance.granted,
            available: balance.available,
            held: balance.held,
            used: balance.captured,
            forfeited: balance.forfeited,
            expired: balance.expired,
            refunded: balance.refunded,
            transferred: balance.transferred,
        }
    }
}

/// What a pool counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = Unit)]
pub enum UnitView {
    /// Visits.
    Visit,
    /// Minor units of a currency.
    Money,
    /// Visits without a number.
    Unlimited,
}

impl UnitView {
    /// The word for it, and for money its currency.
    pub fn of(unit: Unit) -> (Self, Option<String>) {
        match unit {
            Unit::Visit => (UnitView::Visit, None),
            Unit::Money(currency) => (UnitView::Money, Some(currency.code().to_owned())),
            Unit::Unlimited => (UnitView::Unlimited, None),
        }
    }
}

impl PoolView {
    pub(super) fn of(pool: &Pool, balance: Balance, worth: Money) -> Self {
        let (unit, money) = UnitView::of(pool.unit);
        Self {
            unit,
            currency: money,
            balance: balance.into(),
            agreed: pool.size,
            worth,
            caps: pool.caps.map(Into::into),
            services: covers(pool.covers.clone()),
        }
    }
}
