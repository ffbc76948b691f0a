//! What all verbs of quotes have in common.

use chrono::NaiveDate;

use super::super::change::step;
use super::super::{Opportunity, OpportunityEvent, Quote, QuoteStatus, Rules};
use crate::customers::Customer;
use crate::{Context, Decision, Put, QuoteId, Refusal};

/// What a verb of a quote looks at beside it.
#[derive(Debug, Clone, Copy)]
pub struct Quoting<'s> {
    /// How the business sells.
    pub rules: &'s Rules,
    /// The opportunity that the quote is of.
    pub opportunity: &'s Opportunity,
    /// The customer that it is for.
    pub customer: Option<&'s Customer>,
}

impl Quoting<'_> {
    /// # Errors
    /// In this order: [`Refusal::SettingsMissing`],
    /// [`super::super::PipelineRefusal::OpportunityClosed`], [`Refusal::CustomerNotFound`],
    /// [`Refusal::CustomerErased`].
    pub(super) fn may_be_offered(&self) -> Result<(), Refusal> {
        self.rules.zone()?;
        self.opportunity.position.status.must_be_undecided()?;
        self.customer.ok_or(Refusal::CustomerNotFound)?.is_there()
    }

    /// The decision that brings the opportunity to `after`, with these quotes as they become: their
    /// references in it are made to say the same.
    ///
    /// # Errors
    /// Those of [`Rules::settle`].
    pub(super) fn changed(
        &self,
        mut after: Opportunity,
        quotes: Vec<Quote>,
        event: OpportunityEvent,
        context: &Context,
    ) -> Result<Decision, Refusal> {
        for quote in &quotes {
            after.refer_to(quote);
        }
        self.rules.settle(&mut after)?;
        let mut decision = step(Some(self.opportunity), after, event, context);
        // What is written of somebody who was erased is not written once more.
        let there = self.opportunity.salt.is_some();
        let puts = quotes.into_iter().map(|quote| {
            let note = quote.note.clone().filter(|_| there);
            Put::Quote(Box::new(Quote { note, ..quote }))
        });
        decision.puts.extend(puts);
        Ok(decision)
    }
}

impl Opportunity {
    /// Makes its reference to the quote say what the quote does.
    pub(super) fn refer_to(&mut self, quote: &Quote) {
        let reference = quote.reference();
        match self.quotes.iter_mut().find(|known| known.id == quote.id) {
            Some(known) => *known = reference,
            None => self.quotes.push(reference),
        }
    }

    /// Where the amount followed this quote, it follows the last other one that was sent and can still be
    /// accepted, or none.
    pub(super) fn follow_another_than(&mut self, quote: QuoteId, today: NaiveDate) {
        if self.primary != Some(quote) {
            return;
        }
        let mut others = self.quotes.iter().rev().filter(|other| other.id != quote);
        let sent =
            others.find(|other| other.status == QuoteStatus::Sent && !other.has_lapsed(today));
        self.primary = sent.map(|other| other.id);
    }
}

impl Quote {
    /// The quote as this request leaves it.
    pub(super) fn becomes(&self, status: QuoteStatus, context: &Context) -> Quote {
        let answered = match status {
            QuoteStatus::Draft | QuoteStatus::Sent => self.answered_at,
            QuoteStatus::Accepted
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => Some(context.now),
        };
        let sent = match status {
            QuoteStatus::Sent => Some(context.now),
            QuoteStatus::Draft
            | QuoteStatus::Accepted
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => self.sent_at,
        };
        Quote {
            status,
            sent_at: sent,
            answered_at: answered,
            changed_by: context.fingerprint.clone(),
            version: self.version + 1,
            ..self.clone()
        }
    }
}

impl Decision {
    /// The quote of this id, as it becomes.
    pub fn quote(&self, id: QuoteId) -> Option<&Quote> {
        self.puts.iter().find_map(|put| {
            if let Put::Quote(quote) = put
                && quote.id == id
            {
                return Some(&**quote);
            }
            None
        })
    }
}
