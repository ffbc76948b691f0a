//! The event bus: putting what happened on it, as much as it takes at once.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_config::SdkConfig;
use aws_sdk_eventbridge::Client;
use aws_sdk_eventbridge::error::{DisplayErrorContext, ProvideErrorMetadata};
use aws_sdk_eventbridge::primitives::DateTime;
use aws_sdk_eventbridge::types::{PutEventsRequestEntry, PutEventsResultEntry};
use domain::Instant;

use crate::pace::Pace;
use crate::{Fault, client};

/// How many events one request takes.
const MOST_EVENTS: usize = 10;
/// How many bytes one request takes, and so one event.
const MOST_BYTES: usize = 256 * 1024;
/// How many bytes of an event are its time.
const TIME_BYTES: usize = 14;
/// How often what was refused is put again.
const TRIES: u32 = 4;
/// How many ids are kept of what is to come again.
const MOST_AHEAD: usize = 1000;

/// An event for other systems.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its id, which its detail has, too.
    pub id: String,
    /// What kind of event it is.
    pub detail_type: &'static str,
    /// When it happened.
    pub at: Instant,
    /// What happened, in JSON.
    pub detail: String,
}

/// What could not be published.
#[derive(Debug)]
pub struct Unpublished {
    /// The place of the first group of events that was not taken whole, from 0. All before it were.
    pub group: usize,
    /// Why.
    pub fault: Fault,
}

/// The event bus of the business's events.
#[derive(Debug, Clone)]
pub struct Bus {
    client: Client,
    name: String,
    /// Events that were taken though one before them was not: they will come again, and are then passed
    /// over.
    ahead: Arc<Mutex<BTreeSet<String>>>,
}

impl Bus {
    /// The bus called `name`, of a Lambda function.
    ///
    /// # Errors
    /// When the environment has no region.
    pub fn of_function(name: impl Into<String>) -> Result<Self, &'static str> {
        let config = client::config_of_function("EVENTBRIDGE")?;
        Ok(Self::new(&config, name))
    }

    /// The bus called `name`, with region and credentials from wherever the SDK looks for them.
    pub async fn from_env(name: impl Into<String>) -> Self {
        Self::new(&client::config_from_env().await, name)
    }

    /// The bus called `name` at `endpoint_url`, plain HTTP.
    pub fn at(endpoint_url: &str, name: impl Into<String>) -> Self {
        Self::new(&client::config_at(endpoint_url), name)
    }

    fn new(config: &SdkConfig, name: impl Into<String>) -> Self {
        Self {
            client: Client::new(config),
            name: name.into(),
            ahead: Arc::default(),
        }
    }

    /// Opens the connection ahead of the first events, with a request that puts none. The bus refuses it,
    /// which is of no matter.
    pub async fn open(&self) {
        let _ = self
            .client
            .put_events()
            .set_entries(Some(Vec::new()))
            .send()
            .await;
    }

    /// Publishes groups of events, in order: what one record told is one group. It stops at the first that
    /// is not taken, after a few tries: what comes after it is not published, so that it can come again and
    /// nothing comes twice. Where the bus took some of the same request, or of the same group, they are
    /// known by their ids when they come again to this process.
    ///
    /// # Errors
    /// [`Unpublished`] names the group, and why: [`Fault::Broken`] for an event that is too large.
    pub async fn publish(&self, groups: &[Vec<Notice>]) -> Result<(), Unpublished> {
        let mut taken = Vec::new();
        let published = self.publish_fresh(groups, &mut taken).await;
        if let Err(unpublished) = &published {
            let again = taken
                .iter()
                .filter(|(group, _)| *group >= unpublished.group);
            let mut ahead = self.ahead();
            if ahead.len() >= MOST_AHEAD {
                // Nothing of it came again here: another process got it.
                ahead.clear();
            }
            ahead.extend(again.map(|(_, event)| event.id.clone()));
        }
        published
    }

    /// The same; `taken` are the events that are on the bus then.
    async fn publish_fresh<'e>(
        &self,
        groups: &'e [Vec<Notice>],
        taken: &mut Vec<(usize, &'e Notice)>,
    ) -> Result<(), Unpublished> {
        let events = groups.iter().enumerate();
        let events =
            events.flat_map(|(group, events)| events.iter().map(move |event| (group, event)));
        let (ahead, fresh): (Vec<_>, Vec<_>) =
            events.partition(|(_, event)| self.ahead().remove(&event.id));
        taken.extend(ahead);
        let mut rest = fresh.as_slice();
        while let Some((group, event)) = rest.first() {
            let fit = fitting(rest);
            if fit == 0 {
                let id = &event.id;
                return Err(Unpublished {
                    group: *group,
                    fault: Fault::broken(format_args!("event {id} is larger than the bus takes")),
                });
            }
            let (now, later) = rest.split_at(fit);
            let put = self.put(now).await;
            let refused = put.as_ref().err().map(|(refused, _)| refused.as_slice());
            let refused = refused.unwrap_or_default();
            let is_refused = |id: &str| refused.iter().any(|(_, event)| event.id == id);
            taken.extend(now.iter().filter(|(_, event)| !is_refused(&event.id)));
            put.map_err(|(refused, fault)| Unpublished {
                group: refused.first().map_or(*group, |(group, _)| *group),
                fault,
            })?;
            rest = later;
        }
        Ok(())
    }

    /// Puts what fits into one request, again what was refused.
    ///
    /// # Errors
    /// What is not on the bus, and why.
    async fn put<'e>(
        &self,
        events: &[(usize, &'e Notice)],
    ) -> Result<(), (Vec<(usize, &'e Notice)>, Fault)> {
        let mut pace = Pace::new(Duration::from_secs(2));
        let mut left: Vec<(usize, &Notice)> = events.to_vec();
        for tries in 1.. {
            let refused = match self.put_once(&left).await {
                Ok(refused) => refused,
                // One that is not valid has the whole request refused.
                Err(Fault::Broken { .. }) if left.len() > 1 => return self.put_singly(&left).await,
                Err(fault) => return Err((left, fault)),
            };
            let Some(reason) = refused.iter().flatten().next().cloned() else {
                break;
            };
            left = left
                .into_iter()
                .zip(refused)
                .filter_map(|(event, refused)| refused.map(|_| event))
                .collect();
            if tries >= TRIES {
                return Err((left, Fault::Unavailable { cause: reason }));
            }
            if let Err(fault) = pace.ease().await {
                return Err((left, fault));
            }
        }
        Ok(())
    }

    /// Puts each in a request of its own, up to the first that is not taken.
    ///
    /// # Errors
    /// What is not on the bus, and why.
    async fn put_singly<'e>(
        &self,
        events: &[(usize, &'e Notice)],
    ) -> Result<(), (Vec<(usize, &'e Notice)>, Fault)> {
        for (place, event) in events.iter().enumerate() {
            let refused = match self.put_once(std::slice::from_ref(event)).await {
                Ok(refused) => refused.into_iter().flatten().next(),
                Err(fault) => Some(fault.cause().to_owned()),
            };
            if let Some(cause) = refused {
                let left = events.get(place..).unwrap_or_default();
                return Err((left.to_vec(), Fault::Broken { cause }));
            }
        }
        Ok(())
    }

    /// For each event why it was refused, if it was.
    async fn put_once(&self, events: &[(usize, &Notice)]) -> Result<Vec<Option<String>>, Fault> {
        let entries = events.iter().map(|(_, event)| {
            PutEventsRequestEntry::builder()
                .event_bus_name(&self.name)
                .source(events::SOURCE)
                .detail_type(event.detail_type)
                .time(DateTime::from_millis(event.at.timestamp_millis()))
                .detail(&event.detail)
                .build()
        });
        let request = self
            .client
            .put_events()
            .set_entries(Some(entries.collect()));
        let output = request.send().await.map_err(|error| {
            let cause = DisplayErrorContext(&error).to_string();
            match error.code() {
                Some(
                    "ValidationException" | "AccessDeniedException" | "ResourceNotFoundException",
                ) => Fault::Broken { cause },
                Some(_) | None => Fault::Unavailable { cause },
            }
        })?;
        if output.entries().len() != events.len() {
            return Err(Fault::broken("the bus did not answer for each event"));
        }
        let reason = |entry: &PutEventsResultEntry| {
            let code = entry.error_code()?;
            let message = entry.error_message().unwrap_or_default();
            Some(format!("the bus refused an event: {code}: {message}"))
        };
        Ok(output.entries().iter().map(reason).collect())
    }

    fn ahead(&self) -> MutexGuard<'_, BTreeSet<String>> {
        self.ahead.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// How many of the first events fit into one request.
fn fitting(events: &[(usize, &Notice)]) -> usize {
    let mut bytes = 0;
    let sizes = events
        .iter()
        .take(MOST_EVENTS)
        .map(|(_, event)| size(event));
    sizes
        .take_while(|size| {
            bytes += size;
            bytes <= MOST_BYTES
        })
        .count()
}

/// The bytes of an event, as the bus counts them.
fn size(event: &Notice) -> usize {
    TIME_BYTES + events::SOURCE.len() + event.detail_type.len() + event.detail.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn notice(bytes: usize) -> Notice {
        Notice {
            id: "ent_1".to_owned(),
            detail_type: "PackageSold",
            at: Instant::UNIX_EPOCH,
            detail: "x".repeat(bytes),
        }
    }

    #[test]
    fn a_request_has_ten_events_and_a_quarter_of_a_megabyte_at_most() {
        let small = notice(100);
        assert_eq!(fitting(&[(0, &small); 11]), 10);
        let large = notice(100_000);
        assert_eq!(fitting(&[(0, &large); 3]), 2);
        let too_large = notice(MOST_BYTES);
        assert_eq!(fitting(&[(0, &too_large)]), 0);
        assert_eq!(fitting(&[]), 0);
    }
}
