//! What has to be done before something else can be, of opportunities and quotes.

use super::deal::{Change, Deal, FITTING, QuoteStep, Version};
use super::line::{Item, Line};
use super::opportunity::{Opportunity, Status};
use crate::prove::model::Model;

impl Deal {
    /// What is done in its place, as there is nothing yet that it is made for, and something may come of it; never
    /// of the last place.
    pub(crate) fn leading_to(&self, model: &Model) -> Option<Deal> {
        match self {
            Deal::Change { of, change, .. } if *of < FITTING => {
                let change = change.leading_to(model)?;
                Some(Deal::Change {
                    of: *of,
                    version: Version::Present,
                    change,
                })
            }
            Deal::Quote { of, step } if *of < FITTING && !model.has_quote(*step) => {
                let beside = beside_primary(model).filter(|_| *step == QuoteStep::Primary);
                let (of, step) = (*of, QuoteStep::Send);
                beside.or_else(|| match model.has_quote(step) {
                    true => Some(Deal::Quote { of, step }),
                    false => drafted(model, of),
                })
            }
            Deal::Open { .. }
            | Deal::Duplicate { .. }
            | Deal::Draft { .. }
            | Deal::Change { .. }
            | Deal::Quote { .. } => None,
        }
    }
}

impl Change {
    fn leading_to(&self, model: &Model) -> Option<Change> {
        let open = |one: &Opportunity| one.status == Status::Open;
        let lost = |one: &Opportunity| one.status.is_closed() && one.packages.is_empty();
        let rests = |one: &Opportunity| one.status == Status::Suspended;
        let first = match self {
            Change::Resume if !model.has_opportunity(rests) => Change::Suspend(3),
            Change::Reopen { .. } if !model.has_opportunity(lost) => {
                Change::Close(Status::Lost, Some("price"))
            }
            Change::Edit(_)
            | Change::Stage(_)
            | Change::Close(..)
            | Change::Suspend(_)
            | Change::Resume
            | Change::Reopen { .. }
            | Change::Assign(_)
            | Change::Lines(_) => return None,
        };
        model.has_opportunity(open).then_some(first)
    }
}

/// A second quote of an opportunity that has one that counts: sent or, first, drafted.
fn beside_primary(model: &Model) -> Option<Deal> {
    let has_primary = |one: &Opportunity| one.primary.is_some();
    let opportunities = &model.pipeline.opportunities;
    let step = QuoteStep::Send;
    let quotes = model.pipeline.quotes.iter();
    let mut drafts = quotes.filter(|quote| model.fits(quote, step));
    let draft = drafts.position(|draft| has_primary(&opportunities[draft.opportunity]));
    if let Some(of) = draft {
        return Some(Deal::Quote { of, step });
    }
    let mut undecided = opportunities.iter().filter(|one| !one.status.is_closed());
    drafted(model, undecided.position(has_primary)?)
}

/// A quote of a package of visits.
fn drafted(model: &Model, of: usize) -> Option<Deal> {
    let open = |one: &Opportunity| !one.status.is_closed();
    model.has_opportunity(open).then(|| Deal::Draft {
        of,
        lines: Some(vec![Line {
            item: Item::Template(0),
            count: 1,
            off: None,
        }]),
        until: None,
    })
}
