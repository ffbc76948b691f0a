//! One request measured in this process: what the database says it used, and how long it took.

use std::time::{Duration, Instant};

use super::capacity::Scale;
use super::shop::Shop;
use super::stats::Sorted;
use super::{Failed, cpu};

/// What one request used of the database.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Units {
    pub(super) round_trips: usize,
    pub(super) wru: f64,
    pub(super) rru: f64,
}

/// The least that is charged, in WRU and RRU: for a KB begun of a write, and 4 KB begun of a read that need
/// not be strong.
const STEP: (f64, f64) = (1.0, 0.5);

impl Units {
    /// Whether this is as much, but for one step: what was a few bytes below the edge of one is a few
    /// bytes above it once its numbers have more digits.
    pub(super) fn is_a_step_over(&self, smaller: &Self) -> bool {
        let (wru, rru) = STEP;
        let most = (smaller.round_trips, smaller.wru + wru, smaller.rru + rru);
        let more = [self.wru - smaller.wru, self.rru - smaller.rru];
        let of_one = more.iter().filter(|more| **more > 0.01).count() == 1;
        of_one && self.within(most)
    }

    /// How much more this is, in what there is most more of.
    pub(super) fn over(&self, smaller: &Self) -> f64 {
        let pairs = [
            (self.round_trips as f64, smaller.round_trips as f64),
            (self.wru, smaller.wru),
            (self.rru, smaller.rru),
        ];
        let ratios = pairs.map(|(more, less)| ratio(more, less));
        ratios.into_iter().fold(0.0, f64::max)
    }

    /// Whether the figures are the same, but for what is lost in scaling them.
    pub(super) fn is(&self, other: &Self) -> bool {
        let near = |one: f64, other: f64| (one - other).abs() < 0.01;
        self.round_trips == other.round_trips
            && near(self.wru, other.wru)
            && near(self.rru, other.rru)
    }

    /// Whether it is within (round trips, WRU, RRU).
    pub(super) fn within(&self, (round_trips, wru, rru): (usize, f64, f64)) -> bool {
        self.round_trips <= round_trips && self.wru <= wru + 0.01 && self.rru <= rru + 0.01
    }
}

/// How many times as much; of nothing, nothing is as much.
pub(super) fn ratio(more: f64, less: f64) -> f64 {
    match less == 0.0 {
        true if more == 0.0 => 1.0,
        _ => more / less,
    }
}

/// One request, several times.
#[derive(Debug, Clone, Default)]
pub(super) struct Measured {
    units: Vec<Units>,
    times: Vec<Duration>,
    cpu: Vec<Duration>,
}

impl Measured {
    /// Does it, and notes what that took; what was answered. The processor time is that of this process: of
    /// the function, the gateway before it and the client of the database.
    pub(super) async fn note<T>(
        &mut self,
        shop: &Shop,
        scale: Scale,
        work: impl Future<Output = Result<T, Failed>>,
    ) -> Result<T, Failed> {
        shop.meter.take();
        let (before, began) = (cpu::own()?, Instant::now());
        let answer = work.await?;
        let took = began.elapsed();
        // Threads of this process may end; what one of them used is little beside the rest.
        self.cpu.push(cpu::own()?.saturating_sub(before));
        self.times.push(took);
        let used = shop.meter.take();
        self.units.push(Units {
            round_trips: used.round_trips,
            wru: used.table_wru * scale.table + used.index_wru * scale.index,
            rru: used.rru,
        });
        Ok(answer)
    }

    /// The most that it used of each, in any of the times.
    pub(super) fn units(&self) -> Units {
        let most = |of: fn(&Units) -> f64| self.units.iter().map(of).fold(0.0, f64::max);
        Units {
            round_trips: most(|units| units.round_trips as f64) as usize,
            wru: most(|units| units.wru),
            rru: most(|units| units.rru),
        }
    }

    pub(super) fn times(&self) -> Sorted {
        Sorted::of_times(self.times.iter().copied())
    }

    pub(super) fn cpu(&self) -> Sorted {
        Sorted::of_times(self.cpu.iter().copied())
    }
}
