//! Projecting a batch of the stream.

use aws_lambda_events::dynamodb::EventRecord;
use infra::{Change, Fault};

use crate::App;
use crate::stream::{Failed, Handled};

/// Adds what the records tell to the rows, each record once, however often it is delivered. A record
/// that cannot be added is named, and does not keep the others from being added: their order is of no
/// matter, and when it is set aside in the end, it takes nothing else with it.
pub(crate) fn project<'a>(app: &'a App, records: &'a [EventRecord]) -> Handled<'a> {
    Box::pin(async move {
        let (mut changes, mut failed) = (Vec::new(), Vec::new());
        for (place, record) in records.iter().enumerate() {
            let change = &record.change;
            match Change::read(&change.keys, &change.old_image, &change.new_image) {
                Ok(change) => changes.push((place, change)),
                Err(fault) => failed.push((place, fault)),
            }
        }
        let all: Vec<&Change> = changes.iter().map(|(_, change)| change).collect();
        match app.store.project(&all).await {
            Ok(()) => {}
            Err(fault @ (Fault::Unavailable { .. } | Fault::Denied { .. })) => {
                failed.push((0, fault))
            }
            Err(Fault::Broken { .. }) => {
                for (place, change) in &changes {
                    if let Err(fault) = app.store.project(&[change]).await {
                        failed.push((*place, fault));
                    }
                }
            }
        }
        let first = failed.into_iter().min_by_key(|(place, _)| *place);
        first.map_or(Ok(()), |(first, fault)| Err(Failed { first, fault }))
    })
}
