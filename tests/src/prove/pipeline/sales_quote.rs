//! What the model keeps of quotes: what a business offers to sell, and until when; and how they are shown.

use serde_json::Value;

use super::line::{Item, Line, total};
use crate::prove::asked::moment::day;
use crate::prove::counted::Ids;
use crate::prove::model::Model;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum QuoteStatus {
    Draft,
    Sent,
    Accepted,
    Rejected,
    Withdrawn,
    Superseded,
}

#[derive(Debug, Clone)]
pub(crate) struct SalesQuote {
    pub(crate) id: String,
    pub(crate) opportunity: usize,
    pub(crate) status: QuoteStatus,
    pub(crate) lines: Vec<Line>,
    /// The last day on which it can be accepted.
    pub(crate) until: Option<i64>,
    /// The ids of the packages that it would sell, and the packages that it sold.
    pub(crate) ids: Vec<String>,
    pub(crate) packages: Vec<usize>,
    pub(crate) revision: u64,
    pub(crate) revises: Option<usize>,
    pub(crate) version: u64,
    /// Whether it was told that it can no longer be accepted.
    pub(crate) lapse_told: bool,
}

/// A package as a quote sells it: of which line, from 0, and the how many-th of that; its template and price.
pub(crate) struct Quoted {
    pub(crate) line: usize,
    pub(crate) number: u64,
    pub(crate) template: usize,
    pub(crate) price: u64,
}

impl SalesQuote {
    /// Whether it was sent, and its last day is over.
    pub(crate) fn has_lapsed(&self, today: i64) -> bool {
        self.status == QuoteStatus::Sent && self.until.is_some_and(|until| until < today)
    }

    /// Whether it can be accepted now, or was.
    pub(crate) fn stands(&self, today: i64) -> bool {
        match self.status {
            QuoteStatus::Sent => !self.has_lapsed(today),
            QuoteStatus::Accepted => true,
            QuoteStatus::Draft
            | QuoteStatus::Rejected
            | QuoteStatus::Withdrawn
            | QuoteStatus::Superseded => false,
        }
    }

    /// The packages that it sells: each has its part of what its line comes to, the first ones a cent more.
    pub(crate) fn quoted(&self) -> Vec<Quoted> {
        let lines = self.lines.iter().enumerate();
        let packages = lines.filter_map(|(line, of)| match of.item {
            Item::Service(_) => None,
            Item::Template(template) => Some((1..=of.count).map(move |number| Quoted {
                line,
                number,
                template,
                price: of.total() / of.count + u64::from(number <= of.total() % of.count),
            })),
        });
        packages.flatten().collect()
    }

    fn name(&self, today: i64) -> &'static str {
        match self.status {
            QuoteStatus::Draft => "draft",
            QuoteStatus::Sent if self.has_lapsed(today) => "expired",
            QuoteStatus::Sent => "sent",
            QuoteStatus::Accepted => "accepted",
            QuoteStatus::Rejected => "rejected",
            QuoteStatus::Withdrawn => "withdrawn",
            QuoteStatus::Superseded => "superseded",
        }
    }
}

/// A quote as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ShownQuote {
    place: usize,
    opportunity: usize,
    customer: usize,
    status: String,
    lines: Vec<u64>,
    total: u64,
    until: Option<i64>,
    packages: Vec<usize>,
    revision: u64,
    revises: Option<usize>,
    version: u64,
}

impl Model {
    pub(crate) fn shown_quote(&self, place: usize) -> ShownQuote {
        let quote = &self.pipeline.quotes[place];
        ShownQuote {
            place,
            opportunity: quote.opportunity,
            customer: self.pipeline.opportunities[quote.opportunity].customer,
            status: quote.name(Self::day(self.now)).to_owned(),
            lines: quote.lines.iter().map(Line::total).collect(),
            total: total(&quote.lines),
            until: quote.until,
            packages: quote.packages.clone(),
            revision: quote.revision,
            revises: quote.revises,
            version: quote.version,
        }
    }
}

impl ShownQuote {
    pub(crate) fn place(&self) -> usize {
        self.place
    }

    pub(crate) fn opportunity(&self) -> usize {
        self.opportunity
    }

    /// What came.
    pub(crate) fn read(body: &Value, ids: &Ids) -> Self {
        let minor = |sum: &Value| sum["amount_minor"].as_u64().unwrap_or(u64::MAX);
        let number = |name: &str| body[name].as_u64().unwrap_or(u64::MAX);
        let there = |name: &str| Some(&body[name]).filter(|field| field.is_string());
        let list = |name: &str| body[name].as_array().into_iter().flatten();
        Self {
            place: ids.quote(&body["id"]),
            opportunity: ids.opportunity(&body["opportunity_id"]),
            customer: ids.customer(&body["customer_id"]),
            status: body["status"].as_str().unwrap_or_default().to_owned(),
            lines: list("lines").map(|line| minor(&line["total"])).collect(),
            total: minor(&body["total"]),
            until: there("valid_until").map(day),
            packages: list("package_ids").map(|id| ids.package(id)).collect(),
            revision: number("revision"),
            revises: there("revises_id").map(|id| ids.quote(id)),
            version: number("version"),
        }
    }
}
