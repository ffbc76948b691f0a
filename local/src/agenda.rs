//! `carnet agenda`: putting on the agenda what falls due of records that were there before it was, and
//! showing what was set aside and trying it again, on any table.

use chrono::Utc;
use clap::Subcommand;
use infra::{Fault, FoundDue, Rebuilt, Store};

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
    /// Put on it again what was set aside, once its reason is gone; what cannot be read stays
    Retry(Place),
}

/// Does what the command says.
///
/// # Errors
/// [`Problem`], whose text is one line that says what to do.
pub(crate) async fn agenda(command: &Agenda) -> Result<(), Problem> {
    let (Agenda::Rebuild(place) | Agenda::SetAside(place) | Agenda::Retry(place)) = command;
    let done = async |store: &Store| match command {
        Agenda::Rebuild(_) => rebuild(store, place).await,
        Agenda::SetAside(_) => show(store, place).await,
        Agenda::Retry(_) => retry(store, place).await,
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
    let rebuilt = store.rebuild_agenda(&place.business, Utc::now, told);
    let rebuilt = rebuilt.await?;
    eprintln!(
        "{} records, of which {} things fall due; {} records cannot be read",
        rebuilt.records, rebuilt.due, rebuilt.unreadable
    );
    Ok(())
}

async fn show(store: &Store, place: &Place) -> Result<(), Fault> {
    for found in wanted(store, place).await? {
        let reason = found.reason();
        match &found.due {
            Ok(item) => {
                let (due, what) = (item.due.at, item.due.what.name());
                println!("{} {} {what} {due}: {reason}", item.business, item.of);
            }
            Err(_) => println!("unreadable {}: {reason}", found.place()),
        }
    }
    Ok(())
}

/// What was set aside of the businesses that are asked for; what cannot be read may be of any.
async fn wanted(store: &Store, place: &Place) -> Result<Vec<FoundDue>, Fault> {
    let mut found = store.set_aside().await?;
    found.retain(|found| match &found.due {
        Ok(item) => place.business.is_empty() || place.business.contains(&item.business),
        Err(_) => true,
    });
    Ok(found)
}

async fn retry(store: &Store, place: &Place) -> Result<(), Fault> {
    let (mut again, mut unreadable) = (0, 0);
    for found in wanted(store, place).await? {
        match store.retry_set_aside(&found, Utc::now()).await? {
            true => again += 1,
            false => unreadable += u32::from(found.due.is_err()),
        }
    }
    eprintln!("{again} on the agenda again, {unreadable} cannot be read");
    Ok(())
}
