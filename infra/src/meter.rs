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
    table: f64,
    indexes: f64,
}

/// What was used since the last reading.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Usage {
    /// Requests that waited for each other; those under way at the same time count as one.
    pub round_trips: usize,
    /// Requests sent.
    pub requests: usize,
    /// Write request units of the table, twice each for the transaction.
    pub table_wru: f64,
    /// Write request units of the indexes.
    pub index_wru: f64,
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
        let mut sent = Sent {
            from,
            to: Instant::now(),
            write,
            table: 0.0,
            indexes: 0.0,
        };
        for capacity in consumed {
            let total = capacity.capacity_units.unwrap_or_default();
            let table = capacity
                .table
                .as_ref()
                .and_then(|table| table.capacity_units);
            let table = table.unwrap_or(total);
            sent.table += table;
            sent.indexes += total - table;
        }
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
        let mut usage = Usage {
            round_trips,
            requests: sent.len(),
            table_wru: 0.0,
            index_wru: 0.0,
            rru: 0.0,
        };
        for request in &sent {
            if request.write {
                usage.table_wru += request.table;
                usage.index_wru += request.indexes;
            } else {
                usage.rru += request.table + request.indexes;
            }
        }
        usage
    }
}
