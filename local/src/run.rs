//! The course of `carnet`: start everything, say where it is, serve, stop.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use functions::{App, Clock};
use infra::Store;
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::Notify;

use crate::agenda::{Agenda, agenda};
use crate::bus::{self, Bus, DeadLetters};
use crate::database::Embedded;
use crate::directory::Directory;
use crate::due::Schedule;
use crate::gateway::{Gateway, listen};
use crate::place::{http_address, table_name};
use crate::problem::without_debug;
use crate::replay::{Events, events};
use crate::reports::{Reports, reports};
use crate::stream::{Kept, Pumps};
use crate::{Problem, Template, clock, demo, set_aside};

/// Carnet on this machine: the API, its database, and demo data.
#[derive(Debug, Clone, clap::Parser)]
#[command(name = "carnet", version, args_conflicts_with_subcommands = true)]
pub struct Options {
    /// Something else than serving
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Where to listen on 127.0.0.1; 0 picks a free port
    #[arg(long, default_value_t = 3000)]
    pub port: u16,
    /// Where the database, the signing key and the demo's tokens are kept
    #[arg(long, value_name = "DIRECTORY", default_value = ".carnet")]
    pub data: PathBuf,
    /// Keep the database in memory: what is written is gone at the end
    #[arg(long, conflicts_with = "dynamodb")]
    pub memory: bool,
    /// Use the DynamoDB at this address instead of the embedded one
    #[arg(long, value_name = "URL", value_parser = http_address)]
    pub dynamodb: Option<String>,
    /// The table, made if it is not there
    #[arg(long, value_name = "NAME", default_value = "carnet", value_parser = table_name)]
    pub table: String,
    /// The SAM template that lists the routes
    #[arg(long, value_name = "FILE", default_value = "template.yaml")]
    pub template: PathBuf,
    /// Write no demo data
    #[arg(long)]
    pub no_demo: bool,
}

/// What `carnet` does beside serving.
#[derive(Debug, Clone, clap::Subcommand)]
pub enum Command {
    /// The rows that reports are read from
    #[command(subcommand)]
    Reports(Reports),
    /// What falls due by the calendar
    #[command(subcommand)]
    Agenda(Agenda),
    /// What other systems are told
    #[command(subcommand)]
    Events(Events),
}

/// Does what the options say: without a command, starts everything and serves until Ctrl-C or SIGTERM.
///
/// # Errors
/// [`Problem`], whose text is one line that says what to do.
pub async fn run(options: &Options) -> Result<(), Problem> {
    match &options.command {
        Some(Command::Reports(command)) => reports(command).await,
        Some(Command::Agenda(command)) => agenda(command).await,
        Some(Command::Events(command)) => events(command).await,
        None => serve(options).await,
    }
}

async fn serve(options: &Options) -> Result<(), Problem> {
    let template = Template::read(&options.template)?;
    let directory = Directory::open(&options.data)?;
    let tokens = directory.tokens()?;
    let businesses = demo::businesses()?;
    let listener = listen(options.port).await?;
    let mut stop = Stop::new()?;

    let (endpoint, embedded) = match &options.dynamodb {
        Some(url) => (url.clone(), None),
        None => {
            let embedded = if options.memory {
                Embedded::memory().await?
            } else {
                Embedded::file(&directory.database()?).await?
            };
            (embedded.endpoint().to_owned(), Some(embedded))
        }
    };
    let served = tokio::select! {
        () = stop.wait() => Ok(None),
        prepared = async {
            let on_bus = bus::Endpoint::listen().await?;
            let published = infra::Bus::at(on_bus.address(), bus::NAME);
            let app = app(endpoint.clone(), &options.table, published).await?;
            let letters = DeadLetters::by(app.clock.clone());
            let bus = Bus::new(app.clone(), &template.rules, letters);
            on_bus.serve(bus.clone());
            let moved = Arc::new(Notify::new());
            let clock = clock::router(app.clock.clone(), moved.clone());
            let aside = set_aside::router(app.clone(), moved.clone());
            let beside = bus.pages().merge(clock).merge(aside);
            let gateway = Gateway::new(&template, &app, tokens.clone())?.beside(beside);
            let pumps = pumps(&template, &app, &endpoint, options, &bus.letters).await?;
            if !options.no_demo {
                let clock = Clock::fixed(chrono::Utc::now());
                let past = App {
                    store: app.store.clone(),
                    clock: clock.clone(),
                    bus: None,
                };
                let past = Gateway::new(&template, &past, tokens.clone())?;
                demo::seed((&past, &clock), &tokens, &businesses).await?;
            }
            let schedule = Schedule::start(app, moved);
            Ok::<_, Problem>(Some((gateway, pumps, schedule, on_bus)))
        } => prepared,
    };
    let served = match served {
        Ok(Some((gateway, pumps, schedule, on_bus))) => {
            let running = gateway.serve(listener)?;
            let address = format!("http://{}", running.address());
            let tokens = demo::tokens(running.tokens(), &businesses)?;
            let environment = directory.write("demo.env", &environment(&address, &tokens))?;
            print(&greeting(&address, &tokens, &environment, options));
            stop.wait().await;
            running.stop().await;
            schedule.stop().await;
            pumps.stop().await;
            on_bus.stop().await;
            Ok(())
        }
        Ok(None) => Ok(()),
        Err(problem) => Err(problem),
    };
    if let Some(embedded) = embedded {
        embedded.stop().await;
    }
    if served.is_ok() {
        print(&farewell(options));
    }
    served
}

/// The functions behind the stream, each from where it was left.
async fn pumps(
    template: &Template,
    app: &App,
    endpoint: &str,
    options: &Options,
    letters: &DeadLetters,
) -> Result<Pumps, Problem> {
    let kept = Kept::new(&options.data, options.memory);
    let keep = kept.clone();
    let start = |function: &str, arn: &str| kept.start(function, arn);
    let keep = move |function: &str, arn: &str, positions: &_| keep.keep(function, arn, positions);
    let from = (endpoint, options.table.as_str());
    Pumps::start(template, app, from, start, keep, letters).await
}

async fn app(endpoint: String, table: &str, bus: infra::Bus) -> Result<App, Problem> {
    let client = infra::client::at(&endpoint);
    let made = async {
        infra::table::create(&client, table).await?;
        infra::table::missing_indexes(&client, table).await
    };
    let missing = made.await.map_err(|fault| Problem::Table {
        endpoint,
        reason: without_debug(fault.cause()),
    })?;
    if let Some(index) = missing.first() {
        return Err(Problem::OldTable {
            table: table.to_owned(),
            index,
        });
    }
    Ok(App {
        store: Store::new(client, table),
        clock: Clock::movable(),
        bus: Some(bus),
    })
}

fn environment(address: &str, tokens: &[(String, String)]) -> String {
    let mut text = format!("export CARNET={address}\n");
    for (variable, token) in tokens {
        let _ = writeln!(text, "export {variable}={token}");
    }
    text
}

fn greeting(
    address: &str,
    tokens: &[(String, String)],
    environment: &Path,
    options: &Options,
) -> String {
    let mut text = format!(
        "Carnet answers at {address}; its API is described at {address}/docs,\n\
         what happens is shown at {address}/local/events\n\n"
    );
    for (variable, token) in tokens {
        let _ = writeln!(text, "{variable:<13} {token}");
    }
    let (variable, path) = if options.no_demo {
        ("OWNER", "/v1/services")
    } else {
        ("CUSTOMER", "/v1/me/wallet")
    };
    let _ = write!(
        text,
        "\nThe tokens are in {file}:\n\n  . {file}\n  curl -H \"Authorization: Bearer ${variable}\" $CARNET{path}\n\nCtrl-C stops it.\n",
        file = shell_path(environment),
    );
    text
}

/// A path as a shell takes it after the dot: with a slash, or it would look along PATH.
fn shell_path(path: &Path) -> String {
    let path = path.display().to_string();
    let plain = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    if path.chars().all(plain) {
        path
    } else {
        format!("'{}'", path.replace('\'', r"'\''"))
    }
}

fn farewell(options: &Options) -> String {
    match (&options.dynamodb, options.memory) {
        (Some(url), _) => format!("Stopped; what was written is in the DynamoDB at {url}.\n"),
        (None, true) => "Stopped; what was written is gone.\n".to_owned(),
        (None, false) => format!(
            "Stopped; what was written is in {}.\n",
            options.data.display()
        ),
    }
}

/// Prints unless nobody reads: a closed pipe is no reason to stop.
fn print(text: &str) {
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Ctrl-C or SIGTERM.
struct Stop {
    interrupt: Signal,
    terminate: Signal,
}

impl Stop {
    fn new() -> Result<Stop, Problem> {
        let watch = |kind| {
            signal(kind).map_err(|error| Problem::System {
                what: "watching for signals",
                reason: error.to_string(),
            })
        };
        Ok(Stop {
            interrupt: watch(SignalKind::interrupt())?,
            terminate: watch(SignalKind::terminate())?,
        })
    }

    async fn wait(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
