//! Buying a template online, by the customer alone.

use chrono::TimeDelta;

use super::sell::{first_stage, sold};
use super::{Order, Sale, Stage};
use crate::{Context, Decision, PackageId, Refusal};

/// Within how many days what is bought online has to be paid, or its sale is undone.
pub const PAY_WITHIN_DAYS: i64 = 7;

/// Sells the template to the customer who asks for it, as the package `id`. Nobody has taken their
/// money yet, so a template without a deposit has all of its price for one: it is pending until that
/// is paid, and active at once only where there is nothing to pay. Nothing paid of it in [`PAY_WITHIN_DAYS`],
/// it lapses.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::TemplateNotFound`], [`Refusal::TemplateArchived`], [`Refusal::NotSoldOnline`],
/// [`Refusal::ValidityOutOfRange`], [`Refusal::EndsInPast`].
pub fn buy(sale: &Sale, id: PackageId, context: &Context) -> Result<Decision, Refusal> {
    let agreed = Order::of_template().agreed(sale)?;
    if !agreed.terms.extras.online {
        return Err(Refusal::NotSoldOnline);
    }
    let mut package = agreed.package(id, context)?;
    let terms = &mut package.terms;
    if terms.deposit.is_none() && terms.price.amount_minor() > 0 {
        terms.deposit = Some(terms.price);
        // Nothing is left for it.
        terms.plan = None;
    }
    package.standing.stage = first_stage(terms.deposit);
    if package.standing.stage == Stage::Pending {
        package.standing.pay_until = Some(context.now + TimeDelta::days(PAY_WITHIN_DAYS));
    }
    sold(package, context)
}
