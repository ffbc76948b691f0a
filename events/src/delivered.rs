//! An event as EventBridge gives it to a function.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// An event as EventBridge gives it to a function. Its detail is read when it is known what it is.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Delivered {
    /// Always `0`: the version of this envelope.
    pub version: String,
    /// Given by EventBridge to what was put: the same however often it is delivered.
    pub id: String,
    /// What kind of event it is.
    #[serde(rename = "detail-type")]
    pub detail_type: String,
    /// The system that put it.
    pub source: String,
    /// The account that put it.
    #[serde(default)]
    pub account: String,
    /// When it happened, as who put it says.
    pub time: String,
    /// The region.
    #[serde(default)]
    pub region: String,
    /// What it concerns.
    #[serde(default)]
    pub resources: Vec<String>,
    /// What happened.
    pub detail: Value,
}
