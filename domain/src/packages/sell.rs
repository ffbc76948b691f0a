//! Selling: a template in one click, or terms put together for one customer.

use super::{Account, Caps, DirectDebit, Order, Package, PackageTerms, Pool, Stage, Standing};
use crate::calendar::day_of;
use crate::catalog::{Service, Template, TemplateTerms};
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
    /// What is sold; none where terms of its own are.
    pub template: Option<Template>,
    /// The services that terms of its own name, as far as they exist.
    pub services: Vec<Service>,
}

/// Sells the customer what is ordered as the package `id`, active at once unless a deposit is due.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`]; for a template [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`], [`Refusal::TemplatePriceFixed`] for
/// any other price; for other terms those of [`crate::catalog::TemplateDraft::terms`]; then
/// [`Refusal::DayOutOfRange`] for `expires_on`, [`Refusal::ValidityOutOfRange`],
/// [`Refusal::EndsInPast`].
pub fn sell(
    sale: &Sale,
    order: &Order,
    id: PackageId,
    context: &Context,
) -> Result<Decision, Refusal> {
    let agreed = order.agreed(sale)?;
    if agreed.template.is_some() && order.price.is_some() {
        return Err(Refusal::TemplatePriceFixed);
    }
    sold(agreed.package(id, context)?, context)
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

/// Where a sale begins.
pub(super) fn first_stage(deposit: Option<Money>) -> Stage {
    match deposit {
        Some(_) => Stage::Pending,
        None => Stage::Active,
    }
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
            Some(validity) => validity.end(
                day_of(sold_at, zone),
                None,
                extras.conditions.grace_days,
                zone,
            )?,
            None => None,
        };
        let deposit = extras.deposit.map(|deposit| deposit.on(terms.price));
        let mut package = Package {
            id: self.id,
            customer: self.customer,
            template: self.template,
            origin: None,
            opportunity: None,
            pays_existing: false,
            terms: PackageTerms {
                name: terms.name.clone(),
                kind: terms.kind,
                colour: terms.colour.clone(),
                price: terms.price,
                list_price_minor: terms.list_price.map(Money::amount_minor),
                validity: terms.validity,
                deposit,
                conditions: extras.conditions.clone(),
                plan: extras.plan,
            },
            sold_at,
            standing: Standing::new(first_stage(deposit), terms.price.amount_minor(), end),
            pools: pools(terms),
            version: 0,
            changed_at: None,
        };
        package.standing.debit = DirectDebit::of(&package, zone);
        Ok(package)
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
            expired_minor: 0,
            transferred_minor: 0,
            days: pool.caps.and_then(Caps::no_days),
        })
        .collect()
}
