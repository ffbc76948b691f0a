//! Publishing what a batch of the stream tells.

use aws_lambda_events::dynamodb::EventRecord;
use infra::{Change, Fault, Notice};

use super::tell;
use crate::App;
use crate::stream::{Failed, Handled};

/// Publishes what the journal's new entries tell, in order, up to the first record that cannot be
/// published: that one is named, and what comes after it is left until it comes again. So nothing is
/// published twice for the sake of a record that fails every time: Lambda cuts the batch in two before it
/// until it is alone, sets it aside, and goes on behind it.
pub(super) fn publish<'a>(app: &'a App, records: &'a [EventRecord]) -> Handled<'a> {
    Box::pin(async move {
        let broken = |cause: &str| Fault::Broken {
            cause: cause.to_owned(),
        };
        let bus = app.bus.as_ref().ok_or_else(|| Failed {
            first: 0,
            fault: broken("there is no bus to publish on"),
        })?;
        let mut groups: Vec<Vec<Notice>> = Vec::new();
        let mut unreadable = Ok(());
        for (place, record) in records.iter().enumerate() {
            match told_by(record) {
                Ok(events) => groups.push(events),
                Err(fault) => {
                    unreadable = Err(Failed {
                        first: place,
                        fault,
                    });
                    break;
                }
            }
        }
        // A group for each record: their places are the same.
        bus.publish(&groups).await.map_err(|unpublished| Failed {
            first: unpublished.group,
            fault: unpublished.fault,
        })?;
        unreadable
    })
}

fn told_by(record: &EventRecord) -> Result<Vec<Notice>, Fault> {
    let change = &record.change;
    match Change::read(&change.keys, &change.old_image, &change.new_image)? {
        Change::Entry(entry) => tell(&entry),
        Change::Package { .. } | Change::Other => Ok(Vec::new()),
    }
}
