//! Quotes, and what deciding on them looks at.

use domain::customers::Customer;
use domain::pipeline::{Goods, Item as LineOf, Opportunity, Quote, QuoteStatus, Rules};
use domain::{BusinessId, CustomerId, OpportunityId, QuoteId};

use crate::keys::{self, Key};
use crate::opportunities::{goods_keys, take_goods};
use crate::store::read;
use crate::{Consistency, Fault, Store};

/// What a request about quotes names.
#[derive(Debug, Clone)]
pub struct QuoteReads {
    /// The quote or, for the first one, the opportunity.
    pub of: QuoteOf,
    /// The quote that it makes.
    pub made: Option<QuoteId>,
    /// What else is looked at.
    pub beside: QuotesBeside,
}

/// What a request is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuoteOf {
    /// A quote that is there.
    Quote(QuoteId),
    /// An opportunity.
    Opportunity(OpportunityId),
}

/// What is looked at beside a quote and its opportunity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotesBeside {
    /// Nothing.
    Nothing,
    /// What these lines name.
    Lines(Vec<LineOf>),
    /// What the opportunity's own lines name.
    OwnLines,
    /// The quote that it is the next revision of.
    Revised,
    /// The opportunity's other quotes that are drafted or sent.
    Standing,
    /// All of the opportunity's quotes.
    All,
}

/// What a request about quotes is decided on.
#[derive(Debug, Clone)]
pub struct QuoteState {
    /// How the business sells.
    pub rules: Rules,
    /// The quote; none if there is no such one, or none was named.
    pub quote: Option<Quote>,
    /// Its opportunity; none if there is no such one.
    pub opportunity: Option<Opportunity>,
    /// The customer that it is for.
    pub customer: Option<Customer>,
    /// What is there under the id of the quote that is made.
    pub made: Option<Quote>,
    /// What the lines in question name.
    pub goods: Goods,
    /// The other quotes in question, in the order in which they were made.
    pub others: Vec<Quote>,
}

impl Store {
    /// A quote; none if there is no such one.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quote(
        &self,
        business: &BusinessId,
        id: QuoteId,
        consistency: Consistency,
    ) -> Result<Option<Quote>, Fault> {
        let key = keys::quote(business, id);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// What a request about quotes looks at: the quote, which says what it is of; then all that is known
    /// by that in one trip; and one more for what only the opportunity tells, such as its other quotes.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn quote_state(
        &self,
        business: &BusinessId,
        reads: &QuoteReads,
        consistency: Consistency,
    ) -> Result<QuoteState, Fault> {
        let quote = match reads.of {
            QuoteOf::Quote(id) => self.quote(business, id, consistency).await?,
            QuoteOf::Opportunity(_) => None,
        };
        let of = match (reads.of, &quote) {
            (QuoteOf::Opportunity(id), _) => id,
            (QuoteOf::Quote(_), Some(quote)) => quote.opportunity,
            (QuoteOf::Quote(_), None) => return Ok(QuoteState::nothing()),
        };
        let record = keys::opportunity(business, of);
        let made = reads.made.map(|id| keys::quote(business, id));
        let profile = |id: CustomerId| keys::profile(business, id);
        let buyer = quote.as_ref().map(|quote| profile(quote.customer));
        let revised = match &reads.beside {
            QuotesBeside::Revised => quote.as_ref().and_then(|quote| quote.revises),
            QuotesBeside::Nothing
            | QuotesBeside::Lines(_)
            | QuotesBeside::OwnLines
            | QuotesBeside::Standing
            | QuotesBeside::All => None,
        };
        let revised = revised.map(|id| keys::quote(business, id));
        let goods = match &reads.beside {
            QuotesBeside::Lines(lines) => goods_keys(business, lines),
            QuotesBeside::Nothing
            | QuotesBeside::OwnLines
            | QuotesBeside::Revised
            | QuotesBeside::Standing
            | QuotesBeside::All => Vec::new(),
        };
        let mut others = vec![record.clone()];
        others.extend([&made, &buyer, &revised].into_iter().flatten().cloned());
        others.extend(goods.iter().cloned());
        let (rules, mut found) = self.rules_and(business, &others, consistency).await?;
        let mut state = QuoteState {
            rules,
            opportunity: found.take(&record)?,
            goods: take_goods(&mut found, &goods)?,
            quote,
            ..QuoteState::nothing()
        };
        if let Some(key) = &made {
            state.made = found.take(key)?;
        }
        if let Some(key) = &buyer {
            state.customer = found.take(key)?;
        }
        if let Some(key) = &revised {
            state.others.extend(found.take::<Quote>(key)?);
        }
        self.told_by_opportunity(business, &mut state, &reads.beside, consistency)
            .await?;
        Ok(state)
    }

    /// Reads what only the opportunity tells the keys of; without any, no request.
    async fn told_by_opportunity(
        &self,
        business: &BusinessId,
        state: &mut QuoteState,
        beside: &QuotesBeside,
        consistency: Consistency,
    ) -> Result<(), Fault> {
        let Some(opportunity) = &state.opportunity else {
            return Ok(());
        };
        let profile = keys::profile(business, opportunity.customer);
        let buyer = state.quote.is_none().then_some(profile);
        let own = || opportunity.lines.iter().map(|line| line.item);
        let goods = match beside {
            QuotesBeside::OwnLines => goods_keys(business, &own().collect::<Vec<_>>()),
            QuotesBeside::Nothing
            | QuotesBeside::Lines(_)
            | QuotesBeside::Revised
            | QuotesBeside::Standing
            | QuotesBeside::All => Vec::new(),
        };
        let except = state.quote.as_ref().map(|quote| quote.id);
        let others: Vec<Key> = opportunity
            .quotes
            .iter()
            .filter(|other| match beside {
                QuotesBeside::Standing => match other.status {
                    QuoteStatus::Draft | QuoteStatus::Sent => Some(other.id) != except,
                    QuoteStatus::Accepted
                    | QuoteStatus::Rejected
                    | QuoteStatus::Withdrawn
                    | QuoteStatus::Superseded => false,
                },
                QuotesBeside::All => true,
                QuotesBeside::Nothing
                | QuotesBeside::Lines(_)
                | QuotesBeside::OwnLines
                | QuotesBeside::Revised => false,
            })
            .map(|other| keys::quote(business, other.id))
            .collect();
        let mut wanted: Vec<Key> = buyer.iter().cloned().collect();
        wanted.extend(goods.iter().chain(&others).cloned());
        let mut found = crate::customers::Found(self.batch_get(&wanted, consistency).await?);
        if let Some(buyer) = &buyer {
            state.customer = found.take(buyer)?;
        }
        if !goods.is_empty() {
            state.goods = take_goods(&mut found, &goods)?;
        }
        for key in &others {
            state.others.extend(found.take::<Quote>(key)?);
        }
        Ok(())
    }
}

impl QuoteState {
    fn nothing() -> Self {
        Self {
            rules: Rules {
                settings: None,
                reasons: None,
                schemes: Vec::new(),
            },
            quote: None,
            opportunity: None,
            customer: None,
            made: None,
            goods: Goods::default(),
            others: Vec::new(),
        }
    }
}
