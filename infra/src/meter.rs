//! What requests cost: round trips and capacity units, as they really happened.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use aws_sdk_dynamodb::types::ConsumedCapacity;

/// Counts every request of a store that carries it. Meant for tests and benchmarks: with a meter,
/// each request asks the database for the capacity it consumed.
#[derive(Debug, Clone, Default)]
pub struct Meter(Arc<Mutex<Vec<Sent>>>);

#[derive(Debug, Clone, Copy)]
struct Sent {
    from: Instant,
    to: Instant,
    write: bool,
    units: f64,
}

/// What was used since the last reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usage {
    /// Requests that waited for each other; those under way at the same time count as one.
    pub round_trips: usize,
    /// Requests sent.
    pub requests: usize,
    /// Write request units: table, transaction and indexes.
    pub wru: f64,
    /// Read request units.
    pub rru: f64,
}

impl Meter {
    pub(crate) fn record<'a>(
        &self,
        from: Instant,
        write: bool,
        consumed: impl IntoIterator<Item = &'a ConsumedCapacity>,
    ) {
        let units = consumed
            .into_iter()
            .filter_map(|capacity| capacity.capacity_units)
            .sum();
        let sent = Sent {
            from,
            to: Instant::now(),
            write,
            units,
        };
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .push(sent);
    }

    /// What was used since the last reading.
    pub fn take(&self) -> Usage {
        let mut sent = std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner));
        sent.sort_by_key(|request| request.from);
        let mut round_trips = 0;
        let mut until = None;
        for request in &sent {
            if until.is_none_or(|until| request.from >= until) {
                round_trips += 1;
                until = Some(request.to);
            } else {
                until = until.max(Some(request.to));
            }
        }
        let sum = |write| {
            sent.iter()
                .filter(|s| s.write == write)
                .map(|s| s.units)
                .sum()
        };
        Usage {
            round_trips,
            requests: sent.len(),
            wru: sum(true),
            rru: sum(false),
        }
    }
}
