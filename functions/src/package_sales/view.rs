//! A package as clients see it.

use chrono::{DateTime, Utc};
use domain::catalog::Kind;
use domain::packages::{Freeze, Package, Status};
use domain::{Colour, CustomerId, Instant, Money, Name, PackageId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::pool_view::PoolView;
use crate::catalog::{InstalmentsField, ValidityField};
use crate::edge::{MoneyField, SumField};

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
    /// What it was made from; null where it was put together for the customer.
    #[schema(value_type = Option<String>)]
    pub template_id: Option<TemplateId>,
    /// The package its units were transferred from.
    #[schema(value_type = Option<String>)]
    pub origin_id: Option<PackageId>,
    /// What it is called.
    #[schema(value_type = String)]
    pub name: Name,
    /// `visits`, `bundle`, `credit` or `pass`.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// Its colour.
    #[schema(value_type = String)]
    pub colour: Colour,
    /// What the business files it under.
    #[schema(value_type = Option<String>)]
    pub category: Option<Name>,
    /// What it can be used for now.
    pub status: StatusView,
    /// What it was sold for, tax included.
    #[schema(value_type = MoneyField)]
    pub price: Money,
    /// What its services would have cost one by one; null where that cannot be said.
    #[schema(value_type = Option<MoneyField>)]
    pub list_price: Option<Money>,
    /// How much less it cost; null for nothing.
    #[schema(value_type = Option<MoneyField>)]
    pub discount: Option<Money>,
    /// Hundredths of a per cent.
    pub tax_basis_points: u16,
    /// What has been paid, less what came back, was paid back or went on with units that were given
    /// away.
    #[schema(value_type = SumField)]
    pub paid: Money,
    /// What is still to be paid, top-ups included.
    #[schema(value_type = SumField)]
    pub outstanding: Money,
    /// What has to be paid before it can be used; null for nothing.
    #[schema(value_type = Option<MoneyField>)]
    pub deposit: Option<Money>,
    /// What has to be paid now, and by what name; null unless it waits for that.
    pub pending_payment: Option<PendingPaymentView>,
    /// How the rest is paid; null is at any time.
    pub instalments: Option<InstalmentsField>,
    /// Whether units can be redeemed only as far as they are paid.
    pub redeem_up_to_paid: bool,
    /// When it was sold; an offer, when it was accepted or, until then, made.
    pub sold_at: DateTime<Utc>,
    /// An offer can be accepted strictly before; null at any time.
    pub offered_until: Option<DateTime<Utc>>,
    /// How long it was agreed to be valid; null is for ever.
    pub validity: Option<ValidityField>,
    /// Usable strictly before; null never expires, or has not begun.
    pub expires_at: Option<DateTime<Utc>>,
    /// The same with the days of grace.
    pub usable_until: Option<DateTime<Utc>>,
    /// Rests from then on, and until then if that is known; null where it does not.
    pub frozen: Option<FrozenView>,
    /// Preferred before packages with a lower one.
    pub priority: u8,
    /// Given rather than bought.
    pub promotional: bool,
    /// Whether units may be given to another customer.
    pub transferable: bool,
    /// How many others may redeem from it.
    pub max_members: u8,
    /// Others who may.
    #[schema(value_type = Vec<String>)]
    pub members: Vec<CustomerId>,
    /// Its balances.
    pub pools: Vec<PoolView>,
}

/// A payment that a package waits for. Made online, it must be of just this amount and name this reference.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PendingPayment)]
pub struct PendingPaymentView {
    /// What the payment is told by: the package's id.
    #[schema(value_type = String)]
    pub reference: PackageId,
    /// How much.
    #[schema(value_type = SumField)]
    pub amount: Money,
}

/// What a package can be used for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PackageStatus)]
pub enum StatusView {
    /// Waits for the customer's answer.
    Offer,
    /// The customer did not want it.
    Declined,
    /// Waits for its deposit.
    PendingPayment,
    /// It can pay.
    Active,
    /// It rests.
    Frozen,
    /// A payment came back: it pays only as far as it is paid.
    Blocked,
    /// Nothing is available or held any more.
    Exhausted,
    /// Its time is over; an offer's, too.
    Expired,
    /// It was sold by mistake.
    Voided,
    /// What was left was paid back.
    Refunded,
}

impl From<Status> for StatusView {
    fn from(status: Status) -> Self {
        match status {
            Status::Offer => StatusView::Offer,
            Status::Declined => StatusView::Declined,
            Status::PendingPayment => StatusView::PendingPayment,
            Status::Active => StatusView::Active,
            Status::Frozen => StatusView::Frozen,
            Status::Blocked => StatusView::Blocked,
            Status::Exhausted => StatusView::Exhausted,
            Status::Expired => StatusView::Expired,
            Status::Voided => StatusView::Voided,
            Status::Refunded => StatusView::Refunded,
        }
    }
}

/// A time in which a package rests.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[schema(as = Frozen)]
pub struct FrozenView {
    /// From when on.
    pub since: DateTime<Utc>,
    /// Strictly until; null until it is ended.
    pub until: Option<DateTime<Utc>>,
}

impl From<Freeze> for FrozenView {
    fn from(freeze: Freeze) -> Self {
        Self {
            since: freeze.since,
            until: freeze.until,
        }
    }
}

impl PackageView {
    /// The package as it stands at `now`.
    pub fn of(package: &Package, now: Instant) -> Self {
        let (terms, standing) = (&package.terms, &package.standing);
        let currency = terms.price.currency();
        let pools = package.balances(now);
        Self {
            id: package.id,
            customer_id: package.customer,
            template_id: package.template,
            origin_id: package.origin,
            name: terms.name.clone(),
            kind: terms.kind,
            colour: terms.colour.clone(),
            category: terms.conditions.category.clone(),
            status: package.status(now).into(),
            price: terms.price,
            list_price: terms.list_price(),
            discount: terms.discount(),
            tax_basis_points: terms.conditions.tax_basis_points,
            paid: Money::total(currency, standing.paid_minor),
            outstanding: Money::total(currency, standing.outstanding_minor()),
            deposit: terms.deposit,
            pending_payment: package.awaited(now).map(|amount| PendingPaymentView {
                reference: package.id,
                amount,
            }),
            instalments: terms.plan.map(Into::into),
            redeem_up_to_paid: terms.conditions.redeem_up_to_paid,
            sold_at: package.agreed_at(),
            offered_until: standing.offered_until,
            validity: terms.validity.map(Into::into),
            expires_at: standing.expires_at,
            usable_until: standing.ends_at,
            frozen: standing
                .frozen
                .filter(|freeze| freeze.until.is_none_or(|until| now < until))
                .map(Into::into),
            priority: terms.conditions.priority,
            promotional: terms.conditions.promotional,
            transferable: terms.conditions.transferable,
            max_members: terms.conditions.max_members,
            members: standing.members.clone(),
            pools: pools
                .zip(package.owed_minor(now))
                .map(|((pool, balance), owed)| {
                    PoolView::of(pool, balance, Money::total(currency, owed))
                })
                .collect(),
        }
    }
}
