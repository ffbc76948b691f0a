//! Opportunities, and what deciding on them looks at.

use std::collections::BTreeSet;

use aws_sdk_dynamodb::types::AttributeValue;
use domain::catalog::{Service, Template};
use domain::customers::Customer;
use domain::journal::Entry;
use domain::pipeline::{
    Goods, Item as LineOf, Opening, Opportunity, PipelineSettings, Quota, Rules, StageScheme,
};
use domain::settings::Settings;
use domain::{BusinessId, CustomerId, EntryKey, OpportunityId, ServiceId, TemplateId};
use futures::future::try_join;
use serde::de::DeserializeOwned;

use crate::customers::Found;
use crate::keys::{self, Key};
use crate::opportunity_lists::Card;
use crate::store::{Item, read, write};
use crate::table::{BY_REPRESENTATIVE, BY_STAGE, CARD, LISTED, OF_CUSTOMER, PIPELINE};
use crate::{Consistency, Fault, Store};

/// What a change of an opportunity looks at.
#[derive(Debug, Clone)]
pub struct OpportunityState {
    /// How the business sells.
    pub rules: Rules,
    /// The opportunity; none if there is no such one.
    pub opportunity: Option<Opportunity>,
    /// The entry that brought it to the version in question.
    pub entry: Option<Entry>,
    /// What the lines in question name.
    pub goods: Goods,
    /// The quotas in question, where one is.
    pub quotas: Vec<Quota>,
}

/// What opening an opportunity looks at.
#[derive(Debug, Clone)]
pub struct OpeningState {
    /// What it is decided on.
    pub opening: Opening,
    /// The opportunity, if it was opened before.
    pub opportunity: Option<Opportunity>,
    /// The entry that opened it.
    pub entry: Option<Entry>,
}

impl Store {
    /// An opportunity; none if there is no such one.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn opportunity(
        &self,
        business: &BusinessId,
        id: OpportunityId,
        consistency: Consistency,
    ) -> Result<Option<Opportunity>, Fault> {
        let key = keys::opportunity(business, id);
        self.get(&key, consistency).await?.map(read).transpose()
    }

    /// How a business sells.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn rules(
        &self,
        business: &BusinessId,
        consistency: Consistency,
    ) -> Result<Rules, Fault> {
        Ok(self.rules_and(business, &[], consistency).await?.0)
    }

    /// How a business sells and, in the same round trip, what stands under other keys.
    pub(crate) async fn rules_and(
        &self,
        business: &BusinessId,
        others: &[Key],
        consistency: Consistency,
    ) -> Result<(Rules, Found), Fault> {
        let (settings, reasons) = (keys::settings(business), keys::pipeline_settings(business));
        let mut wanted = vec![settings.clone(), reasons.clone()];
        wanted.extend(others.iter().cloned());
        let partition = keys::schemes(business);
        let (schemes, found) = try_join(
            self.query_all(&partition, consistency),
            self.batch_get(&wanted, consistency),
        )
        .await?;
        let mut found = Found(found);
        let schemes = schemes.into_iter().map(read::<StageScheme>);
        let rules = Rules {
            settings: found.take::<Settings>(&settings)?,
            reasons: found.take::<PipelineSettings>(&reasons)?,
            schemes: schemes.collect::<Result<_, _>>()?,
        };
        Ok((rules, found))
    }

    /// What changing the opportunity `id` to `version` with these goods looks at: one round trip.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn opportunity_state(
        &self,
        business: &BusinessId,
        (id, version): (OpportunityId, u64),
        lines: &[LineOf],
        consistency: Consistency,
    ) -> Result<OpportunityState, Fault> {
        let record = keys::opportunity(business, id);
        let entry = keys::entry(business, &EntryKey::Opportunity(id, version));
        let goods = goods_keys(business, lines);
        let others = [vec![record.clone(), entry.clone()], goods.clone()].concat();
        let (rules, mut found) = self.rules_and(business, &others, consistency).await?;
        Ok(OpportunityState {
            rules,
            opportunity: found.take(&record)?,
            entry: found.take(&entry)?,
            goods: take_goods(&mut found, &goods)?,
            quotas: Vec::new(),
        })
    }

    /// What opening the opportunity `id` for a customer with these goods looks at: one round trip.
    ///
    /// # Errors
    /// [`Fault`] when the database fails.
    pub async fn opening_state(
        &self,
        business: &BusinessId,
        (id, customer): (OpportunityId, CustomerId),
        lines: &[LineOf],
        consistency: Consistency,
    ) -> Result<OpeningState, Fault> {
        let record = keys::opportunity(business, id);
        let entry = keys::entry(business, &EntryKey::Opportunity(id, 1));
        let profile = keys::profile(business, customer);
        let goods = goods_keys(business, lines);
        let others = [
            vec![record.clone(), entry.clone(), profile.clone()],
            goods.clone(),
        ]
        .concat();
        let (rules, mut found) = self.rules_and(business, &others, consistency).await?;
        Ok(OpeningState {
            opportunity: found.take(&record)?,
            entry: found.take(&entry)?,
            opening: Opening {
                rules,
                customer: found.take::<Customer>(&profile)?,
                goods: take_goods(&mut found, &goods)?,
            },
        })
    }
}

/// The keys of what lines name, each once.
pub(crate) fn goods_keys(business: &BusinessId, lines: &[LineOf]) -> Vec<Key> {
    let key = |item: &LineOf| match item {
        LineOf::ServiceId(id) => keys::service(business, *id),
        LineOf::TemplateId(id) => keys::template(business, *id),
    };
    let mut seen = BTreeSet::new();
    let keys = lines.iter().map(key);
    keys.filter(|key| seen.insert((key.pk.clone(), key.sk.clone())))
        .collect()
}

/// The goods found under these keys.
pub(crate) fn take_goods(found: &mut Found, wanted: &[Key]) -> Result<Goods, Fault> {
    Ok(Goods {
        services: take_those::<Service>(found, wanted, ServiceId::PREFIX)?,
        templates: take_those::<Template>(found, wanted, TemplateId::PREFIX)?,
    })
}

fn take_those<T: DeserializeOwned>(
    found: &mut Found,
    wanted: &[Key],
    prefix: &str,
) -> Result<Vec<T>, Fault> {
    let keys = wanted.iter().filter(|key| key.sk.starts_with(prefix));
    let taken: Vec<Option<T>> = keys.map(|key| found.take(key)).collect::<Result<_, _>>()?;
    Ok(taken.into_iter().flatten().collect())
}

/// The item of an opportunity, with its place in every list.
pub(crate) fn opportunity_item(
    business: &BusinessId,
    opportunity: &Opportunity,
) -> Result<Item, Fault> {
    let position = &opportunity.position;
    let mut item = write(opportunity, &keys::opportunity(business, opportunity.id))?;
    let listed = keys::listed(position.status, position.close_on(), opportunity.id);
    for (name, value) in [
        (LISTED, listed),
        (PIPELINE.partition, keys::pipeline(business)),
        (
            BY_STAGE.partition,
            keys::in_stage(business, position.scheme, position.stage),
        ),
        (
            BY_REPRESENTATIVE.partition,
            keys::of_representative(business, &position.representative),
        ),
        (
            OF_CUSTOMER.partition,
            keys::of_customer(business, opportunity.customer),
        ),
    ] {
        item.insert(name.to_owned(), AttributeValue::S(value));
    }
    item.insert(CARD.to_owned(), Card::of(opportunity).attribute()?);
    Ok(item)
}
