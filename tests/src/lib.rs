//! Integration tests: the real functions behind the local gateway, over HTTP, on the database that
//! `CARNET_TEST_DB` names: `embedded` (the default) or the address of a DynamoDB Local.

#![cfg(test)]

mod booking_redemption;
mod budgets;
mod faults;
mod harness;
mod race;
