//! `carnet reports`: making the rows that reports are read from again, and comparing them with the
//! journal, on any table.

use std::path::PathBuf;
use std::time::Duration;

use chrono::Utc;
use clap::{Args, Subcommand};
use domain::BusinessId;
use infra::{Difference, Fault, Progress, Store};

use crate::Problem;
use crate::database::Embedded;
use crate::directory::Directory;
use crate::place::{http_address, table_name};
use crate::problem::without_debug;

/// After how many entries something is said of the progress.
const STRIDE: u64 = 10_000;
/// How often rows that differ are looked at again: the stream may not have come to them yet.
const LOOKS: u32 = 3;

/// The rows that reports are read from
#[derive(Debug, Clone, Subcommand)]
pub enum Reports {
    /// Make them again from the journal, while the stream goes on; interrupted, run it again
    Rebuild(Target),
    /// Compare them with the journal; ends with 3 where they differ
    Verify(Target),
}

/// Which table, and whose rows.
#[derive(Debug, Clone, Args)]
pub struct Target {
    #[command(flatten)]
    place: Place,
    /// Seconds after which a write that was begun is done and shows in the journal's index
    #[arg(long, value_name = "SECONDS", default_value_t = 15)]
    settle: u32,
}

/// Which table, and of which businesses.
#[derive(Debug, Clone, Args)]
pub struct Place {
    /// The DynamoDB at this address; without it and --data, that of AWS's environment variables
    #[arg(long, value_name = "URL", value_parser = http_address, conflicts_with = "data")]
    pub(crate) dynamodb: Option<String>,
    /// The embedded database in this directory, while no carnet serves from it
    #[arg(long, value_name = "DIRECTORY")]
    pub(crate) data: Option<PathBuf>,
    /// The table
    #[arg(long, value_name = "NAME", default_value = "carnet", value_parser = table_name)]
    pub(crate) table: String,
    /// This business, and others by repeating it; without it all, which reads the whole table
    #[arg(long, value_name = "ID")]
    pub(crate) business: Vec<BusinessId>,
}

/// Does what the command says.
///
/// # Errors
/// [`Problem`], whose text is one line that says what to do; [`Problem::Differs`] when rows are not
/// what the journal tells.
pub(crate) async fn reports(command: &Reports) -> Result<(), Problem> {
    let (Reports::Rebuild(target) | Reports::Verify(target)) = command;
    let place = &target.place;
    on_table(place, async |store| of_all(command, target, store).await).await
}

/// Does something on a table, and closes the database if it was opened for that.
pub(crate) async fn on_table(
    place: &Place,
    work: impl AsyncFnOnce(&Store) -> Result<(), Problem>,
) -> Result<(), Problem> {
    let embedded = match &place.data {
        Some(data) => {
            let directory = Directory::open(data)?;
            let embedded = Embedded::file(&directory.database()?).await?;
            Some((directory, embedded))
        }
        None => None,
    };
    let address = embedded.as_ref().map(|(_, embedded)| embedded.endpoint());
    let client = match address.or(place.dynamodb.as_deref()) {
        Some(address) => infra::client::at(address),
        None => infra::client::from_env().await,
    };
    let store = Store::new(client, place.table.clone());
    let done = work(&store).await;
    if let Some((_, embedded)) = embedded {
        embedded.stop().await;
    }
    done
}

async fn of_all(command: &Reports, target: &Target, store: &Store) -> Result<(), Problem> {
    let problem = |fault: Fault| Problem::Reports {
        table: target.place.table.clone(),
        reason: without_debug(fault.cause()),
    };
    let businesses = match target.place.business.as_slice() {
        [] => store.businesses().await.map_err(problem)?,
        named => named.to_vec(),
    };
    let settle = Duration::from_secs(target.settle.into());
    let mut differing = 0;
    for business in &businesses {
        match command {
            Reports::Rebuild(_) => rebuild(store, business, settle).await.map_err(problem)?,
            Reports::Verify(_) => {
                let found = verify(store, business, settle).await.map_err(problem)?;
                found
                    .iter()
                    .for_each(|difference| println!("{business} {difference}"));
                differing += found.len();
            }
        }
    }
    match differing {
        0 => Ok(()),
        rows => Err(Problem::Differs { rows }),
    }
}

async fn rebuild(store: &Store, business: &BusinessId, settle: Duration) -> Result<(), Fault> {
    let until = Utc::now() + settle;
    let rebuilt = store
        .rebuild_projections(business, until, 2 * settle, told(business))
        .await?;
    match rebuilt {
        Some(projection) => eprintln!(
            "{business}: reports are read from generation {}, in the days of {}",
            projection.generation, projection.time_zone
        ),
        None => eprintln!("{business}: no settings, so nothing to report"),
    }
    Ok(())
}

async fn verify(
    store: &Store,
    business: &BusinessId,
    settle: Duration,
) -> Result<Vec<Difference>, Fault> {
    let mut found = store.verify_projections(business, told(business)).await?;
    for _ in 1..LOOKS {
        if found.is_empty() {
            break;
        }
        eprintln!("{business}: {} rows differ; looking again", found.len());
        tokio::time::sleep(settle).await;
        found = store.verify_projections(business, told(business)).await?;
    }
    eprintln!("{business}: {} rows differ", found.len());
    Ok(found)
}

/// Says how far it has come, now and then.
fn told(business: &BusinessId) -> impl FnMut(Progress) {
    let mut next = STRIDE;
    move |progress| {
        if progress.entries >= next {
            eprintln!(
                "{business}: {} entries, up to {}",
                progress.entries, progress.at
            );
            next = progress.entries + STRIDE;
        }
    }
}
