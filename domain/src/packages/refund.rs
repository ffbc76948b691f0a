//! Paying back what is left of a package.

use super::earn::earned;
use super::refund_quote::RefundQuote;
use super::void::all_available;
use super::{Account, Package, Stage, Unchanged, changed};
use crate::journal::{Entry, PackageChange, Posting};
use crate::{Context, Decision, EntryKey, RefundQuoteId, Refusal};

/// Carries a refund out exactly as it was quoted in the entry `quoted`: everything that is left is paid
/// back, and nothing is to be paid any more.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Refusal::RefundQuoteNotFound`] for no
/// quote of this package, [`Unchanged::QuoteExpired`], [`Unchanged::QuoteOutdated`].
pub fn refund(
    package: &Package,
    id: RefundQuoteId,
    quoted: Option<&Entry>,
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    let quote = quoted
        .filter(|entry| entry.fact.package() == Some(package.id))
        .and_then(RefundQuote::recorded_in)
        .filter(|quote| quote.id == id)
        .ok_or(Refusal::RefundQuoteNotFound)?;
    if quote.valid_until <= context.now {
        return Err(Unchanged::QuoteExpired.into());
    }
    if quote.version != package.version {
        return Err(Unchanged::QuoteOutdated.into());
    }
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.moves(&earned(package, context.now))?;
    let left = all_available(posting.package(package.id)?, Some(Account::Refunded));
    posting.moves(&left)?;
    let amount = quote.amount;
    posting.stand(package.id, |standing| {
        standing.stage = Stage::Refunded;
        standing.paid_minor = standing.paid_minor.saturating_sub(amount.amount_minor());
        standing.price_minor = standing.paid_minor;
    })?;
    let change = PackageChange::Refunded { quote: id, amount };
    Ok(changed(posting, package, key, change, context))
}
