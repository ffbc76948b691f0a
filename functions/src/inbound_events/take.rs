//! Taking an event: what it is, whose it is, and what is to be done.

use chrono::TimeDelta;
use domain::{ActorId, BusinessId, Instant};
use events::inbound::{
    AppointmentBooked, AppointmentCancelled, AppointmentCompleted, AppointmentNoShow,
    AppointmentRescheduled, CustomerRegistered, PaymentFailed, PaymentReturned, PaymentSucceeded,
};
use events::{Contract, Delivered, SOURCE};
use infra::Consistency;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::{appointment, payment, registered, stripe};
use crate::App;
use crate::bus_function::{Rejected, Taken};
use crate::edge::Caller;

/// By how much another system's clock may be ahead.
const AHEAD_MINUTES: i64 = 15;

/// Takes an event by what it is.
pub(super) fn take(app: &App, event: Value) -> Taken<'_> {
    Box::pin(async move {
        let event: Delivered = serde_json::from_value(event).map_err(malformed)?;
        let told = Told { app, event };
        told.take().await
    })
}

/// An event, and what it is taken with.
pub(super) struct Told<'a> {
    pub(super) app: &'a App,
    pub(super) event: Delivered,
}

impl Told<'_> {
    async fn take(&self) -> Result<(), Rejected> {
        self.taking()?.await
    }

    /// What takes it. Boxed, as the largest of all would be part of each.
    fn taking(&self) -> Result<Taken<'_>, Rejected> {
        use domain::bookings::BookingStatus::{Booked, Cancelled, Completed, NoShow};
        if self.event.source == SOURCE {
            let detail = "what this system tells is not taken by it";
            return Err(Rejected::new("own-event", detail));
        }
        if self.event.source.starts_with(stripe::SOURCES) {
            return Ok(Box::pin(stripe::take(self)));
        }
        Ok(match self.event.detail_type.as_str() {
            AppointmentBooked::DETAIL_TYPE => {
                let AppointmentBooked { appointment, .. } = self.detail()?;
                Box::pin(appointment::take(self, appointment, Booked))
            }
            AppointmentRescheduled::DETAIL_TYPE => {
                let AppointmentRescheduled { appointment, .. } = self.detail()?;
                Box::pin(appointment::take(self, appointment, Booked))
            }
            AppointmentCancelled::DETAIL_TYPE => {
                let AppointmentCancelled { appointment, .. } = self.detail()?;
                Box::pin(appointment::take(self, appointment, Cancelled))
            }
            AppointmentCompleted::DETAIL_TYPE => {
                let AppointmentCompleted { appointment, .. } = self.detail()?;
                Box::pin(appointment::take(self, appointment, Completed))
            }
            AppointmentNoShow::DETAIL_TYPE => {
                let AppointmentNoShow { appointment, .. } = self.detail()?;
                Box::pin(appointment::take(self, appointment, NoShow))
            }
            PaymentSucceeded::DETAIL_TYPE => Box::pin(payment::succeeded(self, self.detail()?)),
            PaymentFailed::DETAIL_TYPE => Box::pin(payment::failed(self, self.detail()?)),
            PaymentReturned::DETAIL_TYPE => Box::pin(payment::returned(self, self.detail()?)),
            CustomerRegistered::DETAIL_TYPE => Box::pin(registered::take(self, self.detail()?)),
            _ => return Err(self.unknown()),
        })
    }

    pub(super) fn unknown(&self) -> Rejected {
        let kind = &self.event.detail_type;
        Rejected::new("unknown-event", format!("no event {kind:?} is taken"))
    }

    /// The detail of a contract's version.
    ///
    /// # Errors
    /// `unknown-version` for another version than the contract's, then `malformed-event`.
    fn detail<C: Contract>(&self) -> Result<C, Rejected> {
        let version = self.event.detail.get("version").and_then(Value::as_u64);
        if let Some(version) = version.filter(|version| *version != u64::from(C::VERSION)) {
            let detail = format!("version {} is taken, not {version}", C::VERSION);
            return Err(Rejected::new("unknown-version", detail));
        }
        shaped(&self.event.detail)
    }

    /// Who acts: a machine that is called as the system that told, of what happened at `at`, if the
    /// business believes it.
    ///
    /// # Errors
    /// In this order: `malformed-event` for ids that are none, `source-not-believed`.
    pub(super) async fn caller(&self, business: &str, at: Instant) -> Result<Caller, Rejected> {
        let business: BusinessId = parsed("business_id", business)?;
        let source: ActorId = parsed("source", &self.event.source)?;
        let cause = parsed("id", &format!("event-{}", self.event.id))?;
        let settings = self.app.store.settings(&business, Consistency::Strong);
        if settings
            .await?
            .is_some_and(|settings| !settings.believes(&source))
        {
            let detail = "the business names other systems in event_sources of its settings";
            return Err(Rejected::new("source-not-believed", detail));
        }
        Ok(Caller::system(business, source, cause, at))
    }

    /// When it happened.
    ///
    /// # Errors
    /// `malformed-event` for no instant, `occurred-in-future` for one that lies ahead.
    pub(super) fn occurred(&self, at: &str) -> Result<Instant, Rejected> {
        let at = instant("occurred_at", at)?;
        if at > self.app.clock.now() + TimeDelta::minutes(AHEAD_MINUTES) {
            let detail = "occurred_at lies ahead: check the clock of who sends";
            return Err(Rejected::new("occurred-in-future", detail));
        }
        Ok(at)
    }
}

/// Reads a value of a known shape.
///
/// # Errors
/// `malformed-event`, which names the place.
pub(super) fn shaped<T: DeserializeOwned>(value: &Value) -> Result<T, Rejected> {
    serde_path_to_error::deserialize(value).map_err(malformed)
}

fn malformed(error: impl std::fmt::Display) -> Rejected {
    Rejected::new("malformed-event", error.to_string())
}

/// A field as a domain type.
///
/// # Errors
/// `malformed-event`, which names the field and what belongs there.
pub(super) fn parsed<T>(field: &str, text: &str) -> Result<T, Rejected>
where
    T: std::str::FromStr<Err: std::fmt::Display>,
{
    text.parse()
        .map_err(|error| malformed(format_args!("{field}: {error}")))
}

/// A field as an instant, to the millisecond.
///
/// # Errors
/// `malformed-event`.
pub(super) fn instant(field: &str, text: &str) -> Result<Instant, Rejected> {
    let at = serde_json::from_value::<crate::edge::Timestamp>(text.into());
    at.map(|at| at.0)
        .map_err(|error| malformed(format_args!("{field}: {error}")))
}
