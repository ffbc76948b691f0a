//! Noting what a batch of the stream puts on the agenda, and takes off it.

use std::collections::BTreeMap;

use aws_lambda_events::dynamodb::EventRecord;
use domain::BusinessId;
use domain::settings::Settings;
use infra::{Anew, Consistency, Dated, Fault};

use crate::App;
use crate::stream::{Failed, Handled};

/// The settings of the businesses of a batch, each read once; none for one that has none.
type Known = BTreeMap<BusinessId, Option<Settings>>;

/// Brings the agenda to what each record has on it now. One that cannot be looked at is named, and does
/// not keep the others from being.
pub(crate) fn note<'a>(app: &'a App, records: &'a [EventRecord]) -> Handled<'a> {
    Box::pin(async move {
        let mut known = Known::new();
        let mut failed = None;
        for (place, record) in records.iter().enumerate() {
            if let Err(fault) = note_one(app, record, &mut known).await
                && failed.is_none()
            {
                failed = Some(Failed {
                    first: place,
                    fault,
                });
            }
        }
        failed.map_or(Ok(()), Err)
    })
}

async fn note_one(app: &App, record: &EventRecord, known: &mut Known) -> Result<(), Fault> {
    let change = &record.change;
    if let Some(anew) = Anew::read(&change.keys, &change.old_image, &change.new_image)? {
        return app.store.ask_anew(&anew).await;
    }
    let Some(dated) = Dated::read(&change.keys, &change.old_image, &change.new_image)? else {
        return Ok(());
    };
    let business = &dated.business;
    if !known.contains_key(business) {
        // Settings that are changed after this have the agenda made anew.
        let settings = app.store.settings(business, Consistency::Strong).await?;
        known.insert(business.clone(), settings);
    }
    let Some(Some(settings)) = known.get(business) else {
        return Ok(());
    };
    let before = dated.before.map(|before| before.agenda(settings));
    let (before, after) = (before.unwrap_or_default(), dated.after.agenda(settings));
    let (of, version) = (dated.after.of(), dated.after.version());
    let now = app.clock.now();
    app.store
        .move_agenda((business, of), (&before, &after), version, now)
        .await
}
