//! The present, and a way to hold it still.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{SubsecRound, TimeZone, Utc};
use domain::Instant;

/// Where `now` comes from: the system's clock, or one that was set.
#[derive(Debug, Clone, Default)]
pub struct Clock(Option<Arc<AtomicI64>>);

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(None)
    }

    /// A clock that stands still at `at` until it is set.
    pub fn fixed(at: Instant) -> Self {
        Self(Some(Arc::new(AtomicI64::new(at.timestamp_millis()))))
    }

    /// Sets a fixed clock, in all its clones; the system's clock cannot be set.
    pub fn set(&self, at: Instant) {
        if let Some(millis) = &self.0 {
            millis.store(at.timestamp_millis(), Ordering::SeqCst);
        }
    }

    /// The present, to the millisecond.
    pub fn now(&self) -> Instant {
        let fixed = self.0.as_ref().map(|millis| millis.load(Ordering::SeqCst));
        let fixed = fixed.and_then(|millis| Utc.timestamp_millis_opt(millis).single());
        fixed.unwrap_or_else(Utc::now).trunc_subsecs(3)
    }
}
