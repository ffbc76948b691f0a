//! What the model keeps of opportunities, and how they are shown. Days count from the one on which a history
//! begins, stages from 1.

use serde_json::Value;

use super::deal::Change;
use super::line::{Line, total};
use super::stages::{Milestone, STAGES};
use crate::prove::asked::moment::{day, hour};
use crate::prove::counted::Ids;
use crate::prove::model::Model;

/// Who may answer for an opportunity: the first one is who asks for everything.
pub(crate) const REPRESENTATIVES: [&str; 3] = ["someone", "another", "a-third"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Status {
    Open,
    Suspended,
    Won,
    Lost,
    Abandoned,
}

impl Status {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Suspended => "suspended",
            Status::Won => "won",
            Status::Lost => "lost",
            Status::Abandoned => "abandoned",
        }
    }

    pub(crate) fn is_closed(self) -> bool {
        match self {
            Status::Open | Status::Suspended => false,
            Status::Won | Status::Lost | Status::Abandoned => true,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Opportunity {
    pub(crate) id: String,
    pub(crate) customer: usize,
    pub(crate) title: u64,
    pub(crate) status: Status,
    pub(crate) stage: usize,
    /// The hour in which it entered that, and the day on which it was resumed there.
    pub(crate) since: i64,
    pub(crate) resumed: Option<i64>,
    pub(crate) estimate: u64,
    pub(crate) lines: Vec<Line>,
    /// Its quotes, by the order in which all were made, and the one that the amount follows.
    pub(crate) quotes: Vec<usize>,
    pub(crate) primary: Option<usize>,
    /// Where somebody says that it stands in the forecast.
    pub(crate) forecast: Option<&'static str>,
    pub(crate) close_on: i64,
    pub(crate) closed_on: Option<i64>,
    pub(crate) reason: Option<&'static str>,
    pub(crate) resume_on: Option<i64>,
    /// Who answered for it, the present one last.
    pub(crate) assignments: Vec<usize>,
    pub(crate) packages: Vec<usize>,
    /// The facts that have moved it on.
    pub(crate) reached: Vec<Milestone>,
    pub(crate) copy_of: Option<usize>,
    /// What made each version, where it was a change that may be sent again.
    pub(crate) history: Vec<Option<Change>>,
    /// The days of which it was told that they are near.
    pub(crate) told_near: Vec<i64>,
}

impl Opportunity {
    pub(crate) fn version(&self) -> u64 {
        self.history.len() as u64
    }

    /// What there is to see of the win is what the stage says, or somebody.
    pub(crate) fn category(&self) -> &'static str {
        match self.status {
            Status::Open => self.forecast.unwrap_or(STAGES[self.stage - 1].forecast),
            Status::Won => "commit",
            Status::Suspended | Status::Lost | Status::Abandoned => "omitted",
        }
    }

    /// The first day on which it has been in its stage for too long.
    pub(crate) fn rots_on(&self) -> Option<i64> {
        let days = STAGES[self.stage - 1].rotting_days?;
        let since = self.resumed.unwrap_or(Model::day(self.since));
        Some(since + days).filter(|_| self.status == Status::Open)
    }
}

/// An opportunity as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownOpportunity {
    place: usize,
    customer: usize,
    title: String,
    status: String,
    stage: u64,
    stage_since: i64,
    percent: u64,
    forecast: String,
    amount: u64,
    value: u64,
    amount_from: String,
    /// What each line comes to.
    lines: Vec<u64>,
    close_on: i64,
    closed_on: Option<i64>,
    reason: Option<String>,
    resume_on: Option<i64>,
    rots_on: Option<i64>,
    /// The present one last.
    representatives: Vec<String>,
    quotes: Vec<usize>,
    primary: Option<usize>,
    packages: Vec<usize>,
    copy_of: Option<usize>,
    version: u64,
}

impl Model {
    /// What it is worth: the primary quote's total, else that of the lines, else the estimate.
    pub(crate) fn amount(&self, opportunity: &Opportunity) -> u64 {
        match (opportunity.primary, &opportunity.lines[..]) {
            (Some(quote), _) => total(&self.pipeline.quotes[quote].lines),
            (None, []) => opportunity.estimate,
            (None, lines) => total(lines),
        }
    }

    pub(crate) fn shown_opportunity(&self, place: usize) -> ShownOpportunity {
        let one = &self.pipeline.opportunities[place];
        let assigned = one.assignments.iter();
        ShownOpportunity {
            place,
            customer: one.customer,
            title: title(one.title),
            status: one.status.name().to_owned(),
            stage: one.stage as u64,
            stage_since: one.since,
            percent: STAGES[one.stage - 1].percent,
            forecast: one.category().to_owned(),
            amount: self.amount(one),
            value: self.amount(one),
            amount_from: match (one.primary, one.lines.is_empty()) {
                (Some(_), _) => "quote",
                (None, false) => "lines",
                (None, true) => "estimate",
            }
            .to_owned(),
            lines: one.lines.iter().map(Line::total).collect(),
            close_on: one.close_on,
            closed_on: one.closed_on,
            reason: one.reason.map(ToOwned::to_owned),
            resume_on: one.resume_on,
            rots_on: one.rots_on(),
            representatives: assigned
                .map(|place| REPRESENTATIVES[*place].to_owned())
                .collect(),
            quotes: one.quotes.clone(),
            primary: one.primary,
            packages: one.packages.clone(),
            copy_of: one.copy_of,
            version: one.version(),
        }
    }
}

impl ShownOpportunity {
    pub(crate) fn place(&self) -> usize {
        self.place
    }

    /// What came.
    pub(crate) fn read(body: &Value, ids: &Ids) -> Self {
        let text = |name: &str| body[name].as_str().map(ToOwned::to_owned);
        let minor = |name: &str| body[name]["amount_minor"].as_u64().unwrap_or(u64::MAX);
        let number = |name: &str| body[name].as_u64().unwrap_or(u64::MAX);
        let list = |name: &str| body[name].as_array().into_iter().flatten();
        let date = |name: &str| Some(&body[name]).filter(|day| day.is_string()).map(day);
        let totals = list("lines").map(|line| line["total"]["amount_minor"].as_u64().unwrap());
        let mut answered = list("assignments").map(|one| one["representative_id"].as_str());
        let mut representatives: Vec<String> = Vec::new();
        while let Some(Some(one)) = answered.next() {
            representatives.push(one.to_owned());
        }
        if representatives.last() != text("representative_id").as_ref() {
            representatives.clear();
        }
        let copied = &body["origin"]["duplicate_of"];
        let copied = Some(copied).filter(|id| id.is_string());
        let primary = Some(&body["primary_quote_id"]).filter(|id| id.is_string());
        Self {
            place: ids.opportunity(&body["id"]),
            customer: ids.customer(&body["customer_id"]),
            title: text("title").unwrap_or_default(),
            status: text("status").unwrap_or_default(),
            stage: number("stage"),
            stage_since: hour(&body["stage_since"]),
            percent: number("probability_percent"),
            forecast: text("forecast").unwrap_or_default(),
            amount: minor("amount"),
            value: minor("value"),
            amount_from: text("amount_from").unwrap_or_default(),
            lines: totals.collect(),
            close_on: day(&body["expected_close_on"]),
            closed_on: date("closed_on"),
            reason: text("reason"),
            resume_on: date("resume_on"),
            rots_on: date("rots_on"),
            representatives,
            quotes: list("quote_ids").map(|id| ids.quote(id)).collect(),
            primary: primary.map(|id| ids.quote(id)),
            packages: list("package_ids").map(|id| ids.package(id)).collect(),
            copy_of: copied.map(|id| ids.opportunity(id)),
            version: number("version"),
        }
    }
}

/// What an opportunity is called.
pub(crate) fn title(number: u64) -> String {
    format!("Paket {number}")
}
