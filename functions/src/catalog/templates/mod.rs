//! Package templates.

pub(super) mod archive;
pub(super) mod create;
pub(super) mod edit;
pub(super) mod get;
pub(super) mod list;

use domain::calendar::{Validity, ValidityUnit};
use domain::catalog::{Contents, Kind, Template, TemplateDraft};
use domain::packages::{Covers, Unit};
use domain::{Colour, Money, Name, ServiceId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{MoneyField, Problem, object_or_null, objects_or_null};

/// What is sent to add or edit a template: `quantity` and `services` for kind `visits`, `credit` and
/// perhaps `services` for kind `credit`.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct TemplateBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "10 Seans Cilt Bakımı")]
    name: Name,
    /// `visits` or `credit`.
    #[schema(value_type = String, example = "visits")]
    kind: Kind,
    /// A colour of the palette or `#rrggbb`; by default green for visits, purple for credit.
    #[schema(value_type = Option<String>, example = "green")]
    colour: Option<Colour>,
    /// What it costs, tax included.
    #[schema(value_type = MoneyField)]
    price: Money,
    /// How long it is valid from the day of sale; for ever if left out.
    #[serde(default, deserialize_with = "object_or_null")]
    validity: Option<ValidityBody>,
    /// For visits: how many.
    #[schema(minimum = 1, maximum = 100_000, example = 10)]
    quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    credit: Option<Money>,
    /// What it pays for; for credit, everything if left out.
    #[serde(default, deserialize_with = "objects_or_null")]
    services: Option<Vec<CoverBody>>,
}

/// How long a package is valid.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ValidityBody {
    /// How many.
    #[schema(minimum = 1, example = 6)]
    pub count: u16,
    /// `days`, `months` or `years`.
    #[schema(value_type = String, example = "months")]
    pub unit: ValidityUnit,
}

/// A service that a template covers.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CoverBody {
    /// The service.
    #[schema(value_type = String)]
    service_id: ServiceId,
    /// Visits that one redemption takes, 1 if left out; not for credit.
    #[schema(minimum = 1, example = 1)]
    units: Option<u32>,
}

impl TemplateBody {
    /// # Errors
    /// `invalid-body` (422) for fields that do not belong to the kind, or miss; then
    /// `package-template-contents` (422), before any service is looked up.
    fn draft(self) -> Result<TemplateDraft, Problem> {
        let services = self.services.unwrap_or_default();
        let invalid = |detail| Err(Problem::new(422, "invalid-body", detail));
        let contents = match (self.kind, self.quantity, self.credit) {
            (Kind::Visits, Some(quantity), None) => Contents::Visits {
                quantity,
                services: services
                    .iter()
                    .map(|s| (s.service_id, s.units.unwrap_or(1)))
                    .collect(),
            },
            (Kind::Visits, ..) => {
                return invalid("kind visits needs quantity, and does not take credit");
            }
            (Kind::Credit, None, Some(amount)) => {
                if services.iter().any(|service| service.units.is_some()) {
                    return invalid("kind credit pays the list price: leave out units");
                }
                let services = services.iter().map(|service| service.service_id).collect();
                Contents::Credit { amount, services }
            }
            (Kind::Credit, ..) => {
                return invalid("kind credit needs credit, and does not take quantity");
            }
        };
        contents.check()?;
        Ok(TemplateDraft {
            name: self.name,
            colour: self.colour,
            price: self.price,
            validity: self.validity.map(|v| Validity {
                count: v.count,
                unit: v.unit,
            }),
            contents,
        })
    }
}

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
    /// `visits` or `credit`.
    #[schema(value_type = String)]
    pub kind: Kind,
    /// Its colour.
    #[schema(value_type = String)]
    pub colour: Colour,
    /// What it costs, tax included.
    #[schema(value_type = MoneyField)]
    pub price: Money,
    /// How long it is valid from the day of sale; null is for ever.
    pub validity: Option<ValidityBody>,
    /// For visits: how many.
    pub quantity: Option<u64>,
    /// For credit: how much.
    #[schema(value_type = Option<MoneyField>)]
    pub credit: Option<Money>,
    /// What it pays for; null is everything.
    pub services: Option<Vec<CoverView>>,
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
                units: cover.units,
            };
            Some(covers.into_iter().map(view).collect())
        }
    }
}

impl From<Template> for TemplateView {
    fn from(template: Template) -> Self {
        let mut terms = template.terms;
        let mut view = Self {
            id: template.id,
            name: terms.name,
            kind: terms.kind,
            colour: terms.colour,
            price: terms.price,
            validity: terms.validity.map(|v| ValidityBody {
                count: v.count,
                unit: v.unit,
            }),
            quantity: None,
            credit: None,
            services: None,
            archived: template.archived,
            version: template.version,
        };
        if let Some(pool) = terms.pools.pop() {
            match pool.unit {
                Unit::Visit => view.quantity = Some(pool.units),
                Unit::Money(currency) => view.credit = Money::new(pool.units, currency).ok(),
            }
            view.services = covers(pool.covers);
        }
        view
    }
}
