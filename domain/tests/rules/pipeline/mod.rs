//! The pipeline: stages, statuses, amounts, and what holds in any history of opportunities.

mod amounts;
mod command;
mod deciding;
mod fixtures;
mod histories;
mod lines;
mod links;
mod reasons;
mod recurrence;
mod refusals;
mod roads;
mod schemes;
mod stages;
mod transitions;
