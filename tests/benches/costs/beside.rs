//! What was asked of a larger business beside the same of the smallest.

use super::growth::{Asked, Grown, Reads};
use super::measured::{Measured, ratio};

impl Asked {
    /// Whether it has to take as much as this did of a smaller business.
    pub(super) fn is_beside(&self, less: &Self) -> bool {
        self.reads == Reads::Alike && self.lines == less.lines
    }
}

/// The worst of all that was asked, beside the smallest size.
#[derive(Debug, Clone, Default)]
pub(super) struct Worst {
    pub(super) ratio: f64,
    pub(super) what: String,
}

impl Worst {
    fn take(&mut self, ratio: f64, what: &str, size: u64) {
        if ratio > self.ratio {
            *self = Self {
                ratio,
                what: format!("{what}, at {size}"),
            };
        }
    }
}

/// What uses one step more of units at some size than at the smallest: rounding, and no growth.
pub(super) fn rounded(grown: &[Grown]) -> Vec<&str> {
    let Some((first, others)) = grown.split_first() else {
        return Vec::new();
    };
    let asked = first.asked.iter().enumerate();
    let rounded = asked.filter(|(place, less)| {
        let more = others.iter().map(|other| &other.asked[*place]);
        let mut more = more.filter(|more| more.is_beside(less));
        more.any(|more| is_rounded(more, less))
    });
    rounded.map(|(_, less)| less.what.as_str()).collect()
}

fn is_rounded(more: &Asked, less: &Asked) -> bool {
    let (more, less) = (more.measured.units(), less.measured.units());
    more.is_a_step_over(&less)
}

/// The worst ratio to the smallest size: of units, but for one step of them; of processor time; of the median
/// time.
pub(super) fn worst(grown: &[Grown]) -> [Worst; 3] {
    let mut worst = [Worst::default(), Worst::default(), Worst::default()];
    let Some((first, others)) = grown.split_first() else {
        return worst;
    };
    for other in others {
        let pairs = other.asked.iter().zip(&first.asked);
        for (more, less) in pairs.filter(|(more, less)| more.is_beside(less)) {
            let [units, cpu, time] = ratios(more, less);
            let units = if is_rounded(more, less) { 1.0 } else { units };
            for (worst, ratio) in worst.iter_mut().zip([units, cpu, time]) {
                worst.take(ratio, &more.what, other.size);
            }
        }
    }
    worst
}

/// How many times as much it takes: of units, of processor time, of the median time.
pub(super) fn ratios(more: &Asked, less: &Asked) -> [f64; 3] {
    let (more, less) = (&more.measured, &less.measured);
    let median = |of: fn(&Measured) -> f64| ratio(of(more), of(less));
    [
        more.units().over(&less.units()),
        median(|measured| measured.cpu().median()),
        median(|measured| measured.times().median()),
    ]
}
