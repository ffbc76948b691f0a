//! A database in a process of its own, so that what it uses is not counted as a function's.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use local::database::Embedded;

use super::Failed;

/// What the embedded database is told when it is to be kept in memory.
const IN_MEMORY: &str = "memory";

/// Which database.
#[derive(Debug, Clone)]
pub(super) enum Kind {
    /// The embedded one, in memory.
    Embedded,
    /// DynamoDB Local, which somebody else runs, at this address.
    Local(String),
}

impl Kind {
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Embedded => "embedded",
            Self::Local(_) => "DynamoDB Local",
        }
    }

    /// The embedded one is new each time; of DynamoDB Local there is one.
    pub(super) fn open(&self) -> Result<Database, Failed> {
        match self {
            Self::Embedded => Database::embedded(Path::new(IN_MEMORY)),
            Self::Local(endpoint) => Ok(Database {
                endpoint: endpoint.clone(),
                child: None,
            }),
        }
    }
}

/// A running database.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) endpoint: String,
    /// It ends when its input does.
    child: Option<Child>,
}

impl Database {
    /// The embedded one, kept in a file.
    pub(super) fn embedded(place: &Path) -> Result<Self, Failed> {
        let mut child = Command::new(std::env::current_exe()?)
            .arg(super::DATABASE)
            .arg(place)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let output = child.stdout.take().ok_or("no output")?;
        let mut endpoint = String::new();
        BufReader::new(output).read_line(&mut endpoint)?;
        if endpoint.is_empty() {
            return Err("the embedded database does not start".into());
        }
        Ok(Self {
            endpoint: endpoint.trim().to_owned(),
            child: Some(child),
        })
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            // Whatever it says at its end is of no matter.
            let _ = child.wait();
        }
    }
}

/// The child: serves until its input ends.
pub(super) async fn serve(place: &str) -> Result<(), Failed> {
    let embedded = match place {
        IN_MEMORY => Embedded::memory().await?,
        file => Embedded::file(Path::new(file)).await?,
    };
    println!("{}", embedded.endpoint());
    tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await??;
    embedded.stop().await;
    Ok(())
}
