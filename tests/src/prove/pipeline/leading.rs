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
                let (of, step) = (*of, QuoteStep::Send);
                match model.has_quote(step) {
                    true => Some(Deal::Quote { of, step }),
                    false => drafted(model, of),
                }
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
