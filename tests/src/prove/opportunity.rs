//! What the model keeps of opportunities, and how they are shown. Days count from the one on which a history
//! begins, stages from 1.

use serde_json::Value;

use super::counted::Ids;
use super::deal::Change;
use super::line::{Line, total};
use super::model::Model;
use super::moment::{day, hour};
use super::stages::{Milestone, STAGES};

/// Who may answer for an opportunity: the first one is who asks for everything.
pub(super) const REPRESENTATIVES: [&str; 3] = ["someone", "another", "a-third"];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Status {
    Open,
    Suspended,
    Won,
    Lost,
    Abandoned,
}

impl Status {
    pub(super) fn name(self) -> &'static str {
        match self {
            Status::Open => "open",
            Status::Suspended => "suspended",
            Status::Won => "won",
            Status::Lost => "lost",
            Status::Abandoned => "abandoned",
        }
    }

    pub(super) fn is_closed(self) -> bool {
        match self {
            Status::Open | Status::Suspended => false,
            Status::Won | Status::Lost | Status::Abandoned => true,
        }
    }
}

#[derive(Debug, Clone)]
pub(super) struct Opportunity {
    pub(super) id: String,
    pub(super) customer: usize,
    pub(super) title: u64,
    pub(super) status: Status,
    pub(super) stage: usize,
    /// The hour in which it entered that, and the day on which it was resumed there.
    pub(super) since: i64,
    pub(super) resumed: Option<i64>,
    pub(super) estimate: u64,
    pub(super) lines: Vec<Line>,
    /// Its quotes, by the order in which all were made, and the one that the amount follows.
    pub(super) quotes: Vec<usize>,
    pub(super) primary: Option<usize>,
    /// Where somebody says that it stands in the forecast.
    pub(super) forecast: Option<&'static str>,
    pub(super) close_on: i64,
    pub(super) closed_on: Option<i64>,
    pub(super) reason: Option<&'static str>,
    pub(super) resume_on: Option<i64>,
    /// Who answered for it, the present one last.
    pub(super) assignments: Vec<usize>,
    pub(super) packages: Vec<usize>,
    /// The facts that have moved it on.
    pub(super) reached: Vec<Milestone>,
    pub(super) copy_of: Option<usize>,
    /// What made each version, where it was a change that may be sent again.
    pub(super) history: Vec<Option<Change>>,
    /// The days of which it was told that they are near.
    pub(super) told_near: Vec<i64>,
}

impl Opportunity {
    pub(super) fn version(&self) -> u64 {
        self.history.len() as u64
    }

    /// What there is to see of the win is what the stage says, or somebody.
    pub(super) fn category(&self) -> &'static str {
        match self.status {
            Status::Open => self.forecast.unwrap_or(STAGES[self.stage - 1].forecast),
            Status::Won => "commit",
            Status::Suspended | Status::Lost | Status::Abandoned => "omitted",
        }
    }

    /// The first day on which it has been in its stage for too long.
    pub(super) fn rots_on(&self) -> Option<i64> {
        let days = STAGES[self.stage - 1].rotting_days?;
        let since = self.resumed.unwrap_or(Model::day(self.since));
        Some(since + days).filter(|_| self.status == Status::Open)
    }
}

/// An opportunity as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ShownOpportunity {
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
    pub(super) fn amount(&self, opportunity: &Opportunity) -> u64 {
        match (opportunity.primary, &opportunity.lines[..]) {
            (Some(quote), _) => total(&self.pipeline.quotes[quote].lines),
            (None, []) => opportunity.estimate,
            (None, lines) => total(lines),
        }
    }

    pub(super) fn shown_opportunity(&self, place: usize) -> ShownOpportunity {
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
    pub(super) fn place(&self) -> usize {
        self.place
    }

    /// What came.
    pub(super) fn read(body: &Value, ids: &Ids) -> Self {
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
pub(super) fn title(number: u64) -> String {
    format!("Paket {number}")
}
