//! What an opportunity or a quote is about: services and package templates, each so many times.

use serde::{Deserialize, Serialize};

use super::PipelineRefusal;
use crate::catalog::{Service, Template};
use crate::{Money, Name, Refusal, ServiceId, TemplateId};

/// The most lines of an opportunity or a quote.
pub const MAX_LINES: usize = 50;
/// The most of one thing.
pub const MAX_QUANTITY: u32 = 1000;

/// What a line is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Item {
    /// A service.
    ServiceId(ServiceId),
    /// A package.
    TemplateId(TemplateId),
}

/// What is taken off a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Discount {
    /// This part of it, from 1 to 100 per cent; rounded half up to the minor unit.
    Percent(u8),
    /// This much of the whole line.
    Amount(Money),
}

/// A line as somebody wants it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineDraft {
    /// What.
    pub item: Item,
    /// How many.
    pub quantity: u32,
    /// For how much each; the list price if left out.
    pub unit_price: Option<Money>,
    /// What is taken off.
    pub discount: Option<Discount>,
}

/// A line: as it was priced when it was written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineItem {
    /// What.
    pub item: Item,
    /// What it was called then.
    pub name: Name,
    /// How many.
    pub quantity: u32,
    /// For how much each.
    pub unit_price: Money,
    /// What is taken off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub discount: Option<Discount>,
    /// What all of it costs, less the discount.
    pub total: Money,
}

/// The services and templates that lines name, as far as there are such.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// The services.
    pub services: Vec<Service>,
    /// The templates.
    pub templates: Vec<Template>,
}

impl LineDraft {
    /// The line, priced.
    ///
    /// # Errors
    /// In this order: [`Refusal::ServiceNotFound`] or [`Refusal::TemplateNotFound`],
    /// [`Refusal::ServiceArchived`] or [`Refusal::TemplateArchived`], [`PipelineRefusal::LineTerms`],
    /// [`Refusal::TooLarge`].
    fn priced(self, goods: &Goods) -> Result<LineItem, Refusal> {
        let (name, list_price) = goods.listed(self.item)?;
        let unit_price = self.unit_price.unwrap_or(list_price);
        if !(1..=MAX_QUANTITY).contains(&self.quantity) {
            return Err(PipelineRefusal::LineTerms("quantity is between 1 and 1000").into());
        }
        let currency = unit_price.currency();
        let whole = unit_price
            .amount_minor()
            .checked_mul(self.quantity.into())
            .ok_or(Refusal::TooLarge)?;
        let whole = Money::new(whole, currency).map_err(|_| Refusal::TooLarge)?;
        let off = match self.discount {
            None => 0,
            Some(Discount::Percent(percent)) if (1..=100).contains(&percent) => {
                (whole.amount_minor() * u64::from(percent) + 50) / 100
            }
            Some(Discount::Percent(_)) => {
                return Err(
                    PipelineRefusal::LineTerms("a discount is between 1 and 100 per cent").into(),
                );
            }
            Some(Discount::Amount(off)) if off.currency() == currency => off.amount_minor(),
            Some(Discount::Amount(_)) => {
                return Err(PipelineRefusal::LineTerms(
                    "the discount is in the currency of the price",
                )
                .into());
            }
        };
        let total = whole.amount_minor().checked_sub(off);
        let total = total.ok_or(PipelineRefusal::LineTerms(
            "the discount is at most the whole line",
        ))?;
        Ok(LineItem {
            item: self.item,
            name,
            quantity: self.quantity,
            unit_price,
            discount: self.discount,
            total: Money::new(total, currency).map_err(|_| Refusal::TooLarge)?,
        })
    }
}

impl Goods {
    /// What an item is called and costs.
    fn listed(&self, item: Item) -> Result<(Name, Money), Refusal> {
        match item {
            Item::ServiceId(id) => {
                let service = self.services.iter().find(|service| service.id == id);
                let service = service.ok_or(Refusal::ServiceNotFound(id))?;
                match service.archived {
                    true => Err(Refusal::ServiceArchived(id)),
                    false => Ok((service.terms.name.clone(), service.terms.list_price)),
                }
            }
            Item::TemplateId(id) => {
                let template = self.templates.iter().find(|template| template.id == id);
                let template = template.ok_or(Refusal::TemplateNotFound)?;
                match template.archived {
                    true => Err(Refusal::TemplateArchived),
                    false => Ok((template.terms.name.clone(), template.terms.price)),
                }
            }
        }
    }
}

/// The lines, priced, and what they come to; none without a line.
///
/// # Errors
/// [`PipelineRefusal::TooMany`], then each line's own, [`PipelineRefusal::LinesMix`],
/// [`Refusal::TooLarge`].
pub fn priced(drafts: Vec<LineDraft>, goods: &Goods) -> Result<Vec<LineItem>, Refusal> {
    if drafts.len() > MAX_LINES {
        return Err(PipelineRefusal::TooMany("50 lines").into());
    }
    let lines = drafts.into_iter().map(|draft| draft.priced(goods));
    let lines: Vec<LineItem> = lines.collect::<Result<_, _>>()?;
    total(&lines)?;
    Ok(lines)
}

/// What lines come to; none without a line.
///
/// # Errors
/// [`PipelineRefusal::LinesMix`], [`Refusal::TooLarge`].
pub fn total(lines: &[LineItem]) -> Result<Option<Money>, Refusal> {
    let Some(currency) = lines.first().map(|line| line.total.currency()) else {
        return Ok(None);
    };
    if lines.iter().any(|line| line.total.currency() != currency) {
        return Err(PipelineRefusal::LinesMix.into());
    }
    let minor = lines.iter().map(|line| line.total.amount_minor()).sum();
    let total = Money::new(minor, currency).map_err(|_| Refusal::TooLarge)?;
    Ok(Some(total))
}
