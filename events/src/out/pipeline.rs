//! How an opportunity stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::figures::Money;

/// What happened to an opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OpportunityChange {
    /// Which.
    pub opportunity_id: String,
    /// How it stood; nothing before it was opened.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<Position>,
    /// How it stands.
    pub after: Position,
}

/// How an opportunity stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Position {
    /// Whether it is still one.
    pub status: Status,
    /// In which scheme of stages.
    pub scheme_id: String,
    /// In which stage of it.
    pub stage: u16,
    /// How likely the stage makes it, in per cent.
    pub probability_percent: u8,
    /// Where it stands in the forecast.
    pub forecast: ForecastCategory,
    /// What it would bring: once, or each time it is earned.
    pub amount: Money,
    /// What that comes to over its term.
    pub value: Money,
    /// The subject of who answers for it.
    pub representative: String,
    /// When it is expected to be decided.
    #[schemars(extend("format" = "date"))]
    pub expected_close_on: String,
    /// When it was decided.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date"))]
    pub closed_on: Option<String>,
    /// Why it was lost or abandoned: one of the business's reasons.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Whether an opportunity is still one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Being worked on.
    Open,
    /// Resting until a day.
    Suspended,
    /// Sold.
    Won,
    /// The customer decided against it.
    Lost,
    /// The business gave it up.
    Abandoned,
}

/// Where an opportunity stands in the forecast.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ForecastCategory {
    /// Counted on.
    Commit,
    /// Possible, if all goes well.
    BestCase,
    /// In the pipeline, no more.
    Pipeline,
    /// Left out.
    Omitted,
}

/// A fact of an opportunity's packages that moves it on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Milestone {
    /// Something of them was used for the first time.
    FirstCapture,
    /// Nothing of them is left to be used.
    BalanceZero,
    /// Nothing of them is left to be paid.
    FullyPaid,
}

macro_rules! of_opportunity {
    ($(#[$doc:meta])* $name:ident v $version:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        told! {
            $(#[$doc])*
            $name v $version {
                /// What happened to it.
                #[serde(flatten)]
                opportunity: OpportunityChange,
                $($(#[$field_doc])* $field: $type,)*
            }
        }
    };
}

pub(super) use of_opportunity;
