//! Taking over a package that ran in another system.

use chrono::{Months, NaiveDate};

use super::sell::{Made, grants};
use super::{Account, MAX_VISITS, Package, Unit};
use crate::calendar::{Validity, day_of, start_of_day};
use crate::catalog::{PoolTerms, Service, Template, TemplateDraft, TemplateTerms};
use crate::customers::Customer;
use crate::journal::{Fact, Move, Posting, fold};
use crate::settings::Settings;
use crate::{Context, Currency, Decision, EntryKey, Money, PackageId, Put, Refusal, TemplateId};

/// Nothing runs for longer: an earlier sale is a mistake in the year.
const MAX_YEARS: u32 = 50;

/// What an import looks at.
#[derive(Debug, Clone)]
pub struct Import {
    /// The business's settings, for its time zone.
    pub settings: Option<Settings>,
    /// Who holds the package.
    pub customer: Option<Customer>,
    /// What it was made from, where its terms say so.
    pub template: Option<Template>,
    /// The services that its own terms name, as far as they exist.
    pub services: Vec<Service>,
}

/// A package as another system kept it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// What was agreed.
    pub terms: RunningTerms,
    /// The currency of its price, and of its credit.
    pub currency: Currency,
    /// What was used of each pool: visits, or minor units. Empty for nothing.
    pub used: Vec<u64>,
    /// What was paid, in minor units; none for all of it.
    pub paid_minor: Option<u64>,
    /// When it was sold.
    pub sold_on: NaiveDate,
    /// The last day on which it can be used; none leaves it to the terms.
    pub expires_on: Option<NaiveDate>,
}

/// What was agreed on a package that runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunningTerms {
    /// What a template says, archived or not, except for this.
    OfTemplate {
        /// The template.
        template: TemplateId,
        /// What was granted, pool by pool; empty for what the template grants.
        quantities: Vec<u64>,
        /// What it cost, in minor units.
        price_minor: Option<u64>,
    },
    /// Its own.
    Own(TemplateDraft),
}

/// Goes on with the package as `id`: everything it was granted, less what was used of it, is available.
/// What was used is captured for its share of the price and of the list price. No deposit and no
/// instalments are due any more: what is not paid can be paid at any time.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`], [`Refusal::TemplateNotFound`] and [`Refusal::ImportTerms`] for another
/// currency or quantities that do not fit the template's pools, or those of [`TemplateDraft::terms`];
/// [`Refusal::ImportTerms`] where what was used does not fit the pools, [`Refusal::UsedAboveQuantity`],
/// [`Refusal::PaidAbovePrice`], [`Refusal::ImportTerms`] for a sale after today or more than 50 years
/// ago, [`Refusal::ExpiresBeforeSold`], [`Refusal::ImportTerms`] where the end depends on a first use
/// that nobody knows, [`Refusal::ValidityOutOfRange`].
pub fn import(
    import: &Import,
    running: &Running,
    id: PackageId,
    context: &Context,
) -> Result<Decision, Refusal> {
    let settings = import.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
    let customer = import.customer.as_ref().ok_or(Refusal::CustomerNotFound)?;
    customer.is_there()?;
    let (template, terms) = import.terms(running)?;
    let used = used(running, &terms)?;
    let price_minor = terms.price.amount_minor();
    let paid_minor = running.paid_minor.unwrap_or(price_minor);
    if paid_minor > price_minor {
        return Err(Refusal::PaidAbovePrice);
    }
    let at_sale = Context {
        now: sold_at(running, &terms, settings, context)?,
        ..context.clone()
    };
    let made = Made {
        id,
        customer: customer.id,
        template,
    };
    let mut package = made.package(&terms, settings, &at_sale)?;
    package.changed_at = Some(context.now);
    package.standing.paid_minor = paid_minor;
    let mut posting = Posting::new(std::slice::from_ref(&package), context.now);
    posting.moves(&grants(&package))?;
    posting.moves(&history(&package, &terms.pools, &used))?;
    let fact = Fact::PackageImported(package);
    let mut decision = posting.record(EntryKey::Sale(id), customer.id, fact, context);
    let imported = fold(id, [&decision.entry])?.ok_or(Refusal::PackageNotFound)?;
    decision.puts = vec![Put::Package(imported)];
    Ok(decision)
}

impl Import {
    /// The terms that the package has from now on.
    fn terms(&self, running: &Running) -> Result<(Option<TemplateId>, TemplateTerms), Refusal> {
        let (template, mut terms) = match &running.terms {
            RunningTerms::OfTemplate {
                template,
                quantities,
                price_minor,
            } => {
                let found = self.template.as_ref().filter(|found| found.id == *template);
                let mut terms = found.ok_or(Refusal::TemplateNotFound)?.terms.clone();
                let other = |pool: &PoolTerms| match pool.unit {
                    Unit::Money(currency) => currency != running.currency,
                    Unit::Visit | Unit::Unlimited => false,
                };
                if terms.price.currency() != running.currency || terms.pools.iter().any(other) {
                    return refuse(
                        "currency",
                        "is not the template's: correct it, or leave it empty",
                    );
                }
                if let Some(price_minor) = *price_minor {
                    let price = Money::new(price_minor, running.currency);
                    terms.price = price.map_err(|_| Refusal::TooLarge)?;
                }
                grant(&mut terms, quantities)?;
                (Some(*template), terms)
            }
            RunningTerms::Own(draft) => {
                let validity = running.expires_on.map(Validity::Until);
                let draft = TemplateDraft {
                    validity,
                    ..draft.clone()
                };
                (None, draft.terms(&self.services)?)
            }
        };
        terms.extras.deposit = None;
        terms.extras.plan = None;
        if let Some(last_day) = running.expires_on {
            terms.validity = Some(Validity::Until(last_day));
        }
        Ok((template, terms))
    }
}

/// Puts what was granted in the place of what the template grants now.
fn grant(terms: &mut TemplateTerms, quantities: &[u64]) -> Result<(), Refusal> {
    if quantities.is_empty() {
        return Ok(());
    }
    if terms.pools.iter().any(|pool| pool.unit == Unit::Unlimited) {
        return refuse("quantity", "is not for a pass: leave it empty");
    }
    if quantities.len() != terms.pools.len() {
        return refuse(
            "quantity",
            "needs a number for each balance of the template, in its order, with | between them",
        );
    }
    for (pool, quantity) in terms.pools.iter_mut().zip(quantities) {
        let most = match pool.unit {
            Unit::Visit | Unit::Unlimited => MAX_VISITS,
            Unit::Money(_) => Money::MAX_MINOR,
        };
        if !(1..=most).contains(quantity) {
            return refuse("quantity", "must be more than 0, and at most 100000 visits");
        }
        pool.list_minor = share(pool.list_minor, *quantity, pool.units);
        pool.units = *quantity;
    }
    if let Some(list_price) = terms.list_price {
        let sum = terms.pools.iter().map(|pool| pool.list_minor);
        let sum = sum.fold(0_u64, u64::saturating_add);
        let list_price = Money::new(sum, list_price.currency());
        terms.list_price = Some(list_price.map_err(|_| Refusal::TooLarge)?);
    }
    Ok(())
}

/// What was used, a number for each pool.
fn used(running: &Running, terms: &TemplateTerms) -> Result<Vec<u64>, Refusal> {
    let pools = &terms.pools;
    if running.used.is_empty() {
        return Ok(vec![0; pools.len()]);
    }
    if running.used.len() != pools.len() {
        return refuse(
            "used",
            "needs a number for each balance, in the order of quantity, with | between them",
        );
    }
    let most = |pool: &PoolTerms| match pool.unit {
        Unit::Visit | Unit::Money(_) => pool.units,
        Unit::Unlimited => {
            let cap = pool.caps.and_then(|caps| caps.per_period);
            cap.map_or(MAX_VISITS, u64::from)
        }
    };
    let too_many = |(pool, used): (&PoolTerms, &u64)| *used > most(pool);
    if pools.iter().zip(&running.used).any(too_many) {
        return Err(Refusal::UsedAboveQuantity);
    }
    Ok(running.used.clone())
}

/// When the package was sold: at the beginning of that day.
fn sold_at(
    running: &Running,
    terms: &TemplateTerms,
    settings: &Settings,
    context: &Context,
) -> Result<crate::Instant, Refusal> {
    let zone = settings.time_zone();
    let (today, sold_on) = (day_of(context.now, zone), running.sold_on);
    if sold_on > today {
        return refuse(
            "sold_on",
            "lies after today: sell the package instead, or correct the date",
        );
    }
    let earliest = today.checked_sub_months(Months::new(12 * MAX_YEARS));
    if earliest.is_none_or(|earliest| sold_on < earliest) {
        return refuse("sold_on", "lies more than 50 years back: check the year");
    }
    match terms.validity {
        Some(Validity::Until(last_day)) if last_day < sold_on => {
            return Err(Refusal::ExpiresBeforeSold);
        }
        Some(Validity::FromFirstUse(_)) if running.used.iter().any(|used| *used > 0) => {
            return refuse(
                "expires_on",
                "is needed: the template counts from a first use, and some of it is used",
            );
        }
        Some(Validity::Until(_) | Validity::FromSale(_) | Validity::FromFirstUse(_)) | None => {}
    }
    start_of_day(sold_on, zone).ok_or(Refusal::ValidityOutOfRange)
}

/// What was used, as moves. How it was used is not known: its list price is its part of all.
fn history(package: &Package, terms: &[PoolTerms], used: &[u64]) -> Vec<Move> {
    let currency = package.terms.price.currency();
    let pools = package.pools.iter().zip(terms).zip(used).enumerate();
    let mut moves = Vec::new();
    for (index, ((pool, terms), units)) in pools.filter(|(_, (_, units))| **units > 0) {
        let captured = |from| Move {
            list_price: Money::new(share(terms.list_minor, *units, pool.size), currency).ok(),
            ..Move::new((package.id, index), from, Some(Account::Captured), *units)
        };
        match pool.unit {
            Unit::Visit | Unit::Money(_) => moves.push(captured(Some(Account::Available))),
            // Granted as it is drawn, and held first, so that the time that has passed is earned.
            Unit::Unlimited => {
                let held = Some(Account::Held);
                moves.push(Move::new((package.id, index), None, held, *units));
                moves.push(captured(held));
            }
        }
    }
    moves
}

/// The part of `whole` that `units` of `all` are, rounded down.
fn share(whole: u64, units: u64, all: u64) -> u64 {
    let part = (u128::from(whole) * u128::from(units)).checked_div(u128::from(all));
    u64::try_from(part.unwrap_or(0)).unwrap_or(u64::MAX)
}

fn refuse<T>(field: &'static str, reason: &'static str) -> Result<T, Refusal> {
    Err(Refusal::ImportTerms(field, reason))
}
