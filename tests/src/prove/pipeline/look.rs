//! Opportunities and quotes as they are shown, beside the model.

use super::deal::{Deal, QuoteStep};
use super::opportunity::ShownOpportunity;
use super::sales_quote::ShownQuote;
use crate::harness::Answer;
use crate::prove::asked::answer::Told;
use crate::prove::asked::ask::Ask;
use crate::prove::run::{Run, Violation};

/// Opportunities, and quotes.
pub(crate) type Situations = (Vec<ShownOpportunity>, Vec<ShownQuote>);

impl Run<'_> {
    /// Every opportunity, and every quote.
    pub(crate) async fn situations(&self) -> Situations {
        let places = 0..self.model.pipeline.opportunities.len();
        self.situations_of(places).await
    }

    /// These opportunities, and the quotes of each, all in the order in which they came to be.
    async fn situations_of(&self, places: impl IntoIterator<Item = usize>) -> Situations {
        let ids = self.ids();
        let (mut opportunities, mut quotes) = (Vec::new(), Vec::new());
        for place in places {
            let path = format!(
                "/v1/opportunities/{}",
                self.model.pipeline.opportunities[place].id
            );
            let body = self.world.get(&path).ok().await;
            opportunities.push(ShownOpportunity::read(&body, &ids));
            let shown = self.world.get(&format!("{path}/quotes")).ok().await;
            let shown = shown["items"].as_array().into_iter().flatten();
            let shown = shown.map(|body| ShownQuote::read(body, &ids));
            quotes.extend(shown);
        }
        quotes.sort_by_key(ShownQuote::place);
        (opportunities, quotes)
    }

    /// The opportunity that was asked about and one other are as the model has them, and so are their quotes.
    pub(crate) async fn compare_situations(
        &self,
        asked: Option<usize>,
        number: usize,
    ) -> Result<(), Violation> {
        let all = self.model.pipeline.opportunities.len();
        let mut places: Vec<usize> = asked.into_iter().chain(number.checked_rem(all)).collect();
        places.sort_unstable();
        places.dedup();
        let found = self.situations_of(places.iter().copied()).await;
        let (mut opportunities, mut quotes) = self.model.situations();
        opportunities.retain(|one| places.contains(&one.place()));
        quotes.retain(|quote| places.contains(&quote.opportunity()));
        same(&(opportunities, quotes), &found)
    }

    pub(crate) async fn compare_all_situations(&self) -> Result<(), Violation> {
        same(&self.model.situations(), &self.situations().await)
    }

    /// What clients may ask for at once: nothing that makes an opportunity or a quote. Of several quotes that they
    /// would accept, the same one for all: so the packages that come of it are known.
    pub(crate) fn awaiting(&mut self, ask: Ask) -> Option<Ask> {
        if let Ask::Deal(deal) = &ask
            && deal.has_key()
        {
            return None;
        }
        let Ask::Deal(Deal::Quote {
            of,
            step: QuoteStep::Accept,
        }) = ask
        else {
            return Some(ask);
        };
        let of = *self.accepting.get_or_insert(of);
        self.awaited.clone_from(&self.model.pipeline.quotes[of].ids);
        let step = QuoteStep::Accept;
        Some(Ask::Deal(Deal::Quote { of, step }))
    }

    /// The ids that the server gave what was just opened or drafted.
    pub(crate) fn learn_situation(&mut self, answer: &Answer) {
        let Some(id) = answer.body["id"].as_str() else {
            return;
        };
        let pipeline = &mut self.model.pipeline;
        let mut opportunities = pipeline.opportunities.iter_mut();
        if let Some(new) = opportunities.find(|one| one.id.is_empty()) {
            id.clone_into(&mut new.id);
        }
        let mut quotes = pipeline.quotes.iter_mut();
        if let Some(new) = quotes.find(|one| one.id.is_empty()) {
            id.clone_into(&mut new.id);
            new.ids = package_ids(&self.world.business, new);
        }
    }
}

impl Told {
    /// What came, if it is an opportunity or a quote.
    pub(crate) fn situation(
        status: u16,
        body: &serde_json::Value,
        ids: &crate::prove::counted::Ids,
    ) -> Option<Self> {
        if body["scheme_id"].is_string() {
            let shown = ShownOpportunity::read(body, ids);
            return Some(Told::Opportunity(status, Box::new(shown)));
        }
        if body["opportunity_id"].is_string() && body["revision"].is_u64() {
            let shown = ShownQuote::read(body, ids);
            return Some(Told::SalesQuote(status, Box::new(shown)));
        }
        None
    }
}

/// The ids under which the quote sells its packages: made of the quote, the line and the number.
fn package_ids(business: &str, quote: &super::sales_quote::SalesQuote) -> Vec<String> {
    let quoted = quote.quoted().into_iter();
    let ids = quoted.map(|package| {
        let (line, number) = (package.line.to_string(), package.number.to_string());
        let parts = [business, "quoted-package", &quote.id, &line, &number];
        domain::PackageId::from_bytes(infra::derived_bytes(&parts)).to_string()
    });
    ids.collect()
}

fn same(expected: &Situations, found: &Situations) -> Result<(), Violation> {
    match expected == found {
        true => Ok(()),
        false => Err(format!("there is {found:?}, not {expected:?}")),
    }
}
