//! What is sold or offered: a template, or terms put together for one customer.

use chrono::NaiveDate;

use super::Package;
use super::sell::{Made, Sale};
use crate::calendar::{End, check_last_day};
use crate::catalog::{Template, TemplateDraft, TemplateTerms};
use crate::settings::Settings;
use crate::{Context, CustomerId, Money, PackageId, Refusal};

/// What somebody asks to be sold or offered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// What it grants and costs.
    pub goods: Goods,
    /// What it costs instead. A template has another price only in an offer.
    pub price: Option<Money>,
    /// The last day on which it can be used, in place of its own validity; grace days come on top.
    pub expires_on: Option<NaiveDate>,
    /// Whether it pays for what is booked already, too.
    pub existing_bookings: bool,
}

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Goods {
    /// The template that was looked at.
    Template,
    /// Terms of its own, over the services that were looked at.
    Terms(Box<TemplateDraft>),
}

/// An order that can be met: for whom, and on which terms.
#[derive(Debug)]
pub(super) struct Agreed<'s> {
    pub(super) settings: &'s Settings,
    pub(super) customer: CustomerId,
    pub(super) template: Option<&'s Template>,
    pub(super) terms: TemplateTerms,
    expires_on: Option<NaiveDate>,
    existing_bookings: bool,
}

impl Order {
    /// A template as it is.
    pub fn of_template() -> Self {
        Self {
            goods: Goods::Template,
            price: None,
            expires_on: None,
            existing_bookings: false,
        }
    }

    /// Whether it is asked for at no price: not a template's own.
    pub fn is_free(&self) -> bool {
        let terms = match &self.goods {
            Goods::Template => None,
            Goods::Terms(draft) => draft.price,
        };
        let price = self.price.or(terms);
        price.is_some_and(|price| price.amount_minor() == 0)
    }

    /// Whom it is for, and its terms: a template's at the template's price.
    ///
    /// # Errors
    /// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
    /// [`Refusal::CustomerErased`]; for a template [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`]; for other terms those of
    /// [`TemplateDraft::terms`].
    pub(super) fn agreed<'s>(&self, sale: &'s Sale) -> Result<Agreed<'s>, Refusal> {
        let settings = sale.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let customer = sale.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
        customer.is_there()?;
        let (template, terms) = match &self.goods {
            Goods::Template => {
                let template = sale.template.as_ref().ok_or(Refusal::TemplateNotFound)?;
                if template.archived {
                    return Err(Refusal::TemplateArchived);
                }
                (Some(template), template.terms.clone())
            }
            Goods::Terms(draft) => {
                let draft = TemplateDraft {
                    price: self.price.or(draft.price),
                    ..(**draft).clone()
                };
                (None, draft.terms(&sale.services)?)
            }
        };
        Ok(Agreed {
            settings,
            customer: customer.id,
            template,
            terms,
            expires_on: self.expires_on,
            existing_bookings: self.existing_bookings,
        })
    }
}

impl Agreed<'_> {
    /// The package as it would be sold at this moment, before its units are granted.
    ///
    /// # Errors
    /// In this order: [`Refusal::DayOutOfRange`] for `expires_on`, [`Refusal::ValidityOutOfRange`],
    /// [`Refusal::EndsInPast`] for what would be over already.
    pub(super) fn package(&self, id: PackageId, context: &Context) -> Result<Package, Refusal> {
        let zone = self.settings.time_zone();
        if let Some(day) = self.expires_on {
            check_last_day(day, "expires_on", context.now, zone)?;
        }
        let made = Made {
            id,
            customer: self.customer,
            template: self.template.map(|template| template.id),
        };
        let mut package = made.package(&self.terms, self.settings, context)?;
        package.pays_existing = self.existing_bookings;
        if let Some(day) = self.expires_on {
            let end = End::after(day, package.terms.conditions.grace_days, zone)?;
            package.standing.end_at(Some(end));
            package.standing.end_is_set = true;
        }
        if package.standing.ended_at(context.now) {
            return Err(Refusal::EndsInPast);
        }
        Ok(package)
    }
}
