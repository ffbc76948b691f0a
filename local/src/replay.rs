//! `carnet events`: telling other systems again what the journal says, on any table and any bus.

use chrono::{DateTime, Utc};
use clap::{ArgGroup, Args, Subcommand};
use domain::journal::Entry;
use domain::{BusinessId, CustomerId};
use functions::publish_events::tell;
use infra::{Bus, Fault, Notice, Store};

use crate::Problem;
use crate::place::{http_address, table_name};
use crate::problem::without_debug;

/// After how many entries something is said of the progress.
const STRIDE: u64 = 1_000;

/// What other systems are told
#[derive(Debug, Clone, Subcommand)]
pub enum Events {
    /// Publish what was told before once more, with the same ids; interrupted, go on with --from
    Replay(Replay),
}

/// What is told once more.
#[derive(Debug, Clone, Args)]
#[command(group = ArgGroup::new("what").required(true).multiple(true).args(["from", "customer"]))]
pub struct Replay {
    /// The business
    #[arg(long, value_name = "ID")]
    business: BusinessId,
    /// What happened from this instant on, in RFC 3339
    #[arg(long, value_name = "INSTANT")]
    from: Option<DateTime<Utc>>,
    /// What happened before this instant; without it until now
    #[arg(long, value_name = "INSTANT")]
    to: Option<DateTime<Utc>>,
    /// What happened to this customer
    #[arg(long, value_name = "ID")]
    customer: Option<CustomerId>,
    /// The DynamoDB at this address; without it that of AWS's environment variables
    #[arg(long, value_name = "URL", value_parser = http_address)]
    dynamodb: Option<String>,
    /// The table
    #[arg(long, value_name = "NAME", default_value = "carnet", value_parser = table_name)]
    table: String,
    /// The EventBridge at this address; without it that of AWS's environment variables
    #[arg(long, value_name = "URL", value_parser = http_address)]
    eventbridge: Option<String>,
    /// The bus
    #[arg(long, value_name = "NAME", default_value = "carnet")]
    bus: String,
}

/// Does what the command says.
///
/// # Errors
/// [`Problem::Replay`], whose text is one line that says what to do.
pub(crate) async fn events(command: &Events) -> Result<(), Problem> {
    let Events::Replay(replay) = command;
    let client = match &replay.dynamodb {
        Some(address) => infra::client::at(address),
        None => infra::client::from_env().await,
    };
    let bus = match &replay.eventbridge {
        Some(address) => Bus::at(address, &replay.bus),
        None => Bus::from_env(&replay.bus).await,
    };
    let store = Store::new(client, replay.table.clone());
    let done = replayed(replay, &store, &bus).await;
    done.map_err(|fault| Problem::Replay {
        business: replay.business.to_string(),
        reason: without_debug(fault.cause()),
    })
}

/// Publishes what is asked for, oldest first, and says how far it has come.
async fn replayed(replay: &Replay, store: &Store, bus: &Bus) -> Result<(), Fault> {
    let wanted = |entry: &Entry| {
        let of = |customer| {
            let opportunity = entry.fact.opportunity().map(|change| change.customer);
            entry.fact.noticed().map(|notice| notice.customer) == Some(customer)
                || entry.customer == Some(customer)
                || entry.also.contains(&customer)
                || opportunity == Some(customer)
        };
        replay.from.is_none_or(|from| from <= entry.at)
            && replay.to.is_none_or(|to| entry.at < to)
            && replay.customer.is_none_or(of)
    };
    let mut progress = Told::default();
    let mut after = replay.from;
    let mut last = None;
    loop {
        let page = store.journal_from(&replay.business, after, last).await?;
        let Some(end) = page.last() else { break };
        (last, after) = (Some(end.id), None);
        let over = replay.to.is_some_and(|to| to <= end.at);
        let page: Vec<&Entry> = page.iter().filter(|entry| wanted(entry)).collect();
        let groups = page.iter().map(|entry| tell(entry));
        let groups: Vec<Vec<Notice>> = groups.collect::<Result<_, _>>()?;
        if let Err(unpublished) = bus.publish(&groups).await {
            let stopped = page.get(unpublished.group);
            let at =
                stopped.map(|entry| format!("entry {} of {}", entry.id, entry.at.to_rfc3339()));
            let (at, cause) = (at.unwrap_or_default(), unpublished.fault.cause());
            return Err(Fault::Broken {
                cause: format!("all before {at} is published, it is not: {cause}"),
            });
        }
        for (entry, events) in page.into_iter().zip(&groups) {
            progress.events += events.len() as u64;
            progress.entry(entry);
        }
        if over {
            break;
        }
    }
    eprintln!(
        "{}: {} entries, {} events published again",
        replay.business, progress.entries, progress.events
    );
    Ok(())
}

#[derive(Default)]
struct Told {
    entries: u64,
    events: u64,
}

impl Told {
    /// Says now and then how far it has come: from there on it goes on when it is interrupted.
    fn entry(&mut self, entry: &Entry) {
        self.entries += 1;
        if self.entries.is_multiple_of(STRIDE) {
            eprintln!(
                "{}: {} entries, {} events, up to {}",
                entry.business,
                self.entries,
                self.events,
                entry.at.to_rfc3339()
            );
        }
    }
}
