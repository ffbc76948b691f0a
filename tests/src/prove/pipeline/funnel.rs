//! What the reports of the pipeline say, by the model and as they are shown.

use std::collections::BTreeMap;

use serde_json::Value;

use super::deals::Pipeline;
use super::opportunity::{Opportunity, Status};
use super::stages::{DECISION, STAGES};
use crate::prove::asked::moment::date;
use crate::prove::model::Model;
use crate::prove::run::{Run, Violation};

/// How opportunities came into a stage and left it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Flow {
    entered: i64,
    reopened: i64,
    skipped: i64,
    moved_on: i64,
    moved_back: i64,
    won: i64,
    lost: i64,
    abandoned: i64,
    /// In it of all that left it.
    seconds: i64,
}

/// In a month, or overdue: how many, their value and that by its probability, of each category; and what was won.
type Forecast = BTreeMap<String, [i64; 14]>;

const CATEGORIES: [&str; 4] = ["commit", "best-case", "pipeline", "omitted"];

impl Pipeline {
    /// It goes past the stages before that one.
    pub(crate) fn opened_in(&mut self, stage: usize) {
        self.funnel[stage - 1].entered += 1;
        for passed in &mut self.funnel[..stage - 1] {
            passed.skipped += 1;
        }
    }

    /// What is won has left the stages before the win by that.
    fn moved(&mut self, before: &Opportunity, to: usize, seconds: i64) {
        let (from, won) = (before.stage, before.status == Status::Won);
        self.funnel[to - 1].entered += 1;
        let first = if won { from.max(DECISION) } else { from };
        for passed in self.funnel[..to - 1].iter_mut().skip(first) {
            passed.skipped += 1;
        }
        if won && from <= DECISION {
            return;
        }
        let left = &mut self.funnel[from - 1];
        left.seconds += seconds;
        match from < to {
            true => left.moved_on += 1,
            false => left.moved_back += 1,
        }
    }
}

impl Model {
    /// What a change adds to what the reports are made of.
    pub(crate) fn count_change(&mut self, before: &Opportunity, after: &Opportunity) {
        let today = Self::day(self.now);
        let seconds = (self.now - before.since) * 3_600;
        let value = |one: &Opportunity| self.amount(one) as i64;
        let (was_worth, is_worth) = (value(before), value(after));
        match (before.status.is_closed(), after.status.is_closed()) {
            (true, false) => {
                let entered = &mut self.pipeline.funnel[after.stage - 1];
                entered.entered += 1;
                entered.reopened += 1;
                if before.status == Status::Won {
                    self.pipeline.wins.push((today, -1, -was_worth));
                }
            }
            (false, true) => {
                let left = &mut self.pipeline.funnel[before.stage - 1];
                left.seconds += seconds;
                match after.status {
                    Status::Won => left.won += 1,
                    Status::Lost => left.lost += 1,
                    Status::Abandoned | Status::Open | Status::Suspended => left.abandoned += 1,
                }
                if after.status == Status::Won {
                    self.pipeline.wins.push((today, 1, is_worth));
                }
            }
            (true, true) | (false, false) if before.stage != after.stage => {
                self.pipeline.moved(before, after.stage, seconds);
            }
            (true, true) | (false, false) => {}
        }
    }

    /// What is open by the month in which it is expected to be decided, and what was won in this one.
    fn forecast(&self) -> Forecast {
        let (mut forecast, today) = (Forecast::new(), Self::day(self.now));
        let month = |day: i64| date(day)[..7].to_owned();
        let all = self.pipeline.opportunities.iter();
        for one in all.filter(|one| one.status == Status::Open) {
            let due = match one.close_on < today {
                true => "overdue".to_owned(),
                false => month(one.close_on),
            };
            let category = CATEGORIES.iter().position(|name| *name == one.category());
            let at = 3 * category.unwrap();
            let value = self.amount(one) as i64;
            let line = forecast.entry(due).or_default();
            line[at] += 1;
            line[at + 1] += value;
            // In hundredths.
            line[at + 2] += value * STAGES[one.stage - 1].percent as i64;
        }
        for line in forecast.values_mut() {
            for weighted in [2, 5, 8, 11] {
                line[weighted] = (line[weighted] + 50).div_euclid(100);
            }
        }
        let this_month = self.pipeline.wins.iter();
        for (_, count, value) in this_month.filter(|(day, ..)| month(*day) == month(today)) {
            let line = forecast.entry(month(today)).or_default();
            line[12] += count;
            line[13] += value;
        }
        forecast.retain(|_, line| *line != [0; 14]);
        forecast
    }
}

impl Run<'_> {
    /// The funnel since the beginning and the forecast are what the model comes to.
    pub(crate) async fn compare_reports(&self) -> Result<(), Violation> {
        let path = format!("/v1/reports/funnel?from={}", date(0));
        let report = self.world.get(&path).ok().await;
        let stages = report["items"].as_array().into_iter().flatten();
        let ours = stages.filter(|line| line["scheme_id"] == self.shop.scheme.as_str());
        let funnel: Vec<Flow> = ours.map(flow).collect();
        if funnel != self.model.pipeline.funnel {
            let expected = self.model.pipeline.funnel;
            return Err(format!("the funnel is {funnel:?}, not {expected:?}"));
        }
        let report = self.world.get("/v1/reports/forecast").ok().await;
        let lines = report["items"].as_array().into_iter().flatten();
        let found: Forecast = lines.map(expected_in).collect();
        let expected = self.model.forecast();
        match found == expected {
            true => Ok(()),
            false => Err(format!("the forecast is {found:?}, not {expected:?}")),
        }
    }
}

fn flow(line: &Value) -> Flow {
    let figure = |name: &str| line[name].as_i64().unwrap();
    let flow = Flow {
        entered: figure("entered_count"),
        reopened: figure("reopened_count"),
        skipped: figure("skipped_count"),
        moved_on: figure("moved_on_count"),
        moved_back: figure("moved_back_count"),
        won: figure("won_count"),
        lost: figure("lost_count"),
        abandoned: figure("abandoned_count"),
        seconds: figure("seconds"),
    };
    let left = flow.moved_on + flow.moved_back + flow.won + flow.lost + flow.abandoned;
    let rate = (figure("numerator"), figure("denominator"));
    assert_eq!(rate, (flow.moved_on + flow.won, left), "{line}");
    flow
}

fn expected_in(line: &Value) -> (String, [i64; 14]) {
    let mut figures = [0; 14];
    let names = ["commit", "best_case", "pipeline", "omitted"];
    let of =
        |name: &str| ["count", "minor", "weighted_minor"].map(|figure| format!("{name}_{figure}"));
    let names = names.iter().flat_map(|name| of(name));
    let won = ["won_count", "won_minor"].map(ToOwned::to_owned);
    for (figure, name) in figures.iter_mut().zip(names.chain(won)) {
        *figure = line[name].as_i64().unwrap();
    }
    let month = line["expected_in"].as_str().unwrap().to_owned();
    (month, figures)
}
