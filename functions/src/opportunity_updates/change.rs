//! What everything that happens to an opportunity has in common.

use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{Goods, Item, Opportunity, Parties, Party, PipelineRefusal, Quota, Rules};
use domain::{Context, Decision, OpportunityId, QuotaId, Refusal, Role};
use infra::{Consistency, Fault, Mutation, OpportunityState, Store, fingerprint, settle};
use serde::Serialize;

use super::OpportunityView;
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Problem};

/// Something to be done to an opportunity that exists, on the version that the caller read.
pub(super) struct Change<'a> {
    caller: &'a Caller,
    id: OpportunityId,
    /// The version that the caller read.
    expected: u64,
    /// What the lines in question name.
    items: Vec<Item>,
    /// Who is to be linked.
    party: Option<Party>,
    /// The quotas in question beside the one that it counts for; none where no quota is.
    quotas: Option<Vec<QuotaId>>,
    /// Whether the customer is looked at where winning it opens the next one.
    next: bool,
    context: Context,
}

/// What a change is decided on.
pub(super) struct Changing<'a> {
    /// The opportunity.
    pub(super) opportunity: &'a Opportunity,
    /// The version that the caller read.
    pub(super) expected: u64,
    /// How the business sells.
    pub(super) rules: &'a Rules,
    /// What the lines in question name.
    pub(super) goods: &'a Goods,
    /// Who is to be linked.
    pub(super) parties: &'a Parties,
    /// The quotas in question, as far as there are such.
    pub(super) quotas: &'a [Quota],
    /// The customer, where winning it opens the next one.
    pub(super) customer: Option<&'a Customer>,
    /// The surroundings.
    pub(super) context: &'a Context,
}

impl Caller {
    /// Whether this opportunity is one that the caller works on: sales have their own.
    ///
    /// # Errors
    /// [`PipelineRefusal::OpportunityMissing`], as if it did not exist.
    pub(crate) fn works_on(&self, opportunity: &Opportunity) -> Result<(), Refusal> {
        let theirs = opportunity.position.representative == self.actor.id;
        match self.actor.role {
            Role::Owner | Role::Staff | Role::Machine => Ok(()),
            Role::Sales if theirs => Ok(()),
            Role::Sales | Role::Customer => Err(PipelineRefusal::OpportunityMissing.into()),
        }
    }
}

impl<'a> Change<'a> {
    /// The change that `verb` with `content` makes to the opportunity.
    ///
    /// # Errors
    /// `if-match-required` (428); a problem when the operating system has no randomness.
    pub(super) fn new(
        app: &App,
        caller: &'a Caller,
        id: OpportunityId,
        if_match: IfMatch,
        (verb, content): (&str, &impl Serialize),
    ) -> Result<Self, Problem> {
        let expected = if_match.required()?;
        let content = fingerprint(verb, &(id, expected, content))?;
        Ok(Self {
            caller,
            id,
            expected,
            items: Vec::new(),
            party: None,
            quotas: None,
            next: false,
            context: app.context(caller, content)?,
        })
    }

    /// The same, for which goods are looked at, too.
    pub(super) fn of_items(self, items: Vec<Item>) -> Self {
        Self { items, ..self }
    }

    /// The same, for which somebody is looked at, too.
    pub(super) fn of_party(self, party: Party) -> Self {
        Self {
            party: Some(party),
            ..self
        }
    }

    /// The same, for which the quota that it counts for is looked at, too, and another one.
    pub(super) fn of_quotas(self, another: Option<QuotaId>) -> Self {
        Self {
            quotas: Some(another.into_iter().collect()),
            ..self
        }
    }

    /// The same, for which the customer is looked at, too, if winning it opens the next one.
    pub(super) fn of_next(self, next: bool) -> Self {
        Self { next, ..self }
    }

    /// Does it by the verb's own decision, and answers with the opportunity as it is then; where it changes
    /// nothing, as it was when that was seen. A repeated request is answered with the opportunity as it is now: the
    /// journal, which rebuilds other answers, has nothing that people wrote.
    ///
    /// # Errors
    /// `opportunity-not-found`, then the verb's own.
    pub(super) async fn by<D>(
        self,
        app: &App,
        decide: D,
    ) -> Result<Answer<OpportunityView>, Problem>
    where
        D: Fn(&Changing<'_>) -> Result<Option<Decision>, Refusal> + Sync,
    {
        let (business, id) = (self.context.business.clone(), self.id);
        let deciding = Deciding {
            request: self,
            decide,
        };
        let settled = settle(&app.store, &deciding).await?;
        let opportunity = match (&settled.entry, settled.replayed) {
            (None, _) => settled.state.state.opportunity.clone(),
            (Some(_), false) => {
                let changed = deciding.decide(&settled.state)?;
                changed.as_ref().and_then(Decision::opportunity).cloned()
            }
            (Some(_), true) => {
                app.store
                    .opportunity(&business, id, Consistency::Strong)
                    .await?
            }
        };
        let opportunity =
            opportunity.ok_or(Refusal::Pipeline(PipelineRefusal::OpportunityMissing))?;
        let version = opportunity.version;
        // What sales gave away is told as they left it, and not what became of it since.
        if version != deciding.request.expected + 1 {
            deciding.request.caller.works_on(&opportunity)?;
        }
        let rules = settled.state.state.rules;
        Ok(Answer::ok(OpportunityView::of(opportunity, &rules)?)
            .version(version)
            .replayed(settled.replayed))
    }
}

/// A request with its verb's decision.
struct Deciding<'a, D> {
    request: Change<'a>,
    decide: D,
}

impl<D> Deciding<'_, D> {
    /// The opportunity, and the surroundings of a change of it.
    fn of<'s>(&self, state: &'s OpportunityState) -> Result<(&'s Opportunity, Context), Refusal> {
        let opportunity = state.opportunity.as_ref();
        let opportunity = opportunity.ok_or(PipelineRefusal::OpportunityMissing)?;
        let context = salted(&self.request.context, opportunity);
        let context = context.map_err(|_| PipelineRefusal::OpportunityMissing)?;
        Ok((opportunity, context))
    }
}

/// `context` with its fingerprint salted by the opportunity: without the salt nobody finds in the
/// journal what they know that was written.
///
/// # Errors
/// None in practice: what JSON cannot express is not digested.
pub(super) fn salted(context: &Context, opportunity: &Opportunity) -> Result<Context, Fault> {
    Ok(Context {
        fingerprint: fingerprint("salted", &(&context.fingerprint, &opportunity.salt))?,
        ..context.clone()
    })
}

/// What was read for a change.
struct ChangeState {
    state: OpportunityState,
    parties: Parties,
    /// The customer, where winning it opens the next one.
    customer: Option<Customer>,
}

impl<D> Mutation for Deciding<'_, D>
where
    D: Fn(&Changing<'_>) -> Result<Option<Decision>, Refusal> + Sync,
{
    type State = ChangeState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let Change {
            id,
            expected,
            items,
            party,
            quotas,
            next,
            context,
            ..
        } = &self.request;
        let (business, version) = (&context.business, (*id, expected + 1));
        let (mut state, parties) = tokio::try_join!(
            store.opportunity_state(business, version, items, consistency),
            store.parties(business, *party, consistency),
        )?;
        if let Some(quotas) = quotas {
            let present = state.opportunity.as_ref();
            let present = present.and_then(|opportunity| opportunity.quota);
            let named: Vec<QuotaId> = quotas.iter().copied().chain(present).collect();
            state.quotas = store.quotas_of(business, &named, consistency).await?;
        }
        let present = state.opportunity.as_ref().filter(|_| *next);
        let customer = match present.filter(|present| present.may_open_next()) {
            Some(present) => {
                store
                    .customer(business, present.customer, consistency)
                    .await?
            }
            None => None,
        };
        Ok(ChangeState {
            state,
            parties,
            customer,
        })
    }

    /// What sales gave away is not theirs any more, and yet they gave it away when they ask again.
    fn repeated<'s>(&self, read: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        let state = &read.state;
        let (opportunity, context) = self.of(state)?;
        let found = context.repeated_edit(state.entry.as_ref());
        let caller = self.request.caller;
        match found.filter(|entry| entry.actor.id == caller.actor.id) {
            Some(own) => Ok(Some(own)),
            None => caller.works_on(opportunity).map(|()| found),
        }
    }

    fn decide(&self, read: &Self::State) -> Result<Option<Decision>, Refusal> {
        let ChangeState {
            state,
            parties,
            customer,
        } = read;
        let (opportunity, context) = self.of(state)?;
        self.request.caller.works_on(opportunity)?;
        (self.decide)(&Changing {
            opportunity,
            expected: self.request.expected,
            rules: &state.rules,
            goods: &state.goods,
            parties,
            quotas: &state.quotas,
            customer: customer.as_ref(),
            context: &context,
        })
    }
}
