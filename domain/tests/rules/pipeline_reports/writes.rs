//! How many rows an entry writes to: two write units each, and two for its mark.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use domain::calendar::day_of;
use domain::pipeline::{OpportunityChange, OpportunityEvent, Position, Status};
use domain::reports::{Rows, movements};
use domain::{Instant, OpportunityId};

use super::history::{ZONE, entry, opened_on};
use crate::fixtures::{at, cus};

fn rows(before: Option<&Position>, after: &Position, now: Instant) -> usize {
    let change = OpportunityChange {
        opportunity: OpportunityId::from_bytes([1; 16]),
        customer: cus(1),
        version: 2,
        linked: Vec::new(),
        event: OpportunityEvent::StageMoved,
        before: before.cloned(),
        after: after.clone(),
    };
    let entry = entry(change, now);
    let postings = movements(&entry, &BTreeMap::new(), ZONE).unwrap();
    Rows::from_iter(postings).len()
}

/// Of one that is expected two months ahead, and rots next month.
#[test]
fn an_entry_writes_to_few_rows() {
    let opened_at = at("2026-09-10T08:00:00Z");
    let open = opened_on(opened_at, 60, 40);
    let now = opened_at + TimeDelta::days(10);
    let moved = Position {
        stage: 2,
        stage_since: now,
        rots_on: Some(day_of(now, ZONE) + chrono::Days::new(60)),
        ..open.clone()
    };
    let dearer = Position {
        value: crate::fixtures::lira(5),
        ..open.clone()
    };
    let assigned = Position {
        representative: "rep-2".parse().unwrap(),
        ..open.clone()
    };
    let mut busy = open.clone();
    busy.effort.calls += 1;
    let closed = |status, reason: Option<&str>| Position {
        status,
        closed_on: Some(day_of(now, ZONE)),
        reason: reason.map(|reason| reason.parse().unwrap()),
        rots_on: None,
        ..open.clone()
    };
    let won = closed(Status::Won, None);
    let delivered = Position {
        stage: 6,
        stage_since: now,
        ..won.clone()
    };
    for (name, before, after, expected) in [
        ("opened", None, &open, 26),
        ("a note or a quote", Some(&open), &open, 0),
        ("an activity", Some(&open), &busy, 3),
        ("moved", Some(&open), &moved, 17),
        ("another value", Some(&open), &dearer, 20),
        ("assigned", Some(&open), &assigned, 6),
        ("won", Some(&open), &won, 30),
        ("lost", Some(&open), &closed(Status::Lost, Some("dear")), 32),
        ("delivered", Some(&won), &delivered, 3),
    ] {
        let written = rows(before, after, now);
        println!(
            "{name}: {written} rows, {} write units",
            2 * written + 2 * usize::from(written > 0)
        );
        assert!(written <= expected, "{name}: {written}");
    }
}
