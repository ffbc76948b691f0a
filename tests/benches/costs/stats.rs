//! What many measurements say together.

use std::time::Duration;

/// Measurements of one thing, sorted.
#[derive(Debug, Clone, Default)]
pub(super) struct Sorted(Vec<f64>);

impl Sorted {
    /// Of times, in milliseconds.
    pub(super) fn of_times(times: impl IntoIterator<Item = Duration>) -> Self {
        times
            .into_iter()
            .map(|time| time.as_secs_f64() * 1e3)
            .collect()
    }

    /// The least that this share of them do not exceed; nothing of nothing.
    pub(super) fn quantile(&self, share: f64) -> f64 {
        let place = (share * self.0.len() as f64).ceil() as usize;
        let value = self.0.get(place.clamp(1, self.0.len().max(1)) - 1);
        value.copied().unwrap_or_default()
    }

    pub(super) fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    pub(super) fn p99(&self) -> f64 {
        self.quantile(0.99)
    }

    pub(super) fn most(&self) -> f64 {
        self.quantile(1.0)
    }
}

impl FromIterator<f64> for Sorted {
    fn from_iter<I: IntoIterator<Item = f64>>(values: I) -> Self {
        let mut values: Vec<f64> = values.into_iter().collect();
        values.sort_by(f64::total_cmp);
        Self(values)
    }
}
