//! How long to wait for others.

use std::time::{Duration, Instant};

use crate::Fault;
use crate::digest::random_128;
use crate::metrics::Effort;

/// The longest wait at first, in windows.
const WINDOWS: u32 = 8;
/// After how many waits for others they may be twice as long.
const WAITS_ALIKE: u32 = 4;
/// How often waits are doubled at most.
const DOUBLINGS: u32 = 2;
const SHORTEST_WINDOW: Duration = Duration::from_millis(5);

/// How long to wait between attempts.
///
/// A database or a bus that is asked too much is left alone twice as long each time. It is otherwise
/// with races: someone who lost one had a window, from reading to writing, in which another wrote. A random
/// wait of several such windows spreads a crowd out, however fast or slow the database is just now.
/// Where windows do not grow with the crowd, the waits do, but late: who waits long at first comes
/// when all others are gone.
#[derive(Debug)]
pub(crate) struct Pace {
    began: Instant,
    longest: Duration,
    effort: Effort,
    raced: bool,
}

impl Pace {
    pub(crate) fn new(patience: Duration) -> Self {
        Self {
            began: Instant::now(),
            longest: patience / 4,
            effort: Effort::default(),
            raced: false,
        }
    }

    /// An attempt begins.
    pub(crate) fn begin(&mut self) {
        self.began = Instant::now();
    }

    pub(crate) fn first_race(&mut self) -> bool {
        !std::mem::replace(&mut self.raced, true)
    }

    /// A decision came too late.
    pub(crate) fn lost(&mut self) {
        self.effort.conflicts += 1;
    }

    /// What it took so far.
    pub(crate) fn effort(&self) -> Effort {
        self.effort
    }

    /// Waits with full jitter for others who change the same, and begins again.
    pub(crate) async fn wait(&mut self) -> Result<(), Fault> {
        self.wait_windows(for_others(self.effort.waits)).await
    }

    /// Waits with full jitter where too much was asked, and begins again.
    pub(crate) async fn ease(&mut self) -> Result<(), Fault> {
        self.wait_windows(for_a_rate(self.effort.waits)).await
    }

    async fn wait_windows(&mut self, windows: u32) -> Result<(), Fault> {
        self.effort.waits += 1;
        let window = self.began.elapsed().max(SHORTEST_WINDOW);
        let most = (window * windows).min(self.longest);
        let micros = u64::try_from(random_128()? % most.as_micros().max(1)).unwrap_or_default();
        tokio::time::sleep(Duration::from_micros(micros)).await;
        self.begin();
        Ok(())
    }
}

/// The longest wait after so many, in windows.
fn for_others(waits: u32) -> u32 {
    for_a_rate(waits / WAITS_ALIKE)
}

fn for_a_rate(waits: u32) -> u32 {
    WINDOWS << waits.min(DOUBLINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_for_others_grow_late_and_those_for_a_rate_at_once() {
        let others: Vec<u32> = (0..9).map(for_others).collect();
        assert_eq!(others, [8, 8, 8, 8, 16, 16, 16, 16, 32]);
        let rate: Vec<u32> = (0..5).map(for_a_rate).collect();
        assert_eq!(rate, [8, 16, 32, 32, 32]);
    }
}
