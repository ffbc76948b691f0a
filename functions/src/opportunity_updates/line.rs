//! Lines of an opportunity or a quote, as clients send and see them.

use domain::pipeline::{Discount, Item, LineDraft, LineItem};
use domain::{Money, Name, ServiceId, TemplateId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{MoneyField, Problem, object_or_null};

/// What is taken off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Discount)]
pub(super) struct DiscountField {
    /// This much of the whole line.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyField>)]
    pub(super) amount: Option<Money>,
    /// Else this part of it, rounded half up to the minor unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 100, example = 10)]
    pub(super) percent: Option<u8>,
}

impl DiscountField {
    /// # Errors
    /// `invalid-body` (422) for neither or both of an amount and a part.
    fn parse(self) -> Result<Discount, Problem> {
        match (self.amount, self.percent) {
            (Some(amount), None) => Ok(Discount::Amount(amount)),
            (None, Some(percent)) => Ok(Discount::Percent(percent)),
            (Some(_), Some(_)) | (None, None) => Err(Problem::new(
                422,
                "invalid-body",
                "discount has either amount or percent",
            )),
        }
    }
}

impl From<Discount> for DiscountField {
    fn from(discount: Discount) -> Self {
        match discount {
            Discount::Amount(amount) => Self {
                amount: Some(amount),
                percent: None,
            },
            Discount::Percent(percent) => Self {
                amount: None,
                percent: Some(percent),
            },
        }
    }
}

/// A service or a package template, so many times.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = LineBody)]
pub(super) struct LineBody {
    /// The service, unless it is a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "svc_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    service_id: Option<ServiceId>,
    /// The package template, unless it is a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "tpl_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    template_id: Option<TemplateId>,
    /// How many; 1 if left out.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 1000)]
    quantity: u32,
    /// For how much each; the list price if left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<MoneyField>)]
    unit_price: Option<Money>,
    /// What is taken off all of it.
    #[serde(
        default,
        deserialize_with = "object_or_null",
        skip_serializing_if = "Option::is_none"
    )]
    discount: Option<DiscountField>,
}

fn one() -> u32 {
    1
}

impl LineBody {
    /// # Errors
    /// `invalid-body` (422) for a service and a template or neither.
    fn parse(self) -> Result<LineDraft, Problem> {
        let item = match (self.service_id, self.template_id) {
            (Some(id), None) => Item::ServiceId(id),
            (None, Some(id)) => Item::TemplateId(id),
            (Some(_), Some(_)) | (None, None) => {
                return Err(Problem::new(
                    422,
                    "invalid-body",
                    "a line has either service_id or template_id",
                ));
            }
        };
        Ok(LineDraft {
            item,
            quantity: self.quantity,
            unit_price: self.unit_price,
            discount: self.discount.map(DiscountField::parse).transpose()?,
        })
    }
}

/// Lines, and what they name.
///
/// # Errors
/// Those of each line.
pub(super) fn parse_lines(lines: Vec<LineBody>) -> Result<(Vec<LineDraft>, Vec<Item>), Problem> {
    let lines = lines.into_iter().map(LineBody::parse);
    let lines: Vec<LineDraft> = lines.collect::<Result<_, _>>()?;
    let items = lines.iter().map(|line| line.item).collect();
    Ok((lines, items))
}

/// A line as it was priced when it was written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Line)]
pub(super) struct LineView {
    /// The service, unless it is a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    service_id: Option<ServiceId>,
    /// The package template, unless it is a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    template_id: Option<TemplateId>,
    /// What it was called then.
    #[schema(value_type = String)]
    name: Name,
    /// How many.
    quantity: u32,
    /// For how much each.
    #[schema(value_type = MoneyField)]
    unit_price: Money,
    /// What is taken off all of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    discount: Option<DiscountField>,
    /// What all of it costs, less the discount.
    #[schema(value_type = MoneyField)]
    total: Money,
}

impl From<LineItem> for LineView {
    fn from(line: LineItem) -> Self {
        let (service_id, template_id) = match line.item {
            Item::ServiceId(id) => (Some(id), None),
            Item::TemplateId(id) => (None, Some(id)),
        };
        Self {
            service_id,
            template_id,
            name: line.name,
            quantity: line.quantity,
            unit_price: line.unit_price,
            discount: line.discount.map(DiscountField::from),
            total: line.total,
        }
    }
}
