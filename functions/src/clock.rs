//! The present, and ways to hold it still or to move it.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use chrono::{SubsecRound, TimeDelta, TimeZone, Utc};
use domain::Instant;

/// Where `now` comes from: the system's clock, one that was set, or one that goes on from elsewhere.
#[derive(Debug, Clone, Default)]
pub struct Clock(Source);

#[derive(Debug, Clone, Default)]
enum Source {
    #[default]
    System,
    /// Milliseconds since 1970.
    Fixed(Arc<AtomicI64>),
    /// Milliseconds ahead of the system's clock.
    Ahead(Arc<AtomicI64>),
}

impl Clock {
    /// The system's clock.
    pub fn system() -> Self {
        Self(Source::System)
    }

    /// A clock that stands still at `at` until it is set.
    pub fn fixed(at: Instant) -> Self {
        Self(Source::Fixed(Arc::new(AtomicI64::new(
            at.timestamp_millis(),
        ))))
    }

    /// A clock that goes as the system's does, and can be set.
    pub fn movable() -> Self {
        Self(Source::Ahead(Arc::new(AtomicI64::new(0))))
    }

    /// Sets a fixed clock or a movable one, in all its clones; the system's clock cannot be set.
    pub fn set(&self, at: Instant) {
        match &self.0 {
            Source::System => {}
            Source::Fixed(millis) => millis.store(at.timestamp_millis(), Ordering::SeqCst),
            Source::Ahead(ahead) => {
                // Of whole milliseconds, or it would begin one before `at`.
                let millis = at.timestamp_millis() - Utc::now().timestamp_millis();
                ahead.store(millis, Ordering::SeqCst);
            }
        }
    }

    /// Sets a movable clock to the system's again; another one stays as it is.
    pub fn reset(&self) {
        match &self.0 {
            Source::System | Source::Fixed(_) => {}
            Source::Ahead(ahead) => ahead.store(0, Ordering::SeqCst),
        }
    }

    /// The present, to the millisecond.
    pub fn now(&self) -> Instant {
        let now = match &self.0 {
            Source::System => None,
            Source::Fixed(millis) => {
                let millis = millis.load(Ordering::SeqCst);
                Utc.timestamp_millis_opt(millis).single()
            }
            Source::Ahead(ahead) => {
                let ahead = TimeDelta::milliseconds(ahead.load(Ordering::SeqCst));
                Utc::now().checked_add_signed(ahead)
            }
        };
        now.unwrap_or_else(Utc::now).trunc_subsecs(3)
    }
}
