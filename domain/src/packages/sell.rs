//! Selling a template to a customer.

use super::{Account, Package, Pool};
use crate::catalog::Template;
use crate::customers::Customer;
use crate::journal::{Fact, Move, fold, post};
use crate::settings::Settings;
use crate::{Context, Decision, EntryKey, PackageId, Put, Refusal};

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

/// Sells the template to the customer as the package `id`, active at once.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`], [`Refusal::ValidityOutOfRange`].
pub fn sell(sale: &Sale, id: PackageId, context: &Context) -> Result<Decision, Refusal> {
    let settings = sale.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
    let customer = sale.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
    let template = sale.template.as_ref().ok_or(Refusal::TemplateNotFound)?;
    if template.archived {
        return Err(Refusal::TemplateArchived);
    }
    let terms = &template.terms;
    let expires_at = terms
        .validity
        .map(|validity| validity.expires_at(context.now, settings.time_zone))
        .transpose()?;
    let pools = terms.pools.iter().map(|pool| Pool {
        unit: pool.unit,
        covers: pool.covers.clone(),
        balance: Default::default(),
    });
    let package = Package {
        id,
        customer: customer.id,
        template: template.id,
        name: terms.name.clone(),
        kind: terms.kind,
        colour: terms.colour.clone(),
        price: terms.price,
        sold_at: context.now,
        expires_at,
        pools: pools.collect(),
        version: 0,
        changed_at: context.now,
    };
    let grants: Vec<Move> = terms
        .pools
        .iter()
        .enumerate()
        .map(|(pool, granted)| Move {
            package: id,
            pool,
            from: None,
            to: Account::Available,
            units: granted.units,
            valid_at: None,
        })
        .collect();
    let lines = post(std::slice::from_ref(&package), &grants)?;
    let entry = context.entry(Some(customer.id), Fact::PackageSold(package), lines, None);
    let sold = fold(id, [&entry])?.ok_or(Refusal::PackageNotFound)?;
    Ok(Decision {
        key: EntryKey::Sale(id),
        entry,
        puts: vec![Put::Package(sold)],
    })
}
