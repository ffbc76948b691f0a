//! How long to wait for others.

use std::time::{Duration, Instant};

use crate::Fault;
use crate::digest::random_128;
use crate::metrics::Effort;

/// The longest wait at first, in windows.
const WINDOWS: u32 = 8;
/// After how many waits they may be twice as long.
const WAITS_ALIKE: u32 = 4;

/// How long to wait between attempts.
///
/// Someone who lost a race had a window, from reading to writing, in which another wrote. A random
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

    /// Waits with full jitter, longer each time, and begins again.
    pub(crate) async fn wait(&mut self) -> Result<(), Fault> {
        self.effort.waits += 1;
        let window = self.began.elapsed().max(Duration::from_millis(5));
        let doubled = (self.effort.waits - 1) / WAITS_ALIKE;
        let most = (window * WINDOWS * (1 << doubled.min(2))).min(self.longest);
        let micros = u64::try_from(random_128()? % most.as_micros().max(1)).unwrap_or_default();
        tokio::time::sleep(Duration::from_micros(micros)).await;
        self.begin();
        Ok(())
    }
}
