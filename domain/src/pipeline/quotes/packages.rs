//! The packages that a quote sells: one for each of a package line, at its share of the line's total.

use super::super::{Item, LineItem, PipelineRefusal, Quote};
use crate::catalog::{Deposit, TemplateTerms};
use crate::packages::Quoted;
use crate::{Money, Refusal, TemplateId};

/// The most packages that one quote sells: what its acceptance writes fits in one transaction, with every
/// other quote of the opportunity beside it.
pub const MAX_PACKAGES: u32 = 20;

/// One of the packages that a quote sells.
#[derive(Debug, Clone)]
pub(super) struct QuotedPackage {
    /// Its line, from 0.
    pub(super) line: usize,
    /// Which of that line, from 1.
    pub(super) number: usize,
    /// What is sold.
    pub(super) quoted: Quoted,
}

/// A package before it is known how it is paid.
struct Priced<'q> {
    line: usize,
    number: usize,
    template: TemplateId,
    terms: &'q TemplateTerms,
    price: Money,
}

/// # Errors
/// [`PipelineRefusal::QuoteTerms`] for more packages than one quote sells.
pub(super) fn check_count(lines: &[LineItem]) -> Result<(), Refusal> {
    let packages = lines.iter().filter(|line| match line.item {
        Item::TemplateId(_) => true,
        Item::ServiceId(_) => false,
    });
    let count: u32 = packages.map(|line| line.quantity).sum();
    if count > MAX_PACKAGES {
        let most = "a quote sells at most 20 packages: make another opportunity for the others";
        return Err(PipelineRefusal::QuoteTerms(most).into());
    }
    Ok(())
}

/// Whether it has a package for nothing that its template has a price for: a line's total is shared among
/// its packages.
pub(super) fn gives_for_nothing(quote: &Quote) -> bool {
    quote.lines.iter().any(|line| {
        let listed = line.terms.as_ref().map(|terms| terms.price.amount_minor());
        let shared = line.line.total.amount_minor() < u64::from(line.line.quantity);
        listed.is_some_and(|listed| listed > 0) && shared
    })
}

/// The packages, each on the terms that were quoted: its share of its line's total is its price. The
/// quote's deposit and instalments stand in for the template's: a deposit's amount is shared by price,
/// its percentage and the instalments are of each. What costs nothing, or is paid whole as a deposit,
/// has no instalments.
///
/// # Errors
/// [`PipelineRefusal::QuoteTerms`], then [`Refusal::PackageTerms`] for terms that do not fit a package.
pub(super) fn packages(quote: &Quote) -> Result<Vec<QuotedPackage>, Refusal> {
    let priced = priced_packages(quote)?;
    let prices: Vec<u64> = priced
        .iter()
        .map(|package| package.price.amount_minor())
        .collect();
    check_payment(quote, prices.iter().sum())?;
    let shares = match quote.deposit {
        Some(Deposit::Amount(amount)) => Some(amount.split(&prices)),
        Some(Deposit::Percent(_)) | None => None,
    };
    let mut packages = Vec::new();
    for (index, package) in priced.into_iter().enumerate() {
        let share = shares
            .as_ref()
            .and_then(|shares| shares.get(index).copied());
        let terms = paid_for(quote, &package, share)?;
        packages.push(QuotedPackage {
            line: package.line,
            number: package.number,
            quoted: Quoted {
                customer: quote.customer,
                opportunity: quote.opportunity,
                template: package.template,
                terms,
            },
        });
    }
    Ok(packages)
}

fn priced_packages(quote: &Quote) -> Result<Vec<Priced<'_>>, Refusal> {
    let mut packages = Vec::new();
    for (index, line) in quote.lines.iter().enumerate() {
        let (Item::TemplateId(template), Some(terms)) = (line.line.item, &line.terms) else {
            continue;
        };
        let each = vec![1; usize::try_from(line.line.quantity).unwrap_or(usize::MAX)];
        let currency = line.line.total.currency();
        for (price, number) in line.line.total.split(&each).into_iter().zip(1..) {
            packages.push(Priced {
                line: index,
                number,
                template,
                terms,
                price: Money::new(price, currency).map_err(|_| Refusal::TooLarge)?,
            });
        }
    }
    Ok(packages)
}

/// # Errors
/// [`PipelineRefusal::QuoteTerms`] for a deposit or instalments of nothing, and for a deposit above what
/// all packages cost.
fn check_payment(quote: &Quote, all_minor: u64) -> Result<(), Refusal> {
    let refuse = |why| Err(PipelineRefusal::QuoteTerms(why).into());
    if all_minor == 0 && (quote.deposit.is_some() || quote.plan.is_some()) {
        return refuse(
            "deposit and instalments are of packages that cost something: leave them out",
        );
    }
    match quote.deposit {
        Some(Deposit::Amount(amount)) if amount.currency() != quote.total.currency() => {
            refuse("the deposit is in the currency of the lines")
        }
        Some(Deposit::Amount(amount)) if !(1..=all_minor).contains(&amount.amount_minor()) => {
            refuse("the deposit is more than 0 and at most what the packages cost")
        }
        Some(Deposit::Percent(percent)) if !(1..=100).contains(&percent) => {
            refuse("a deposit is between 1 and 100 per cent")
        }
        Some(Deposit::Amount(_) | Deposit::Percent(_)) | None => Ok(()),
    }
}

/// The terms of one package; `share` is its part of the quote's deposit.
fn paid_for(
    quote: &Quote,
    package: &Priced<'_>,
    share: Option<u64>,
) -> Result<TemplateTerms, Refusal> {
    let price = package.price;
    let mut terms = package.terms.clone();
    let extras = &mut terms.extras;
    extras.deposit = match (share, quote.deposit) {
        (Some(share), _) => {
            let share = Money::new(share, price.currency()).map_err(|_| Refusal::TooLarge)?;
            Some(Deposit::Amount(share)).filter(|_| share.amount_minor() > 0)
        }
        (None, Some(deposit)) => Some(deposit),
        (None, None) => extras.deposit,
    };
    extras.deposit = extras.deposit.filter(|_| price.amount_minor() > 0);
    let whole = extras.deposit.map(|deposit| deposit.on(price)) == Some(price);
    let plan = quote.plan.or(extras.plan);
    extras.plan = plan.filter(|_| price.amount_minor() > 0 && !whole);
    terms.at_price(price)
}
