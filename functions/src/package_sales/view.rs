//! A package as clients see it.

use chrono::{DateTime, Utc};
use domain::catalog::Kind;
use domain::packages::{Package, Status, Unit};
use domain::{Colour, CustomerId, Instant, Money, Name, PackageId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::catalog::{CoverView, covers};
use crate::edge::MoneyField;

/// A package.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Package)]
pub struct PackageView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: PackageId,
    /// Who holds it.
    #[schema(value_type = String)]
    pub customer_id: CustomerId,
    /// What it was made from.
    #[schema(value_type = String)]
    pub template_id: TemplateId,
    /// What it is called.
    #[schema(value_type = String)]
    pub name: Name,
    /// `visits` or `credit`.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// Its colour.
    #[schema(value_type = String)]
    pub colour: Colour,
    /// What it can be used for now.
    pub status: StatusView,
    /// What it was sold for.
    #[schema(value_type = MoneyField)]
    pub price: Money,
    /// When it was sold.
    pub sold_at: DateTime<Utc>,
    /// Usable strictly before; null never expires.
    pub expires_at: Option<DateTime<Utc>>,
    /// Its balances.
    pub pools: Vec<PoolView>,
}

/// What a package can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PackageStatus)]
pub enum StatusView {
    /// It can pay.
    Active,
    /// Nothing is available or held any more.
    Exhausted,
    /// Its time is over.
    Expired,
}

/// A balance inside a package: granted = available + held + used + forfeited + expired.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Pool)]
pub struct PoolView {
    /// What it counts: `visit`, or `money` in minor units of `currency`.
    pub unit: UnitView,
    /// For money.
    pub currency: Option<String>,
    /// Everything that was put in.
    pub granted: u64,
    /// Free to be redeemed.
    pub available: u64,
    /// Reserved by bookings.
    pub held: u64,
    /// Used by completed appointments.
    pub used: u64,
    /// Lost to no-shows.
    pub forfeited: u64,
    /// Lost to time.
    pub expired: u64,
    /// What it pays for; null is every service.
    pub services: Option<Vec<CoverView>>,
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
}

impl PackageView {
    /// The package as it stands at `now`.
    pub fn of(package: &Package, now: Instant) -> Self {
        let pools = package.balances(now).map(|(pool, balance)| {
            let (unit, currency) = match pool.unit {
                Unit::Visit => (UnitView::Visit, None),
                Unit::Money(currency) => (UnitView::Money, Some(currency.code().to_owned())),
            };
            PoolView {
                unit,
                currency,
                granted: balance.granted,
                available: balance.available,
                held: balance.held,
                used: balance.captured,
                forfeited: balance.forfeited,
                expired: balance.expired,
                services: covers(pool.covers.clone()),
            }
        });
        Self {
            id: package.id,
            customer_id: package.customer,
            template_id: package.template,
            name: package.name.clone(),
            kind: package.kind,
            colour: package.colour.clone(),
            status: match package.status(now) {
                Status::Active => StatusView::Active,
                Status::Exhausted => StatusView::Exhausted,
                Status::Expired => StatusView::Expired,
            },
            price: package.price,
            sold_at: package.sold_at,
            expires_at: package.expires_at,
            pools: pools.collect(),
        }
    }
}
