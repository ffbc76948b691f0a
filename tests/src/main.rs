//! Integration tests: the real functions behind the local gateway, over HTTP, on the database that
//! `CARNET_TEST_DB` names: `embedded` (the default) or the address of a DynamoDB Local, or several addresses.

#![cfg(test)]

mod appointment_completion;
mod booking_redemption;
mod budgets;
mod bulk;
mod catalog;
mod collections;
mod conditions;
mod contract;
mod customers;
mod due_work;
mod faults;
mod fuzzed;
mod harness;
mod imports;
mod inbound_events;
mod input;
mod metrics;
mod opportunity_progress;
mod opportunity_updates;
mod package_care;
mod package_sales;
mod prove;
mod publish_events;
mod race;
mod reports;
mod rights;
mod set_aside;
mod template;
mod tidy;
mod wallet;
