//! What everything that happens to a quote has in common.

use domain::journal::Entry;
use domain::pipeline::{Opportunity, PipelineRefusal, Quote, Quoting};
use domain::{Context, Decision, QuoteId, Refusal, Role};
use infra::{
    Consistency, Fault, Mutation, QuoteOf, QuoteReads, QuoteState, QuotesBeside, Store,
    fingerprint, settle,
};
use serde::Serialize;

use super::super::change::salted;
use super::QuoteView;
use crate::App;
use crate::edge::{Answer, Caller, Problem};

/// Something to be done to a quote, or a quote to be made.
pub(super) struct QuoteChange<'a> {
    caller: &'a Caller,
    reads: QuoteReads,
    /// Whether nothing is concluded from a read that may be behind.
    strongly: bool,
    context: Context,
}

/// What a change is decided on.
pub(super) struct Changing<'a> {
    /// All that was looked at.
    pub(super) state: &'a QuoteState,
    /// The opportunity, the customer and how the business sells.
    pub(super) quoting: Quoting<'a>,
    /// The surroundings.
    pub(super) context: &'a Context,
}

impl Changing<'_> {
    /// The quote that it is about.
    ///
    /// # Errors
    /// [`PipelineRefusal::QuoteMissing`].
    pub(super) fn quote(&self) -> Result<&Quote, Refusal> {
        let quote = self.state.quote.as_ref();
        Ok(quote.ok_or(PipelineRefusal::QuoteMissing)?)
    }
}

impl Caller {
    /// The quote and its opportunity, if the caller may see the quote: sales see those of their own
    /// opportunities, customers those that were sent to them.
    ///
    /// # Errors
    /// [`PipelineRefusal::QuoteMissing`], as if it did not exist.
    pub(super) fn sees_quote<'s>(
        &self,
        state: &'s QuoteState,
    ) -> Result<(&'s Quote, &'s Opportunity), Refusal> {
        let found = state.quote.as_ref().zip(state.opportunity.as_ref());
        let (quote, opportunity) = found.ok_or(PipelineRefusal::QuoteMissing)?;
        let seen = match self.actor.role {
            Role::Customer => quote.sent_at.is_some() && self.owns(state.customer.as_ref()),
            Role::Owner | Role::Staff | Role::Sales | Role::Machine => {
                self.works_on(opportunity).is_ok()
            }
        };
        match seen {
            true => Ok((quote, opportunity)),
            false => Err(PipelineRefusal::QuoteMissing.into()),
        }
    }
}

impl<'a> QuoteChange<'a> {
    /// What `verb` with `content` does to what `of` names.
    ///
    /// # Errors
    /// A problem when the operating system has no randomness.
    pub(super) fn new(
        app: &App,
        caller: &'a Caller,
        of: QuoteOf,
        (verb, content): (&str, &impl Serialize),
    ) -> Result<Self, Problem> {
        let subject = match of {
            QuoteOf::Quote(id) => id.to_string(),
            QuoteOf::Opportunity(id) => id.to_string(),
        };
        Ok(Self {
            caller,
            reads: QuoteReads {
                of,
                made: None,
                beside: QuotesBeside::Nothing,
            },
            strongly: false,
            context: app.context(caller, fingerprint(verb, &(subject, content))?)?,
        })
    }

    /// The surroundings, before they are salted.
    pub(super) fn context(&self) -> &Context {
        &self.context
    }

    /// The same, which makes this quote: two requests that say the same make two.
    ///
    /// # Errors
    /// None in practice: what JSON cannot express is not digested.
    pub(super) fn making(mut self, made: QuoteId) -> Result<Self, Problem> {
        self.reads.made = Some(made);
        self.context.fingerprint = fingerprint("making", &(&self.context.fingerprint, made))?;
        Ok(self)
    }

    /// The same, for which other things are looked at, too.
    pub(super) fn beside(mut self, beside: QuotesBeside) -> Self {
        self.reads.beside = beside;
        self
    }

    /// The same, which concludes nothing from a read that may be behind: not even that nothing is left to
    /// do.
    pub(super) fn strongly(self) -> Self {
        Self {
            strongly: true,
            ..self
        }
    }

    /// Does it by the verb's own decision, and answers with the quote as it is then. A repeated request
    /// is answered with the quote as it was when that was seen.
    ///
    /// # Errors
    /// `quote-not-found` or `opportunity-not-found`, then the verb's own.
    pub(super) async fn by<D>(self, app: &App, decide: D) -> Result<Answer<QuoteView>, Problem>
    where
        D: Fn(&Changing<'_>) -> Result<Option<Decision>, Refusal> + Sync,
    {
        let business = self.context.business.clone();
        let named = match self.reads.of {
            QuoteOf::Quote(id) => Some(id),
            QuoteOf::Opportunity(_) => None,
        };
        let (made, now) = (self.reads.made, self.context.now);
        let missing = Refusal::Pipeline(PipelineRefusal::QuoteMissing);
        let id = made.or(named).ok_or(missing.clone())?;
        let deciding = Deciding {
            request: self,
            decide,
        };
        let settled = settle(&app.store, &deciding).await?;
        let made_or_changed = match (&settled.entry, settled.replayed) {
            (None, _) => settled.state.made.clone().or(settled.state.quote.clone()),
            (Some(_), false) => {
                let changed = deciding.decide(&settled.state)?;
                changed.as_ref().and_then(|it| it.quote(id)).cloned()
            }
            (Some(_), true) => None,
        };
        // None where only its opportunity changed, or another request did this one before.
        let quote = match made_or_changed {
            Some(quote) => Some(quote),
            None => app.store.quote(&business, id, Consistency::Strong).await?,
        };
        let quote = quote.ok_or(missing)?;
        let version = quote.version;
        let view = QuoteView::of(quote, settled.state.rules.today(now)?);
        let answer = match made {
            Some(_) => Answer::created(view),
            None => Answer::ok(view),
        };
        Ok(answer.version(version).replayed(settled.replayed))
    }
}

/// A request with its verb's decision.
struct Deciding<'a, D> {
    request: QuoteChange<'a>,
    decide: D,
}

impl<D> Deciding<'_, D> {
    /// The opportunity, if the caller may see what the request names.
    fn seen<'s>(&self, state: &'s QuoteState) -> Result<&'s Opportunity, Refusal> {
        let caller = self.request.caller;
        match self.request.reads.of {
            QuoteOf::Quote(_) => Ok(caller.sees_quote(state)?.1),
            QuoteOf::Opportunity(_) => {
                let opportunity = state.opportunity.as_ref();
                let opportunity = opportunity.ok_or(PipelineRefusal::OpportunityMissing)?;
                caller.works_on(opportunity)?;
                Ok(opportunity)
            }
        }
    }
}

impl<D> Mutation for Deciding<'_, D>
where
    D: Fn(&Changing<'_>) -> Result<Option<Decision>, Refusal> + Sync,
{
    type State = QuoteState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let QuoteChange {
            reads,
            strongly,
            context,
            ..
        } = &self.request;
        let consistency = match strongly {
            true => Consistency::Strong,
            false => consistency,
        };
        store
            .quote_state(&context.business, reads, consistency)
            .await
    }

    /// What is there says whether a request was carried out before: each verb answers that nothing is
    /// left to do.
    fn repeated<'s>(&self, _: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(None)
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let opportunity = self.seen(state)?;
        if let Some(quote) = &state.quote
            && !opportunity.quotes.contains(&quote.reference())
        {
            // Two partitions are not read at one moment: something has just become of the quote.
            return Err(Refusal::HoldMissing);
        }
        let context = salted(&self.request.context, opportunity);
        let context = context.map_err(|_| PipelineRefusal::QuoteMissing)?;
        (self.decide)(&Changing {
            state,
            quoting: Quoting {
                rules: &state.rules,
                opportunity,
                customer: state.customer.as_ref(),
            },
            context: &context,
        })
    }
}
