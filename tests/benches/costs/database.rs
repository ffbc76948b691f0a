//! A database in a process of its own, so that what it uses is not counted as a function's.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use local::database::Embedded;

use super::Failed;

/// What the embedded database is told when it is to be kept in memory.
const IN_MEMORY: &str = "memory";

/// A running database.
#[derive(Debug)]
pub(super) struct Database {
    pub(super) name: &'static str,
    pub(super) endpoint: String,
    /// It ends when its input does.
    child: Option<Child>,
}

impl Database {
    /// DynamoDB Local, which somebody else runs.
    pub(super) fn dynamodb_local(endpoint: &str) -> Self {
        Self {
            name: "DynamoDB Local",
            endpoint: endpoint.to_owned(),
            child: None,
        }
    }

    pub(super) fn in_memory() -> Result<Self, Failed> {
        Self::embedded(Path::new(IN_MEMORY))
    }

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
            name: "embedded",
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
