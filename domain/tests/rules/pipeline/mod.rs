//! The pipeline: stages, statuses, amounts, activities, quotes, quotas, renewals, what becomes of what was
//! sold, and what holds in any history of opportunities.

mod activities;
mod amounts;
mod command;
mod deciding;
mod fixtures;
mod histories;
mod lines;
mod links;
mod opened;
mod progress;
mod quota_links;
mod quotas;
mod quotes;
mod reasons;
mod recurrence;
mod refusals;
mod renewal;
mod roads;
mod scheme_steps;
mod schemes;
mod stages;
mod transitions;
