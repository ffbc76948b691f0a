//! Selling a template to a customer.

use super::{Account, Caps, Package, PackageTerms, Pool, Stage, Standing};
use crate::calendar::day_of;
use crate::catalog::{Template, TemplateTerms};
use crate::customers::Customer;
use crate::journal::{Fact, Move, Posting, fold};
use crate::settings::Settings;
use crate::{Context, CustomerId, Decision, EntryKey, Money, PackageId, Put, Refusal, TemplateId};

/// What a sale looks at.
#[derive(Debug, Clone)]
pub struct Sale {
    /// The business's settings, for its time zone.
    pub settings: Option<Settings>,
    /// The buyer.
    pub customer: Option<Customer>,
    /// What is sold.
    pub template: Option<Template>,
}

/// Sells the template to the customer as the package `id`, active at once unless a deposit is due.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`], [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`], [`Refusal::ValidityOutOfRange`].
pub fn sell(sale: &Sale, id: PackageId, context: &Context) -> Result<Decision, Refusal> {
    let settings = sale.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
    let customer = sale.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
    customer.is_there()?;
    let template = sale.template.as_ref().ok_or(Refusal::TemplateNotFound)?;
    if template.archived {
        return Err(Refusal::TemplateArchived);
    }
    let made = Made {
        id,
        customer: customer.id,
        template: Some(template.id),
    };
    let package = made.package(&template.terms, settings, context)?;
    sold(package, context)
}

/// The decision that sells `package`: its units are granted.
pub(super) fn sold(package: Package, context: &Context) -> Result<Decision, Refusal> {
    let (id, customer) = (package.id, package.customer);
    let mut posting = Posting::new(std::slice::from_ref(&package), context.now);
    posting.moves(&grants(&package))?;
    let mut decision = posting.record(
        EntryKey::Sale(id),
        customer,
        Fact::PackageSold(package),
        context,
    );
    let sold = fold(id, [&decision.entry])?.ok_or(Refusal::PackageNotFound)?;
    decision.puts = vec![Put::Package(sold)];
    Ok(decision)
}

/// Every unit that was agreed, for its share of the price.
pub(super) fn grants(package: &Package) -> Vec<Move> {
    let pools = package.pools.iter().enumerate();
    pools
        .map(|(index, pool)| Move {
            value_minor: Some(pool.share_minor),
            ..Move::new(
                (package.id, index),
                None,
                Some(Account::Available),
                pool.size,
            )
        })
        .collect()
}

/// A package in the making: which, whose and from what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Made {
    pub(super) id: PackageId,
    pub(super) customer: CustomerId,
    pub(super) template: Option<TemplateId>,
}

impl Made {
    /// The package before its units are granted, sold at this moment.
    ///
    /// # Errors
    /// [`Refusal::ValidityOutOfRange`].
    pub(super) fn package(
        self,
        terms: &TemplateTerms,
        settings: &Settings,
        context: &Context,
    ) -> Result<Package, Refusal> {
        let extras = &terms.extras;
        let (zone, sold_at) = (settings.time_zone(), context.now);
        let end = match terms.validity {
            Some(validity) => validity.end(day_of(sold_at, zone), None, extras.grace_days, zone)?,
            None => None,
        };
        let deposit = extras.deposit.map(|deposit| deposit.on(terms.price));
        let stage = match deposit {
            Some(_) => Stage::Pending,
            None => Stage::Active,
        };
        Ok(Package {
            id: self.id,
            customer: self.customer,
            template: self.template,
            origin: None,
            terms: PackageTerms {
                name: terms.name.clone(),
                kind: terms.kind,
                colour: terms.colour.clone(),
                category: extras.category.clone(),
                price: terms.price,
                list_price_minor: terms.list_price.map(Money::amount_minor),
                tax_basis_points: extras.tax_basis_points,
                validity: terms.validity,
                grace_days: extras.grace_days,
                priority: extras.priority,
                promotional: extras.promotional,
                transferable: extras.transferable,
                max_members: extras.max_members,
                redeem_up_to_paid: extras.redeem_up_to_paid,
                deposit,
                plan: extras.plan,
            },
            sold_at,
            standing: Standing::new(stage, terms.price.amount_minor(), end),
            pools: pools(terms),
            version: 0,
            changed_at: None,
        })
    }
}

fn pools(terms: &TemplateTerms) -> Vec<Pool> {
    let weights: Vec<u64> = terms.pools.iter().map(|pool| pool.list_minor).collect();
    let by_units: Vec<u64> = terms.pools.iter().map(|pool| pool.units).collect();
    let listed = weights.iter().any(|weight| *weight > 0);
    let shares = Money::split(terms.price, if listed { &weights } else { &by_units });
    let pools = terms.pools.iter().zip(shares);
    pools
        .map(|(pool, share_minor)| Pool {
            unit: pool.unit,
            covers: pool.covers.clone(),
            size: pool.units,
            share_minor,
            caps: pool.caps,
            balance: Default::default(),
            price_minor: 0,
            worth_minor: 0,
            used_at_list_minor: 0,
            days: pool.caps.and_then(Caps::no_days),
        })
        .collect()
}
