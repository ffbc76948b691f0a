//! `carnet agenda`: putting on the agenda what falls due of records that were there before it was, and
//! showing what was set aside, on any table.

use chrono::Utc;
use clap::Subcommand;
use infra::{Fault, Rebuilt, Store};

use crate::Problem;
use crate::problem::without_debug;
use crate::reports::{Place, on_table};

/// After how many records something is said of the progress.
const STRIDE: u64 = 10_000;

/// What falls due by the calendar
#[derive(Debug, Clone, Subcommand)]
pub enum Agenda {
    /// Put on it what falls due of every record there is; reads the whole table, and may be run again
    Rebuild(Place),
    /// Show what failed so often that it is not tried any more, and why
    SetAside(Place),
}

/// Does what the command says.
///
/// # Errors
/// [`Problem`], whose text is one line that says what to do.
pub(crate) async fn agenda(command: &Agenda) -> Result<(), Problem> {
    let (Agenda::Rebuild(place) | Agenda::SetAside(place)) = command;
    let done = async |store: &Store| match command {
        Agenda::Rebuild(_) => rebuild(store, place).await,
        Agenda::SetAside(_) => show(store, place).await,
    };
    on_table(place, async |store| {
        done(store).await.map_err(|fault| Problem::Agenda {
            table: place.table.clone(),
            reason: without_debug(fault.cause()),
        })
    })
    .await
}

async fn rebuild(store: &Store, place: &Place) -> Result<(), Fault> {
    let mut next = STRIDE;
    let told = |rebuilt: Rebuilt| {
        if rebuilt.records >= next {
            eprintln!("{} records", rebuilt.records);
            next = rebuilt.records + STRIDE;
        }
    };
    let rebuilt = store.rebuild_agenda(&place.business, Utc::now(), told);
    let rebuilt = rebuilt.await?;
    eprintln!(
        "{} records, of which {} things fall due",
        rebuilt.records, rebuilt.due
    );
    Ok(())
}

async fn show(store: &Store, place: &Place) -> Result<(), Fault> {
    for item in store.set_aside().await? {
        if place.business.is_empty() || place.business.contains(&item.business) {
            let reason = item.reason.unwrap_or_default();
            let (due, what) = (item.due.at, item.due.what.name());
            println!("{} {} {what} {due}: {reason}", item.business, item.of);
        }
    }
    Ok(())
}
