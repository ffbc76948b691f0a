//! Carrying a history out on the real functions, beside the model.

use domain::journal::fold;
use futures::future::join_all;
use serde_json::Value;

use super::answer::Told;
use super::command::{Step, Way};
use super::model::{Model, Rules};
use super::request::{Ask, Request};
use super::shop::Shop;
use super::summary::Summary;
use crate::harness::{Answer, World, id};

/// What each package has in each pool: available, held, used, forfeited, expired.
type Pools = Vec<(String, Vec<[u64; 5]>)>;

/// What went otherwise than the model says.
pub(super) type Violation = String;

/// A history being carried out.
struct Run<'w> {
    world: &'w World,
    shop: Shop,
    model: Model,
    sent: Vec<Request>,
    walk_ins: usize,
    /// How many entries there were before it began.
    entries: usize,
}

/// Carries it out, for a business of its own.
pub(super) async fn carry_out(
    world: &mut World,
    rules: Rules,
    history: &[Step],
    summary: &mut Summary,
) -> Result<(), Violation> {
    world.business = format!("prove-{:032x}", infra::random_128().unwrap());
    world.set_clock(&super::request::at(0));
    let shop = Shop::open(world, rules).await;
    let entries = world.journal().await.len();
    let mut run = Run {
        world,
        shop,
        model: Model::new(rules),
        sent: Vec::new(),
        walk_ins: 0,
        entries,
    };
    for (number, step) in history.iter().enumerate() {
        let taken = run.take(step, summary).await;
        taken.map_err(|violation| format!("step {number}, {step:?}: {violation}"))?;
    }
    run.compare_journal().await
}

impl Run<'_> {
    async fn take(&mut self, step: &Step, summary: &mut Summary) -> Result<(), Violation> {
        match step {
            Step::Wait(hours) => {
                self.model.now += hours;
                self.world.set_clock(&super::request::at(self.model.now));
                summary.waited += 1;
                return Ok(());
            }
            Step::Do(command, way) => {
                let Some(ask) = command.asked(&self.model, self.walk_ins) else {
                    return Ok(());
                };
                let request = self.new_request(ask);
                self.one(&request, way, summary).await?;
            }
            Step::Again(back) => {
                let Some(request) = self.sent.get(back % self.sent.len().max(1)).cloned() else {
                    return Ok(());
                };
                summary.again += 1;
                self.one(&request, &Way::Clear, summary).await?;
            }
            Step::AtOnce(commands) => {
                let asked = commands.iter().filter_map(|it| it.asked(&self.model, 0));
                let asked: Vec<Ask> = asked.collect();
                let requests = asked.into_iter().map(|ask| self.new_request(ask));
                let requests: Vec<Request> = requests.collect();
                return self.at_once(&requests, summary).await;
            }
        }
        let pools = self.pools().await?;
        Self::compare(&self.model, &pools, true)
    }

    fn new_request(&mut self, ask: Ask) -> Request {
        self.walk_ins += usize::from(matches!(ask, Ask::WalkIn { .. }));
        let key = format!("k-{}", self.sent.len());
        let request = Request { key, ask };
        self.sent.push(request.clone());
        request
    }

    async fn one(
        &mut self,
        request: &Request,
        way: &Way,
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let (world, model) = (self.world, &self.model);
        let send = || request.call(world, &self.shop, model).send();
        let answer = match way {
            Way::Clear => send().await,
            Way::Troubled(trouble) => {
                world.faults.expect(trouble);
                let answer = send().await;
                world.faults.clear();
                summary.troubled(trouble);
                answer
            }
            Way::Killed { passing, arrives } => {
                match world.faults.cut().kill(*passing, *arrives, send()).await {
                    Some(answer) => answer,
                    None => {
                        summary.killed += 1;
                        send().await
                    }
                }
            }
        };
        summary.answered(request.ask.name(), &answer);
        let expected = self.model.take(request);
        self.learn(&answer);
        let told = self.told(&answer);
        match told == expected {
            true => Ok(()),
            false => Err(format!(
                "{request:?} was told {told:?} instead of {expected:?}"
            )),
        }
    }

    /// The id that the server gave what was just sold.
    fn learn(&mut self, answer: &Answer) {
        let new = self.model.packages.iter_mut().find(|one| one.id.is_empty());
        if let (Some(new), Some(id)) = (new, answer.body["id"].as_str()) {
            id.clone_into(&mut new.id);
        }
    }

    fn told(&self, answer: &Answer) -> Told {
        let ids = self.model.packages.iter().map(|package| package.id.clone());
        let ids: Vec<String> = ids.collect();
        Told::read(answer.status, &answer.body, &ids)
    }

    /// The answers and what there is then are those of some order, one after the other.
    async fn at_once(
        &mut self,
        requests: &[Request],
        summary: &mut Summary,
    ) -> Result<(), Violation> {
        let model = &self.model;
        let calls = requests
            .iter()
            .map(|it| it.call(self.world, &self.shop, model).send());
        let answers = join_all(calls).await;
        summary.at_once += 1;
        for (request, answer) in requests.iter().zip(&answers) {
            summary.answered(request.ask.name(), answer);
        }
        let told: Vec<Told> = answers.iter().map(|answer| self.told(answer)).collect();
        let pools = self.pools().await?;
        let mut nearest = "no order gives these answers".to_owned();
        for order in orders(requests.len()) {
            let mut model = self.model.clone();
            let alike = |place: &usize| model.take(&requests[*place]) == told[*place];
            if !order.iter().all(alike) {
                continue;
            }
            match Self::compare(&model, &pools, true) {
                Ok(()) => {
                    self.model = model;
                    return Ok(());
                }
                Err(violation) => nearest = violation,
            }
        }
        Err(format!("{requests:?} were told {told:?}: {nearest}"))
    }

    /// What each package has, as the customer's wallet shows it.
    async fn pools(&self) -> Result<Pools, Violation> {
        let path = format!("/v1/customers/{}/wallet", self.shop.customer);
        let wallet = self.world.get(&path).ok().await;
        let packages = wallet["packages"].as_array().into_iter().flatten();
        let pools = packages.map(|package| {
            let pools = package["pools"].as_array().into_iter().flatten();
            (id(package), pools.map(counted).collect())
        });
        Ok(pools.collect())
    }

    /// Whether the packages have what the model says: as they are shown, where what has ended has nothing
    /// available, or as the journal has it, which is told of an end when units return or the calendar says so.
    fn compare(model: &Model, found: &Pools, shown: bool) -> Result<(), Violation> {
        if found.len() != model.packages.len() {
            return Err(format!(
                "{} packages, not {}",
                found.len(),
                model.packages.len()
            ));
        }
        for package in &model.packages {
            let over = shown && package.ended(model.now);
            let expected = package.pools.iter().map(|pool| {
                let lost = if over { pool.available } else { 0 };
                [
                    pool.available - lost,
                    pool.held,
                    pool.used,
                    pool.forfeited,
                    pool.expired + lost,
                ]
            });
            let expected: Vec<[u64; 5]> = expected.collect();
            let found = found.iter().find(|(id, _)| *id == package.id);
            let found = found.map(|(_, pools)| pools);
            if found != Some(&expected) {
                return Err(format!("{package:?} has {found:?}"));
            }
        }
        Ok(())
    }

    /// The journal has an entry for everything that was done, and its fold is what there is.
    async fn compare_journal(&self) -> Result<(), Violation> {
        let journal = self.world.journal().await;
        let expected = self.entries + self.model.entries;
        if journal.len() != expected {
            return Err(format!("{} entries, not {expected}", journal.len()));
        }
        let folded = self.model.packages.iter().map(|package| {
            let folded = fold(package.id.parse().unwrap(), &journal);
            let pools = folded.unwrap().unwrap().pools;
            let pools = pools.iter().map(|pool| {
                let has = pool.balance;
                [
                    has.available,
                    has.held,
                    has.captured,
                    has.forfeited,
                    has.expired,
                ]
            });
            (package.id.clone(), pools.collect())
        });
        let folded: Vec<_> = folded.collect();
        let folded = Self::compare(&self.model, &folded, false);
        folded.map_err(|violation| format!("the journal says otherwise: {violation}"))
    }
}

fn counted(pool: &Value) -> [u64; 5] {
    let units = |name: &str| pool[name].as_u64().unwrap();
    ["available", "held", "used", "forfeited", "expired"].map(units)
}

/// Every order of so many.
fn orders(count: usize) -> Vec<Vec<usize>> {
    let mut all = vec![Vec::new()];
    for place in 0..count {
        let longer = all.iter().flat_map(|order: &Vec<usize>| {
            (0..=order.len()).map(move |at| {
                let mut order = order.clone();
                order.insert(at, place);
                order
            })
        });
        all = longer.collect();
    }
    all
}
