//! A template as clients send it.

use domain::catalog::{Contents, Extras, Kind, TemplateDraft};
use domain::packages::Conditions;
use domain::{Colour, Money, Name, ServiceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{CapsField, DepositField, InstalmentsField, ValidityField};
use crate::edge::{MoneyField, Problem, object_or_null, objects_or_null};

/// What is sent to add or edit a template. Kind `visits` needs `quantity` and `services`; `bundle`
/// `services`, each with its `quantity`; `credit` needs `credit`; `pass` a `validity` and perhaps
/// `caps`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TemplateBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "10 Seans Cilt Bakımı")]
    name: Name,
    /// `visits`, `bundle`, `credit` or `pass`.
    #[schema(value_type = String, example = "visits")]
    kind: Kind,
    /// A colour of the palette or `#rrggbb`; by default green for visits, blue for a bundle, purple
    /// for credit, yellow for a pass.
    #[schema(value_type = Option<String>, example = "green")]
    colour: Option<Colour>,
    /// What the business files it under.
    #[schema(value_type = Option<String>, max_length = 120)]
    category: Option<Name>,
    /// What it costs, tax included; the list price, computed again at every edit, if left out.
    #[schema(value_type = Option<MoneyField>)]
    price: Option<Money>,
    /// Hundredths of a per cent; 2000 is 20 %.
    #[serde(default)]
    #[schema(maximum = 10_000, example = 2000)]
    tax_basis_points: u16,
    /// How long it is valid; for ever if left out.
    #[serde(default, deserialize_with = "object_or_null")]
    validity: Option<ValidityField>,
    /// Days that it can be used after it has expired.
    #[serde(default)]
    #[schema(maximum = 366)]
    grace_days: u16,
    /// For visits: how many.
    #[schema(minimum = 1, maximum = 100_000, example = 10)]
    quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    credit: Option<Money>,
    /// For a pass: how often it may be used.
    #[serde(default, deserialize_with = "object_or_null")]
    caps: Option<CapsField>,
    /// What it pays for; for credit and a pass, everything if left out.
    #[serde(default, deserialize_with = "objects_or_null")]
    services: Option<Vec<CoverBody>>,
    /// Preferred before packages with a lower one, from 0 to 100.
    #[serde(default)]
    #[schema(maximum = 100)]
    priority: u8,
    /// Given rather than bought: preferred before a paid one that is otherwise equal.
    #[serde(default)]
    promotional: bool,
    /// Whether units may be given to another customer.
    #[serde(default)]
    transferable: bool,
    /// How many others may redeem from it.
    #[serde(default)]
    #[schema(maximum = 20)]
    max_members: u8,
    /// Whether units can be redeemed only as far as they are paid.
    #[serde(default)]
    redeem_up_to_paid: bool,
    /// What has to be paid before it can be used.
    #[serde(default, deserialize_with = "object_or_null")]
    deposit: Option<DepositField>,
    /// How the rest is paid; at any time if left out.
    #[serde(default, deserialize_with = "object_or_null")]
    instalments: Option<InstalmentsField>,
    /// Whether customers can buy it themselves.
    #[serde(default)]
    online: bool,
}

/// A service that a template covers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CoverBody {
    /// The service.
    #[schema(value_type = String)]
    service_id: ServiceId,
    /// For a bundle: how many visits of it.
    #[schema(minimum = 1, maximum = 100_000)]
    quantity: Option<u64>,
    /// Visits that one redemption takes, 1 if left out; not for credit.
    #[schema(minimum = 1, example = 1)]
    units: Option<u32>,
}

impl TemplateBody {
    /// # Errors
    /// `invalid-body` (422) for fields that do not belong to the kind, or miss; then
    /// `package-template-contents` (422), before any service is looked up.
    pub(crate) fn draft(self) -> Result<TemplateDraft, Problem> {
        let contents = self.contents()?;
        contents.check()?;
        Ok(TemplateDraft {
            name: self.name,
            colour: self.colour,
            price: self.price,
            validity: self.validity.map(ValidityField::parse).transpose()?,
            contents,
            extras: Extras {
                conditions: Conditions {
                    category: self.category,
                    tax_basis_points: self.tax_basis_points,
                    grace_days: self.grace_days,
                    priority: self.priority,
                    promotional: self.promotional,
                    transferable: self.transferable,
                    max_members: self.max_members,
                    redeem_up_to_paid: self.redeem_up_to_paid,
                },
                deposit: self.deposit.map(DepositField::parse).transpose()?,
                plan: self.instalments.map(Into::into),
                online: self.online,
            },
        })
    }

    fn contents(&self) -> Result<Contents, Problem> {
        let services = self.services.clone().unwrap_or_default();
        let invalid = |detail| Err(Problem::new(422, "invalid-body", detail));
        if self.kind != Kind::Bundle && services.iter().any(|service| service.quantity.is_some()) {
            return invalid("only the services of a bundle have a quantity each");
        }
        if self.kind != Kind::Pass && self.caps.is_some() {
            return invalid("only a pass has caps: leave them out for other kinds");
        }
        match (self.kind, self.quantity, self.credit) {
            (Kind::Visits, Some(quantity), None) => Ok(Contents::Visits {
                quantity,
                services: services
                    .iter()
                    .map(|s| (s.service_id, s.units.unwrap_or(1)))
                    .collect(),
            }),
            (Kind::Visits, ..) => invalid("kind visits needs quantity, and does not take credit"),
            (Kind::Bundle, None, None) => {
                let each = services.iter().map(|s| {
                    let quantity = s.quantity?;
                    Some((s.service_id, quantity, s.units.unwrap_or(1)))
                });
                match each.collect::<Option<Vec<_>>>() {
                    Some(services) => Ok(Contents::Bundle { services }),
                    None => invalid("each service of a bundle needs its quantity"),
                }
            }
            (Kind::Bundle, ..) => invalid(
                "kind bundle has a quantity in each of its services, and does not take credit",
            ),
            (Kind::Credit, None, Some(amount)) => Ok(Contents::Credit {
                amount,
                services: whole(
                    &services,
                    "kind credit pays the list price: leave out units",
                )?,
            }),
            (Kind::Credit, ..) => invalid("kind credit needs credit, and does not take quantity"),
            (Kind::Pass, None, None) => Ok(Contents::Pass {
                services: whole(&services, "kind pass is unlimited: leave out units")?,
                caps: self.caps.map(Into::into).unwrap_or_default(),
            }),
            (Kind::Pass, ..) => invalid("kind pass is unlimited: leave out quantity and credit"),
        }
    }
}

/// Services that take no number of units.
fn whole(services: &[CoverBody], otherwise: &'static str) -> Result<Vec<ServiceId>, Problem> {
    if services.iter().any(|service| service.units.is_some()) {
        return Err(Problem::new(422, "invalid-body", otherwise));
    }
    Ok(services.iter().map(|service| service.service_id).collect())
}
