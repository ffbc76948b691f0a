//! A local stand-in for Lambda's event source mapping: it reads the table's stream, of the embedded
//! database or of another, and gives it to the functions behind it.

mod deliver;
mod kept;
mod read;

use std::collections::BTreeMap;
use std::time::Duration;

use functions::App;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::bus::DeadLetters;
use crate::gateway::within_grace;
use crate::template::Mapping;
use crate::{Problem, Template};

pub use deliver::deliver;
pub use kept::Kept;
pub use read::{Start, Stream};

/// How long the stream is left alone when it had nothing.
const PAUSE: Duration = Duration::from_millis(200);

/// The sequence number of the last record that was handled, by shard.
pub type Positions = BTreeMap<String, String>;

/// One function behind the stream, and how far it has come.
#[derive(Debug)]
pub struct Pump {
    mapping: Mapping,
    app: App,
    stream: Stream,
    letters: DeadLetters,
}

impl Pump {
    /// Reads `stream` for the function of `mapping`; what fails every time goes to the `letters`.
    pub fn new(mapping: Mapping, app: App, stream: Stream, letters: DeadLetters) -> Self {
        Self {
            mapping,
            app,
            stream,
            letters,
        }
    }

    /// Delivers what there is, until there is no more. How many records that were.
    ///
    /// # Errors
    /// [`Problem::Stream`] when the stream cannot be read.
    pub async fn drain(&mut self) -> Result<usize, Problem> {
        let mut delivered = 0;
        loop {
            let shards = self.stream.next(self.mapping.batch_size).await?;
            let more = shards.iter().any(|(_, records)| !records.is_empty());
            for (shard, records) in shards {
                delivered += records.len();
                if let Some(last) = deliver(&self.mapping, &self.app, records, &self.letters).await
                {
                    self.stream.reached(&shard, last);
                }
            }
            if !more {
                return Ok(delivered);
            }
        }
    }

    /// How far it has come.
    pub fn positions(&self) -> &Positions {
        self.stream.positions()
    }
}

/// Every function behind the stream, running. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Pumps {
    stop: oneshot::Sender<()>,
    running: JoinHandle<()>,
}

impl Pumps {
    /// Delivers to every function that the template puts behind the stream of `table`, until it is
    /// stopped. `start` says where a function begins, `kept` is told how far it has come, and what fails
    /// every time goes to the `letters`.
    ///
    /// # Errors
    /// [`Problem::Stream`] when the stream cannot be read.
    pub async fn start(
        template: &Template,
        app: &App,
        (endpoint, table): (&str, &str),
        start: impl Fn(&str, &str) -> Start,
        kept: impl Fn(&str, &str, &Positions) + Send + 'static,
        letters: &DeadLetters,
    ) -> Result<Pumps, Problem> {
        let mut pumps = Vec::new();
        for mapping in &template.mappings {
            let begin = |arn: &str| start(mapping.function.name, arn);
            let stream = Stream::open(endpoint, table, begin).await?;
            pumps.push(Pump::new(
                mapping.clone(),
                app.clone(),
                stream,
                letters.clone(),
            ));
        }
        let (stop, mut stopped) = oneshot::channel::<()>();
        let running = tokio::spawn(async move {
            loop {
                for pump in &mut pumps {
                    match pump.drain().await {
                        Ok(0) => {}
                        Ok(_) => kept(
                            pump.mapping.function.name,
                            pump.stream.arn(),
                            pump.positions(),
                        ),
                        Err(problem) => tracing::error!(%problem, "the stream cannot be read"),
                    }
                }
                tokio::select! {
                    // A dropped sender means stop, too.
                    _ = &mut stopped => return,
                    () = tokio::time::sleep(PAUSE) => {}
                }
            }
        });
        Ok(Pumps { stop, running })
    }

    /// Lets the batch under way finish, then stops.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        within_grace(self.running).await;
    }
}
