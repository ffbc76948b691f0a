//! Where requests come in: who calls, what they sent, and how it is answered when it cannot be done.

mod answer;
mod caller;
mod extract;
mod fields;
#[cfg(feature = "document")]
mod forms;
mod ids;
mod logging;
#[cfg(feature = "document")]
mod openapi;
mod penalty;
mod problem;
mod query;
mod responses;
mod right;

pub use answer::{Answer, ListQuery, PageOf};
pub use caller::Caller;
pub use extract::{IfMatch, Json, Key, OptionalKey, Path, Query, SentJson};
pub use fields::{
    MoneyField, ServiceRef, SumField, Timestamp, object_or_null, objects, objects_or_null, sent,
};
pub use ids::fresh_or_derived;
pub use logging::log_request;
#[cfg(feature = "document")]
pub use openapi::secured;
pub use penalty::PenaltyField;
pub use problem::{Problem, ProblemBody, no_such_method, no_such_route};
pub use query::{Described, no_stray_query};
pub use responses::{Conflict, Invalid, Missing, Problems};
pub use right::Right;
