//! Accepting a quote: what it has is sold, and the opportunity is won, in one decision.

use super::super::close::{closed, open_next};
use super::super::{OpportunityEvent, Outcome, PipelineRefusal, Quote, QuoteStatus, Transition};
use super::Quoting;
use super::packages::packages;
use crate::customers::{self, Customer};
use crate::packages::sell_quoted;
use crate::{Context, Decision, PackageId, Refusal};

/// Accepts a sent quote, for the customer or as the customer. In one decision, which is made once or not
/// at all: the quote is accepted and every other one that stands (all of them in `others`) superseded;
/// the opportunity is won, and the next one opened where it recurs; each package is sold, under its own
/// key in the series, so that not even a package alone can be sold twice; and a lead who buys services
/// alone becomes a customer. `package_id` names the package of a line, from 0, and its number, from 1: the
/// same for the same. None when it was accepted before.
///
/// # Errors
/// In this order: [`PipelineRefusal::QuoteNotSent`], [`PipelineRefusal::QuoteRejected`],
/// [`PipelineRefusal::QuoteWithdrawn`], [`PipelineRefusal::QuoteSuperseded`],
/// [`Refusal::SettingsMissing`], [`PipelineRefusal::QuoteClosed`], [`PipelineRefusal::QuoteLapsed`],
/// [`Refusal::CustomerNotFound`], [`Refusal::CustomerErased`], [`PipelineRefusal::QuoteMissing`] for
/// another one that was not found, those of selling a package: [`Refusal::ValidityOutOfRange`],
/// [`Refusal::EndsInPast`].
pub fn accept_quote(
    quoting: &Quoting<'_>,
    quote: &Quote,
    others: &[Quote],
    package_id: impl Fn(usize, usize) -> PackageId,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if quote.status == QuoteStatus::Accepted {
        return Ok(None);
    }
    quote.status.must_be_sent()?;
    let settings = quoting.rules.settings.as_ref();
    let settings = settings.ok_or(Refusal::SettingsMissing)?;
    let status = quoting.opportunity.position.status;
    let won = status
        .after(Transition::Close(Outcome::Won))
        .map_err(|_| PipelineRefusal::QuoteClosed)?;
    quote.must_be_valid(quoting.rules.today(context.now)?)?;
    let customer = quoting.customer.ok_or(Refusal::CustomerNotFound)?;
    customer.is_there()?;
    let context = &context.naming(quote.customer);
    let mut quotes = superseded(quoting, quote, others, context)?;
    let sold = packages(quote)?;
    let ids: Vec<PackageId> = sold
        .iter()
        .map(|package| package_id(package.line, package.number))
        .collect();
    let accepted = quote.becomes(QuoteStatus::Accepted, context);
    quotes.insert(
        0,
        Quote {
            packages: ids.clone(),
            ..accepted
        },
    );
    let mut after = quoting.opportunity.clone();
    after.primary = Some(quote.id);
    after.packages = ids.clone();
    let after = closed(&after, won, quoting.rules, context)?;
    let event = OpportunityEvent::QuoteAccepted {
        quote: quote.id,
        packages: ids.clone(),
    };
    let mut decision = quoting.changed(after, quotes, event, context)?;
    for (package, id) in sold.iter().zip(ids.iter().copied()) {
        let context = apart(&decision, context);
        let sale = sell_quoted(&package.quoted, id, settings, &context)?;
        join(&mut decision, sale);
    }
    if ids.is_empty() {
        become_customer(&mut decision, customer, context);
    }
    let (won, rules) = (quoting.opportunity, quoting.rules);
    open_next(&mut decision, won, Some(customer), rules, context)?;
    Ok(Some(decision))
}

/// Every other quote that stands, as it becomes.
///
/// # Errors
/// [`PipelineRefusal::QuoteMissing`] for one that is not among `others`.
fn superseded(
    quoting: &Quoting<'_>,
    quote: &Quote,
    others: &[Quote],
    context: &Context,
) -> Result<Vec<Quote>, Refusal> {
    let standing = quoting.opportunity.quotes.iter();
    let standing = standing.filter(|other| other.id != quote.id && other.status.stands());
    standing
        .map(|reference| {
            let other = others.iter().find(|other| other.id == reference.id);
            let other = other.ok_or(PipelineRefusal::QuoteMissing)?;
            Ok(other.becomes(QuoteStatus::Superseded, context))
        })
        .collect()
}

/// The surroundings of the next entry of the series: ids made in one moment are told apart by their
/// random part.
fn apart(decision: &Decision, context: &Context) -> Context {
    Context {
        random: context
            .random
            .wrapping_add(1 + decision.series.len() as u128),
        ..context.clone()
    }
}

fn become_customer(decision: &mut Decision, customer: &Customer, context: &Context) {
    let context = apart(decision, context);
    if let Some(won) = customers::win(customer, &context) {
        join(decision, won);
    }
}

/// Makes another decision a part of this one.
fn join(decision: &mut Decision, other: Decision) {
    decision.series.push((other.key, other.entry));
    decision.holders.extend(other.holders);
    decision.puts.extend(other.puts);
}
