//! The lists of opportunities: by status, stage, representative and customer, each one Query of an index
//! that carries what a list shows.

use aws_sdk_dynamodb::types::AttributeValue;
use chrono::NaiveDate;
use domain::pipeline::{ForecastCategory, Opportunity, Status};
use domain::{
    ActorId, BusinessId, Currency, CustomerId, Instant, Money, Name, OpportunityId, SchemeId,
};
use serde::{Deserialize, Serialize};

use crate::keys;
use crate::store::{Range, read};
use crate::table::{BY_REPRESENTATIVE, BY_STAGE, Index, OF_CUSTOMER, PIPELINE};
use crate::{Cursor, Fault, List, Page, PageRequest, Store, derived_bytes};

/// What lists show of an opportunity, under names of one letter: an index holds it four times. Its
/// version is not among it, so that what changes nothing here, such as a note, costs no index a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Card {
    #[serde(rename = "t", default, skip_serializing_if = "Option::is_none")]
    title: Option<Name>,
    #[serde(rename = "c")]
    customer: CustomerId,
    #[serde(rename = "s")]
    scheme: SchemeId,
    #[serde(rename = "g")]
    stage: u16,
    #[serde(rename = "p")]
    probability_percent: u8,
    #[serde(rename = "f")]
    forecast: ForecastCategory,
    #[serde(rename = "u")]
    currency: Currency,
    #[serde(rename = "a")]
    amount_minor: u64,
    /// Only where it is another than the amount.
    #[serde(rename = "v", default, skip_serializing_if = "Option::is_none")]
    value_minor: Option<u64>,
    #[serde(rename = "r")]
    representative: ActorId,
    #[serde(rename = "x", default, skip_serializing_if = "Option::is_none")]
    rots_on: Option<NaiveDate>,
    #[serde(
        rename = "n",
        default,
        skip_serializing_if = "Option::is_none",
        with = "chrono::serde::ts_milliseconds_option"
    )]
    next_activity_at: Option<Instant>,
}

/// An item of the index.
#[derive(Debug, Deserialize)]
struct Listed {
    listed: String,
    card: Card,
}

/// An opportunity as lists show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpportunityCard {
    /// Its id.
    pub id: OpportunityId,
    /// What it is called.
    pub title: Option<Name>,
    /// The customer or lead.
    pub customer: CustomerId,
    /// Whether it is still one.
    pub status: Status,
    /// In which scheme.
    pub scheme: SchemeId,
    /// In which stage of it.
    pub stage: u16,
    /// How likely the stage makes it, in per cent.
    pub probability_percent: u8,
    /// Where it stands in the forecast.
    pub forecast: ForecastCategory,
    /// The estimate, the total of the lines, or that of the primary quote.
    pub amount: Money,
    /// What the amount comes to over its term.
    pub value: Money,
    /// Who answers for it.
    pub representative: ActorId,
    /// When it was decided, or is expected to be.
    pub close_on: NaiveDate,
    /// The first day on which it has been in its stage for too long.
    pub rots_on: Option<NaiveDate>,
    /// When the next activity is due.
    pub next_activity_at: Option<Instant>,
}

/// Which opportunities. The first of customer, stage and representative that is given chooses the list;
/// the others sieve its pages.
#[derive(Debug, Clone, Default)]
pub struct OpportunityFilter {
    /// Of this customer.
    pub customer: Option<CustomerId>,
    /// In this stage of a scheme.
    pub stage: Option<(SchemeId, u16)>,
    /// Of this representative.
    pub representative: Option<ActorId>,
    /// Whether the representative's is the only list that may be read: a cursor names what it passed.
    pub only_theirs: bool,
    /// Of this status.
    pub status: Option<Status>,
    /// Decided, or expected to be, on this day or later; only with a status.
    pub close_from: Option<NaiveDate>,
    /// Decided, or expected to be, on this day or earlier; only with a status.
    pub close_to: Option<NaiveDate>,
    /// Open, and in their stage for too long on this day.
    pub rotting_on: Option<NaiveDate>,
    /// The other way round.
    pub descending: bool,
}

impl Card {
    pub(crate) fn of(opportunity: &Opportunity) -> Self {
        let position = &opportunity.position;
        let value_minor = position.value.amount_minor();
        let amount_minor = position.amount.amount_minor();
        Self {
            title: opportunity.title.clone(),
            customer: opportunity.customer,
            scheme: position.scheme,
            stage: position.stage,
            probability_percent: position.probability_percent,
            forecast: position.forecast,
            currency: position.amount.currency(),
            amount_minor,
            value_minor: Some(value_minor).filter(|value| *value != amount_minor),
            representative: position.representative.clone(),
            rots_on: position.rots_on,
            next_activity_at: opportunity.next_activity().map(|planned| planned.at),
        }
    }

    pub(crate) fn attribute(&self) -> Result<AttributeValue, Fault> {
        serde_dynamo::aws_sdk_dynamodb_1::to_attribute_value(self).map_err(Fault::broken)
    }
}

impl Listed {
    fn opportunity(self) -> Result<OpportunityCard, Fault> {
        let (status, close_on, id) = keys::of_listed(&self.listed)
            .ok_or_else(|| Fault::broken(format_args!("listed as {}", self.listed)))?;
        let card = self.card;
        let money = |minor| Money::new(minor, card.currency).map_err(Fault::broken);
        Ok(OpportunityCard {
            id,
            title: card.title,
            customer: card.customer,
            status,
            scheme: card.scheme,
            stage: card.stage,
            probability_percent: card.probability_percent,
            forecast: card.forecast,
            amount: money(card.amount_minor)?,
            value: money(card.value_minor.unwrap_or(card.amount_minor))?,
            representative: card.representative,
            close_on,
            rots_on: card.rots_on,
            next_activity_at: card.next_activity_at,
        })
    }
}

impl OpportunityFilter {
    /// The index to be asked, and its partition.
    fn list(&self, business: &BusinessId) -> (Index, String) {
        if let Some(representative) = self.representative.as_ref().filter(|_| self.only_theirs) {
            let partition = keys::of_representative(business, representative);
            return (BY_REPRESENTATIVE, partition);
        }
        if let Some(customer) = self.customer {
            return (OF_CUSTOMER, keys::of_customer(business, customer));
        }
        if let Some((scheme, stage)) = self.stage {
            return (BY_STAGE, keys::in_stage(business, scheme, stage));
        }
        match &self.representative {
            Some(representative) => {
                let partition = keys::of_representative(business, representative);
                (BY_REPRESENTATIVE, partition)
            }
            None => (PIPELINE, keys::pipeline(business)),
        }
    }

    /// Which list it asks for, for its cursors: one of another list would go on in the middle of this one.
    pub fn list_of(&self, business: &BusinessId) -> List {
        List::Opportunities(self.digest(business))
    }

    fn digest(&self, business: &BusinessId) -> u32 {
        let (index, partition) = self.list(business);
        let asked = (self.status, self.close_from, self.close_to, self.descending);
        let rotting = self.rotting_on.is_some();
        let whose = (&self.customer, &self.stage, &self.representative);
        let [a, b, c, d, ..] = derived_bytes(&[
            index.name,
            &partition,
            &format!("{asked:?} {rotting} {whose:?}"),
        ]);
        u32::from_be_bytes([a, b, c, d])
    }

    /// The first and the last sort key, both included.
    fn bounds(&self) -> (Option<String>, Option<String>) {
        let Some(status) = self.status else {
            return (None, None);
        };
        let whole = keys::listed_as(status);
        let from = self.close_from.map(|day| keys::listed_on(status, day));
        let to = self.close_to.map(|day| keys::listed_on(status, day));
        // Nothing that is listed holds a tilde.
        let to = format!("{}~", to.unwrap_or_else(|| whole.clone()));
        (Some(from.unwrap_or(whole)), Some(to))
    }

    fn takes(&self, card: &OpportunityCard) -> bool {
        let stage = self
            .stage
            .is_none_or(|stage| stage == (card.scheme, card.stage));
        let whose = self.customer;
        let whose = whose.is_none_or(|customer| customer == card.customer);
        let by = self.representative.as_ref();
        let by = by.is_none_or(|by| by == &card.representative);
        let rotting = self.rotting_on.is_none_or(|today| {
            let rots = card.rots_on.is_some_and(|rots_on| rots_on <= today);
            card.status == Status::Open && rots
        });
        stage && whose && by && rotting
    }
}

impl Store {
    /// A page of opportunities: by status, then by the day of the decision. Where more is asked than
    /// the list is of, a page may hold less than its limit, and nothing, although the list goes on.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn opportunities(
        &self,
        business: &BusinessId,
        filter: &OpportunityFilter,
        page: &PageRequest,
    ) -> Result<Page<OpportunityCard>, Fault> {
        let (index, partition) = filter.list(business);
        let (mut from, mut to) = filter.bounds();
        // Where a page goes on, the key it ended with is a bound, and read once more.
        let list = filter.digest(business);
        let after = page.after.as_ref();
        let seen = after.and_then(|after| after.sort_key_of(list).map(str::to_owned));
        if let Some(seen) = &seen {
            let bound = if filter.descending {
                &mut to
            } else {
                &mut from
            };
            *bound = Some(match (bound.take(), filter.descending) {
                (Some(bound), true) => bound.min(seen.clone()),
                (Some(bound), false) => bound.max(seen.clone()),
                (None, _) => seen.clone(),
            });
        }
        if from.is_some() && to.is_some() && from > to {
            return Ok(Page {
                items: Vec::new(),
                next: None,
            });
        }
        let range = Range {
            from,
            to,
            descending: filter.descending,
            limit: Some(page.limit + 1 + u16::from(seen.is_some())),
        };
        let (items, goes_on) = self.query_page(Some(index), &partition, &range).await?;
        let listed = items.into_iter().map(read::<Listed>);
        let mut listed: Vec<Listed> = listed.collect::<Result<_, _>>()?;
        listed.retain(|item| Some(&item.listed) != seen.as_ref());
        let limit = usize::from(page.limit);
        let more = goes_on || listed.len() > limit;
        listed.truncate(limit);
        let next = listed.last().filter(|_| more);
        let next = next.map(|item| Cursor::of_list(list, &item.listed));
        let cards = listed.into_iter().map(Listed::opportunity);
        let mut items: Vec<OpportunityCard> = cards.collect::<Result<_, _>>()?;
        items.retain(|card| filter.takes(card));
        Ok(Page { items, next })
    }
}
