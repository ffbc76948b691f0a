//! Bookable services.

pub(super) mod archive;
pub(super) mod create;
pub(super) mod edit;
pub(super) mod get;
pub(super) mod list;

use domain::catalog::{Service, ServiceTerms};
use domain::{Money, Name, ServiceId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::edge::MoneyField;

/// What is sent to add or edit a service.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "Manikür")]
    pub name: Name,
    /// What it costs without a package, tax included.
    #[schema(value_type = MoneyField)]
    pub list_price: Money,
    /// Hundredths of a per cent: 2000 is 20 %.
    #[serde(default, deserialize_with = "tax")]
    #[schema(maximum = 10_000, example = 2000)]
    pub tax_basis_points: u16,
    /// How long it takes.
    #[serde(deserialize_with = "duration")]
    #[schema(minimum = 1, maximum = 1440, example = 45)]
    pub duration_minutes: u16,
}

fn tax<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    within(
        deserializer,
        0..=10_000,
        "tax_basis_points must be between 0 and 10000",
    )
}

fn duration<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u16, D::Error> {
    within(
        deserializer,
        1..=1440,
        "duration_minutes must be between 1 and 1440",
    )
}

fn within<'de, D: Deserializer<'de>>(
    deserializer: D,
    range: std::ops::RangeInclusive<u16>,
    rule: &'static str,
) -> Result<u16, D::Error> {
    let number = u16::deserialize(deserializer)?;
    if range.contains(&number) {
        Ok(number)
    } else {
        Err(serde::de::Error::custom(rule))
    }
}

impl From<ServiceBody> for ServiceTerms {
    fn from(body: ServiceBody) -> Self {
        Self {
            name: body.name,
            list_price: body.list_price,
            tax_basis_points: body.tax_basis_points,
            duration_minutes: body.duration_minutes,
        }
    }
}

/// A service.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Service)]
pub struct ServiceView {
    /// Its id.
    #[schema(value_type = String)]
    pub id: ServiceId,
    /// What it is called.
    #[schema(value_type = String)]
    pub name: Name,
    /// What it costs without a package, tax included.
    #[schema(value_type = MoneyField)]
    pub list_price: Money,
    /// Hundredths of a per cent: 2000 is 20 %.
    pub tax_basis_points: u16,
    /// How long it takes.
    pub duration_minutes: u16,
    /// No longer bookable.
    pub archived: bool,
    /// Counts the edits; the ETag.
    pub version: u64,
}

impl From<Service> for ServiceView {
    fn from(service: Service) -> Self {
        Self {
            id: service.id,
            name: service.terms.name,
            list_price: service.terms.list_price,
            tax_basis_points: service.terms.tax_basis_points,
            duration_minutes: service.terms.duration_minutes,
            archived: service.archived,
            version: service.version,
        }
    }
}
