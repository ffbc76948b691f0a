//! The rules, from outside: what pays, what is refused in which order, what the verbs do to the unit,
//! and what holds in any history.

#![cfg(test)]

mod care;
mod choosing;
mod due;
mod fixtures;
mod histories;
mod kinds;
mod pipeline;
mod pipeline_reports;
mod refusals;
mod verbs;
