//! A template as clients see it.

use domain::catalog::{Kind, Template};
use domain::packages::{Covers, Unit};
use domain::{Colour, Money, Name, ServiceId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CapsField, DepositField, InstalmentsField, ValidityField};
use crate::edge::MoneyField;

/// A package template.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = PackageTemplate)]
pub struct TemplateView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: TemplateId,
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
    /// What it costs, tax included.
    #[schema(value_type = MoneyField)]
    pub price: Money,
    /// Whether that is the list price, computed again at every edit.
    pub at_list_price: bool,
    /// What its services cost one by one, as of the last edit; null where that cannot be said.
    #[schema(value_type = Option<MoneyField>)]
    pub list_price: Option<Money>,
    /// How much less it costs; null for nothing.
    #[schema(value_type = Option<MoneyField>)]
    pub discount: Option<Money>,
    /// Hundredths of a per cent.
    pub tax_basis_points: u16,
    /// How long it is valid; null is for ever.
    pub validity: Option<ValidityField>,
    /// Days that it can be used after it has expired.
    pub grace_days: u16,
    /// For visits: how many.
    pub quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    pub credit: Option<Money>,
    /// For a pass: how often it may be used; null is without limit.
    pub caps: Option<CapsField>,
    /// What it pays for; null is everything.
    pub services: Option<Vec<CoverView>>,
    /// Preferred before packages with a lower one.
    pub priority: u8,
    /// Given rather than bought.
    pub promotional: bool,
    /// Whether units may be given to another customer.
    pub transferable: bool,
    /// How many others may redeem from it.
    pub max_members: u8,
    /// Whether units can be redeemed only as far as they are paid.
    pub redeem_up_to_paid: bool,
    /// What has to be paid before it can be used; null for nothing.
    pub deposit: Option<DepositField>,
    /// How the rest is paid; null is at any time.
    pub instalments: Option<InstalmentsField>,
    /// Whether customers can buy it themselves.
    pub online: bool,
    /// No longer sold.
    pub archived: bool,
    /// Counts the edits; the ETag.
    pub version: u64,
}

/// A service that is covered.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[schema(as = Cover)]
pub struct CoverView {
    /// The service.
    #[schema(value_type = String)]
    pub service_id: ServiceId,
    /// Its name when the terms were written.
    #[schema(value_type = String)]
    pub name: Name,
    /// For a bundle's template: how many visits of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quantity: Option<u64>,
    /// Visits that one redemption takes.
    pub units: u32,
}

/// The services a cover names; none is every service.
pub(crate) fn covers(covers: Covers) -> Option<Vec<CoverView>> {
    match covers {
        Covers::Any => None,
        Covers::Services(covers) => {
            let view = |cover: domain::packages::Cover| CoverView {
                service_id: cover.service,
                name: cover.name,
                quantity: None,
                units: cover.units,
            };
            Some(covers.into_iter().map(view).collect())
        }
    }
}

impl From<Template> for TemplateView {
    fn from(template: Template) -> Self {
        let terms = template.terms;
        let discount = terms.discount();
        let extras = terms.extras;
        let mut view = Self {
            id: template.id,
            name: terms.name,
            kind: terms.kind,
            colour: terms.colour,
            category: extras.conditions.category,
            price: terms.price,
            at_list_price: terms.at_list_price,
            list_price: terms.list_price,
            discount,
            tax_basis_points: extras.conditions.tax_basis_points,
            validity: terms.validity.map(Into::into),
            grace_days: extras.conditions.grace_days,
            quantity: None,
            credit: None,
            caps: None,
            services: None,
            priority: extras.conditions.priority,
            promotional: extras.conditions.promotional,
            transferable: extras.conditions.transferable,
            max_members: extras.conditions.max_members,
            redeem_up_to_paid: extras.conditions.redeem_up_to_paid,
            deposit: extras.deposit.map(Into::into),
            instalments: extras.plan.map(Into::into),
            online: extras.online,
            archived: template.archived,
            version: template.version,
        };
        for pool in terms.pools {
            let mut covered = covers(pool.covers);
            match (terms.kind, pool.unit) {
                (Kind::Bundle, _) => {
                    for cover in covered.iter_mut().flatten() {
                        cover.quantity = Some(pool.units);
                    }
                }
                (_, Unit::Visit) => view.quantity = Some(pool.units),
                (_, Unit::Money(currency)) => view.credit = Money::new(pool.units, currency).ok(),
                (_, Unit::Unlimited) => view.caps = pool.caps.map(Into::into),
            }
            match (&mut view.services, covered) {
                (Some(services), Some(more)) => services.extend(more),
                (_, covered) => view.services = covered,
            }
        }
        view
    }
}
