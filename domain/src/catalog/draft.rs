//! What is for sale, as a person enters it.

use super::{Contents, Deposit, Extras, Service, TemplateTerms};
use crate::calendar::{MAX_GRACE_DAYS, Validity};
use crate::packages::Unit;
use crate::{Colour, Money, Name, Refusal, ServiceId};

/// The most others who may redeem from one package.
pub(super) const MAX_MEMBERS: u8 = 20;

/// The most instalments of one plan.
pub(super) const MAX_INSTALMENTS: u8 = 60;

/// A template as a person enters it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateDraft {
    /// What it is called.
    pub name: Name,
    /// Its colour; none takes the kind's.
    pub colour: Option<Colour>,
    /// What it costs; none takes the list price, computed again at every edit.
    pub price: Option<Money>,
    /// How long it is valid; none is for ever.
    pub validity: Option<Validity>,
    /// What it grants.
    pub contents: Contents,
    /// What else is agreed.
    pub extras: Extras,
}

impl TemplateDraft {
    /// The terms, checked against the services there are.
    ///
    /// # Errors
    /// In this order: [`Refusal::ValidityOutOfRange`], [`Refusal::TemplateContents`], for each
    /// service named [`Refusal::ServiceNotFound`] and [`Refusal::ServiceArchived`], then
    /// [`Refusal::PackageTerms`] for what does not fit together.
    pub fn terms(self, services: &[Service]) -> Result<TemplateTerms, Refusal> {
        if let Some(validity) = self.validity {
            validity.check()?;
        }
        let find = |id| find(services, id);
        let mut pools = self.contents.pools(find)?;
        let list_price = match self.contents.list_currency(find)? {
            Some(currency) => {
                let sum = pools.iter().map(|pool| pool.list_minor);
                let sum = sum.fold(0_u64, u64::saturating_add);
                Some(Money::new(sum, currency).map_err(|_| Refusal::TooLarge)?)
            }
            None => None,
        };
        let at_list_price = self.price.is_none();
        let Some(price) = self.price.or(list_price) else {
            return refuse(
                "price is needed: a pass, or services in several currencies, have no list price",
            );
        };
        // In another currency the list price says nothing about this one.
        let list_price = list_price.filter(|list| list.currency() == price.currency());
        if list_price.is_none() {
            for pool in &mut pools {
                pool.list_minor = 0;
            }
        }
        let unlimited = pools.iter().any(|pool| pool.unit == Unit::Unlimited);
        if unlimited && self.validity.is_none() {
            return refuse("a pass needs a validity: it is unlimited for a time");
        }
        self.extras.check(price)?;
        let kind = self.contents.kind();
        Ok(TemplateTerms {
            name: self.name,
            kind,
            colour: self.colour.unwrap_or_else(|| kind.default_colour()),
            price,
            at_list_price,
            list_price,
            validity: self.validity,
            extras: self.extras,
            pools,
        })
    }
}

impl Extras {
    /// # Errors
    /// [`Refusal::PackageTerms`] for a number out of its range, a deposit in another currency or
    /// above the price, or a plan over nothing.
    pub(super) fn check(&self, price: Money) -> Result<(), Refusal> {
        if self.conditions.tax_basis_points > 10_000 {
            return refuse("tax_basis_points must be between 0 and 10000");
        }
        if self.conditions.grace_days > MAX_GRACE_DAYS {
            return refuse("grace_days must be between 0 and 366");
        }
        if self.conditions.priority > 100 {
            return refuse("priority must be between 0 and 100");
        }
        if self.conditions.max_members > MAX_MEMBERS {
            return refuse("max_members must be between 0 and 20");
        }
        let deposit = match self.deposit {
            None => None,
            Some(Deposit::Percent(percent)) if !(1..=100).contains(&percent) => {
                return refuse("a deposit is between 1 and 100 per cent");
            }
            Some(Deposit::Amount(amount)) if amount.currency() != price.currency() => {
                return refuse("the deposit is in another currency than the price");
            }
            Some(deposit) => Some(deposit.on(price)),
        };
        let first = deposit.map_or(0, Money::amount_minor);
        if deposit.is_some_and(|deposit| deposit.amount_minor() == 0)
            || first > price.amount_minor()
        {
            return refuse("the deposit must be more than 0 and at most the price");
        }
        let Some(plan) = self.plan else { return Ok(()) };
        if !(1..=MAX_INSTALMENTS).contains(&plan.count) || !(1..=31).contains(&plan.monthly_day) {
            return refuse(
                "an instalment plan has 1 to 60 instalments, due on day 1 to 31 of the month",
            );
        }
        if price.amount_minor() - first < u64::from(plan.count) {
            return refuse(
                "too little is left for so many instalments: use fewer, or a lower deposit",
            );
        }
        Ok(())
    }
}

fn refuse<T>(reason: &'static str) -> Result<T, Refusal> {
    Err(Refusal::PackageTerms(reason))
}

fn find(services: &[Service], id: ServiceId) -> Result<&Service, Refusal> {
    let service = services.iter().find(|service| service.id == id);
    let service = service.ok_or(Refusal::ServiceNotFound(id))?;
    if service.archived {
        Err(Refusal::ServiceArchived(id))
    } else {
        Ok(service)
    }
}
