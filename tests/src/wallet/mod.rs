//! What customers hold, and the journals.

mod as_of;
mod business_journal;
mod customer_journal;
mod customer_wallet;
mod history;
mod my_wallet;
mod package_journal;
mod totals;

use serde_json::Value;

use crate::harness::{Salon, World};

/// The facts of a page of a journal, in its order.
fn facts(page: &[Value]) -> Vec<&str> {
    page.iter()
        .map(|entry| entry["fact"].as_str().unwrap())
        .collect()
}

/// Expects a journal to be the same list at every size of page.
async fn check_pages(world: &World, path: &str, whole: &[Value]) {
    for limit in 1..=3 {
        let pages = world.pages(&format!("{path}?limit={limit}")).await;
        assert_eq!(pages.concat(), whole, "{path} at {limit} a page");
        let full = pages.iter().rev().skip(1).all(|page| page.len() == limit);
        assert!(full, "{path} at {limit} a page");
        assert_eq!(pages.len(), whole.len().div_ceil(limit).max(1), "{path}");
    }
}

/// Moves the clock to this minute of the morning.
fn at(salon: &Salon, minute: u32) {
    salon
        .world
        .set_clock(&format!("2026-11-22T09:{minute:02}:00Z"));
}
