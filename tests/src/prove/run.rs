//! Carrying a history out on the real functions, beside the model.

use super::asked::answer::Told;
use super::asked::ask::{Ask, Request};
use super::asked::command::{Command, Step, Way};
use super::asked::moment::{at, millis};
use super::counted::Ids;
use super::model::{Model, Rules};
use super::send::send;
use super::shop::Shop;
use super::summary::Summary;
use crate::harness::{Answer, World};

/// By how many milliseconds a gift may be later than the clock: fewer things happen to a package at once.
const SHIFTED: i64 = 999;

/// What went otherwise than the model says.
pub(super) type Violation = String;

/// A history being carried out.
pub(super) struct Run<'w> {
    pub(super) world: &'w World,
    pub(super) shop: Shop,
    pub(super) model: Model,
    sent: Vec<Request>,
    walk_ins: usize,
    /// How many entries there were before it began.
    pub(super) entries: usize,
    /// The ids of the packages that may be sold while clients are at it.
    pub(super) awaited: Vec<String>,
    /// The quote that clients accept at once.
    pub(super) accepting: Option<usize>,
}

/// Carries it out, for the world's business; at its end the stream may tell everything, in that way and order.
pub(super) async fn carry_out(
    world: &World,
    rules: Rules,
    (history, ending): (&[Step], &(Way, u64)),
    summary: &mut Summary,
) -> Result<(), Violation> {
    world.set_clock(&at(0));
    // A history before it may have ended amid its trouble.
    world.faults.clear();
    world.faults.cut().mend();
    world.faults.lag().watch();
    let shop = Shop::open(world, rules).await;
    let entries = world.journal().await.len();
    let mut run = Run {
        world,
        shop,
        model: Model::new(rules),
        sent: Vec::new(),
        walk_ins: 0,
        entries,
        awaited: Vec::new(),
        accepting: None,
    };
    for (number, step) in history.iter().enumerate() {
        let taken = run.take(step, number, summary).await;
        taken.map_err(|violation| format!("step {number}, {step:?}: {violation}"))?;
    }
    run.compare_all().await?;
    run.compare_payments(true).await?;
    for package in &run.model.packages {
        let days = package.pools.iter().map(|pool| pool.days.len() as u64);
        summary.visits += days.sum::<u64>();
        summary.instalments += package.books.told.len() as u64;
    }
    run.compare_rows(ending, summary).await
}

impl Run<'_> {
    async fn take(
        &mut self,
        step: &Step,
        number: usize,
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let before = self.model.entries;
        let asked = match step {
            Step::Wait(until) => {
                self.pass(until.later(&self.model) - self.model.now);
                summary.waited += 1;
                return Ok(());
            }
            Step::Due(way, order) => {
                self.fall_due(way, *order, summary).await;
                self.compare((None, true), number).await?;
                return self.compare_situations(None, number).await;
            }
            Step::AtOnce(clients, way) => {
                self.at_once(clients, way, summary).await?;
                return self.compare_payments(false).await;
            }
            Step::Do(command, way) => {
                let told = if let Command::Tell { late, .. } = command {
                    Some(*late)
                } else {
                    None
                };
                // What is told happens in an hour of its own: nothing else happens in the same instant.
                self.pass(i64::from(told.is_some()));
                let Some(request) = self.named(command, false) else {
                    return Ok(());
                };
                if told != Some(true) {
                    self.one(&request, way, summary).await?;
                }
                self.pass(i64::from(told.is_some()));
                request
            }
            Step::Again(back) => {
                let Some(request) = self.sent.get(back % self.sent.len().max(1)).cloned() else {
                    return Ok(());
                };
                if !self.model.says(&request.ask) {
                    return Ok(());
                }
                summary.again += 1;
                self.one(&request, &Way::Clear, summary).await?;
                request
            }
        };
        self.compare_payments(false).await?;
        let done = self.model.entries > before;
        self.compare((asked.ask.booking(), done), number).await?;
        self.compare_situations(asked.ask.opportunity(&self.model), number)
            .await
    }

    /// So many hours go by.
    fn pass(&mut self, hours: i64) {
        self.model.now += hours;
        self.world.set_clock(&at(self.model.now));
    }

    /// The request of a command, with everything named; none where the model does not say what comes of it.
    pub(super) fn named(&mut self, command: &Command, at_once: bool) -> Option<Request> {
        let ask = command.asked(&self.model, self.walk_ins)?;
        if !self.model.says(&ask) || at_once && self.model.frees(&ask) {
            return None;
        }
        let ask = if at_once { self.awaiting(ask)? } else { ask };
        let by = command.by(&ask, &self.model);
        Some(self.new_request(ask, by))
    }

    fn new_request(&mut self, ask: Ask, by: Option<usize>) -> Request {
        self.walk_ins += usize::from(matches!(ask, Ask::WalkIn(_)));
        let key = format!("k-{}", self.sent.len());
        let request = Request { key, by, ask };
        self.sent.push(request.clone());
        request
    }

    async fn one(
        &mut self,
        request: &Request,
        way: &Way,
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let call = async || request.send(self.world, &self.shop, &self.model).await;
        // Whoever chooses by what was there chooses otherwise, and may.
        let chooses = request.ask.chooses(self.model.rules.at_completion);
        let way = match chooses && matches!(way, Way::Stale) {
            true => &Way::Clear,
            false => way,
        };
        let answers = send(self.world, call, way, summary).await;
        let expected = self.model.take(request);
        self.learn(&answers[0])?;
        self.learn_situation(&answers[0]);
        for answer in &answers {
            summary.answered(request.name(), answer);
            let told = self.told(answer);
            if told != expected {
                return Err(format!(
                    "{request:?} was told {told:?} instead of {expected:?}"
                ));
            }
        }
        Ok(())
    }

    /// The id that the server gave what was just sold, given or quoted. What is sold is sold now; what is
    /// given comes after what happened last to what it was, by as many milliseconds.
    fn learn(&mut self, answer: &Answer) -> Result<(), Violation> {
        let received = &answer.body["received"];
        let (body, later) = match received.is_object() {
            true => (received, SHIFTED),
            false => (&answer.body, 0),
        };
        let Some(id) = body["id"].as_str() else {
            return Ok(());
        };
        let mut quotes = self.model.quotes.iter_mut();
        if let Some(new) = quotes.find(|one| one.id.is_empty()) {
            id.clone_into(&mut new.id);
        }
        let sold = &body["sold_at"];
        let known = self.model.packages.iter_mut().find(|one| one.id == id);
        if let Some(known) = known.filter(|_| sold.is_string()) {
            // What was offered is sold when it is accepted.
            let sold = millis(sold);
            if (known.sold..=known.sold + SHIFTED).contains(&sold) {
                known.sold = sold;
            }
        }
        let mut packages = self.model.packages.iter_mut();
        if let Some(new) = packages.find(|one| one.id.is_empty()) {
            id.clone_into(&mut new.id);
            let (now, sold) = (new.sold, millis(&body["sold_at"]));
            if !(now..=now + later).contains(&sold) {
                return Err(format!("sold at {sold} ms, not at {now} ms"));
            }
            new.sold = sold;
        }
        Ok(())
    }

    pub(super) fn told(&self, answer: &Answer) -> Told {
        Told::read(answer.status, &answer.body, &self.ids())
    }

    /// Of all that there is, and of what may be sold while clients are at it.
    pub(super) fn ids(&self) -> Ids<'_> {
        let packages = self.model.packages.iter().map(|package| &package.id);
        let pipeline = &self.model.pipeline;
        Ids {
            packages: packages.chain(&self.awaited).map(String::as_str).collect(),
            customers: self.shop.customers.iter().map(String::as_str).collect(),
            opportunities: pipeline
                .opportunities
                .iter()
                .map(|one| one.id.as_str())
                .collect(),
            quotes: pipeline.quotes.iter().map(|one| one.id.as_str()).collect(),
        }
    }
}
