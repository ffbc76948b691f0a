//! The model's opportunities, and what is asked for of them.

use super::deal::Deal;
use super::funnel::Flow;
use super::line::Line;
use super::opportunity::{Opportunity, ShownOpportunity, Status};
use super::sales_quote::{SalesQuote, ShownQuote};
use super::stages::{STAGES, USUAL_DAYS};
use crate::prove::asked::answer::Told;
use crate::prove::model::Model;
use crate::prove::shop::CUSTOMERS;

/// How many days ahead an opportunity may be expected to be decided, at least: ten years.
const MOST_DAYS: i64 = 3_650;

/// What there is of the pipeline.
#[derive(Debug, Clone, Default)]
pub(crate) struct Pipeline {
    pub(crate) opportunities: Vec<Opportunity>,
    pub(crate) quotes: Vec<SalesQuote>,
    /// What the requests with these keys made.
    pub(crate) made: Vec<(String, Made)>,
    /// What came into each stage and left it, the first stage first.
    pub(crate) funnel: [Flow; STAGES.len()],
    /// The days on which something was won, and its value; or reopened, and less than nothing.
    pub(crate) wins: Vec<(i64, i64, i64)>,
    /// To whom services alone were sold, so that they are customers.
    pub(crate) customers: [bool; CUSTOMERS],
    /// What the stream has told of each package.
    pub(crate) heard: Vec<Heard>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) enum Made {
    Opportunity(usize),
    Quote(usize),
}

/// How often a package had changed when it was told of last, and whether it was used since.
#[derive(Debug, Clone, Default)]
pub(crate) struct Heard {
    pub(crate) changes: Option<u64>,
    pub(crate) used: bool,
}

impl Model {
    /// What is asked for again is answered with what there is by now.
    pub(crate) fn deal(&mut self, key: &str, deal: &Deal) -> Told {
        let mut made = self.pipeline.made.iter();
        match made.find(|(known, _)| deal.has_key() && known == key) {
            Some((_, Made::Opportunity(place))) => return self.tell_opportunity(201, *place),
            Some((_, Made::Quote(place))) => return self.tell_quote(201, *place),
            None => {}
        }
        let refused = match deal {
            Deal::Open {
                customer,
                stage,
                estimate,
                lines,
                close_on,
            } => {
                let opened = (*customer, stage.unwrap_or(1), *estimate);
                self.open_opportunity(key, opened, lines, *close_on)
            }
            Deal::Duplicate { of } => return self.duplicate(key, *of),
            Deal::Change {
                of,
                version,
                change,
            } => return self.change(*of, version.number(), change),
            Deal::Draft { of, lines, until } => self.draft(key, *of, lines.as_ref(), *until),
            Deal::Quote { of, step } => self.quote_step(key, *of, *step),
        };
        match refused {
            Ok(told) | Err(told) => told,
        }
    }

    pub(crate) fn tell_opportunity(&self, status: u16, place: usize) -> Told {
        Told::Opportunity(status, Box::new(self.shown_opportunity(place)))
    }

    pub(crate) fn tell_quote(&self, status: u16, place: usize) -> Told {
        Told::SalesQuote(status, Box::new(self.shown_quote(place)))
    }

    fn open_opportunity(
        &mut self,
        key: &str,
        (customer, stage, estimate): (usize, usize, u64),
        lines: &[Line],
        close_on: Option<i64>,
    ) -> Result<Told, Told> {
        let today = Self::day(self.now);
        let close_on = close_on.unwrap_or(today + USUAL_DAYS);
        must_be_near(close_on, today)?;
        let mut opened = self.new_opportunity(customer, estimate, lines.to_vec());
        opened.close_on = close_on;
        self.may_enter(&opened, None, stage)?;
        opened.stage = stage;
        Ok(self.opened(key, opened))
    }

    /// With what the other is about, from the beginning; what a quote alone said that it is worth is the estimate.
    fn duplicate(&mut self, key: &str, of: usize) -> Told {
        let one = self.pipeline.opportunities[of].clone();
        let estimate = match one.primary.is_some() && one.lines.is_empty() {
            true => self.amount(&one),
            false => one.estimate,
        };
        let mut opened = self.new_opportunity(one.customer, estimate, one.lines);
        opened.title = one.title;
        opened.assignments = one.assignments.last().copied().into_iter().collect();
        opened.copy_of = Some(of);
        self.opened(key, opened)
    }

    fn new_opportunity(&self, customer: usize, estimate: u64, lines: Vec<Line>) -> Opportunity {
        Opportunity {
            id: String::new(),
            customer,
            title: 0,
            status: Status::Open,
            stage: 1,
            since: self.now,
            resumed: None,
            estimate,
            lines,
            quotes: Vec::new(),
            primary: None,
            forecast: None,
            close_on: Self::day(self.now) + USUAL_DAYS,
            closed_on: None,
            reason: None,
            resume_on: None,
            assignments: vec![0],
            packages: Vec::new(),
            reached: Vec::new(),
            copy_of: None,
            history: vec![None],
            told_near: Vec::new(),
        }
    }

    fn opened(&mut self, key: &str, opened: Opportunity) -> Told {
        let place = self.pipeline.opportunities.len();
        self.pipeline.opened_in(opened.stage);
        self.pipeline.opportunities.push(opened);
        let made = (key.to_owned(), Made::Opportunity(place));
        self.pipeline.made.push(made);
        self.entries += 1;
        self.tell_opportunity(201, place)
    }

    /// Each opportunity as it is shown, and each quote.
    pub(crate) fn situations(&self) -> (Vec<ShownOpportunity>, Vec<ShownQuote>) {
        let opportunities = 0..self.pipeline.opportunities.len();
        let quotes = 0..self.pipeline.quotes.len();
        (
            opportunities
                .map(|place| self.shown_opportunity(place))
                .collect(),
            quotes.map(|place| self.shown_quote(place)).collect(),
        )
    }
}

/// Whether something may be expected to be decided then.
pub(crate) fn must_be_near(day: i64, today: i64) -> Result<(), Told> {
    match (day - today).abs() <= MOST_DAYS {
        true => Ok(()),
        false => Err(Told::refused(422, "expected-close-out-of-range")),
    }
}
