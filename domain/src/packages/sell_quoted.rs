//! Selling what a quote said.

use super::sell::{Made, sold};
use crate::catalog::TemplateTerms;
use crate::settings::Settings;
use crate::{Context, CustomerId, Decision, OpportunityId, PackageId, Refusal, TemplateId};

/// A package as a quote sells it.
#[derive(Debug, Clone)]
pub(crate) struct Quoted {
    /// Who buys it.
    pub(crate) customer: CustomerId,
    /// The opportunity that the quote is of.
    pub(crate) opportunity: OpportunityId,
    /// The template whose terms were quoted.
    pub(crate) template: TemplateId,
    /// The terms, at the price that was quoted.
    pub(crate) terms: TemplateTerms,
}

/// Sells the package `id` on the terms that were quoted, whatever became of the template since; active at
/// once unless a deposit is due.
///
/// # Errors
/// [`Refusal::ValidityOutOfRange`], then [`Refusal::EndsInPast`] for what would be over already.
pub(crate) fn sell_quoted(
    quoted: &Quoted,
    id: PackageId,
    settings: &Settings,
    context: &Context,
) -> Result<Decision, Refusal> {
    let made = Made {
        id,
        customer: quoted.customer,
        template: Some(quoted.template),
    };
    let mut package = made.package(&quoted.terms, settings, context)?;
    package.opportunity = Some(quoted.opportunity);
    if package.standing.ended_at(context.now) {
        return Err(Refusal::EndsInPast);
    }
    sold(package, context)
}
