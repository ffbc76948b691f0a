//! Why it cannot start or go on, each in one line that says what to do.

use std::io;
use std::path::PathBuf;

/// What stops `carnet`. The text is the whole message: it names the cause and the way out.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// The template is missing, is not YAML, or describes an API that cannot be served.
    #[error("{file}: {what}")]
    Template {
        /// Which file.
        file: String,
        /// What is wrong with it.
        what: String,
    },
    /// Something else listens there.
    #[error(
        "port {0} is taken: stop what listens there, or choose another with --port (0 picks a free one)"
    )]
    PortTaken(u16),
    /// The port cannot be had for another reason.
    #[error(
        "cannot listen on port {port}: {reason}; choose another with --port (0 picks a free one)"
    )]
    Port {
        /// Which port.
        port: u16,
        /// What the system said.
        reason: io::Error,
    },
    /// The data directory cannot be made, read or written.
    #[error("cannot use {}: {reason}; choose another directory with --data", path.display())]
    Directory {
        /// The directory or the file in it.
        path: PathBuf,
        /// What the system said.
        reason: io::Error,
    },
    /// Another process has the data directory.
    #[error("{} is in use by another carnet: stop that one, or choose another directory with --data", .0.display())]
    InUse(PathBuf),
    /// The signing key's file holds something else.
    #[error("{} is not a signing key: delete it, and a new one is made", .0.display())]
    Key(PathBuf),
    /// The embedded database does not open.
    #[error(
        "the embedded database does not open: {place}: {reason}; move it away to begin with an empty one"
    )]
    Database {
        /// Its file, or the memory.
        place: String,
        /// What it said.
        reason: String,
    },
    /// The table was made by an earlier version.
    #[error(
        "the table {table} was made by an earlier version and lacks the index {index}: name another with --table, or begin with an empty --data folder"
    )]
    OldTable {
        /// Its name.
        table: String,
        /// What it lacks.
        index: &'static str,
    },
    /// The table cannot be made or looked at.
    #[error(
        "cannot use the DynamoDB at {endpoint}: {reason}; is it running, and is --dynamodb right?"
    )]
    Table {
        /// Where the database should be.
        endpoint: String,
        /// What went wrong.
        reason: String,
    },
    /// The table's stream cannot be read.
    #[error(
        "cannot read the stream of the table at {endpoint}: {reason}; was the table made by carnet?"
    )]
    Stream {
        /// Where the database is.
        endpoint: String,
        /// What went wrong.
        reason: String,
    },
    /// The rows of reports cannot be made or compared.
    #[error(
        "cannot go through the reports of the table {table}: {reason}; what was done stays, so run it again"
    )]
    Reports {
        /// The table.
        table: String,
        /// What went wrong.
        reason: String,
    },
    /// The agenda could not be gone through.
    #[error(
        "cannot go through the agenda of the table {table}: {reason}; what was done stays, so run it again"
    )]
    Agenda {
        /// The table.
        table: String,
        /// What went wrong.
        reason: String,
    },
    /// What was told cannot be told again.
    #[error(
        "cannot tell again what happened in {business}: {reason}; what was published is known by its ids, so run it again"
    )]
    Replay {
        /// The business.
        business: String,
        /// What went wrong.
        reason: String,
    },
    /// Rows of reports are not what the journal tells.
    #[error("{rows} rows are not what the journal tells: carnet reports rebuild makes them again")]
    Differs {
        /// How many.
        rows: usize,
    },
    /// The demo data was refused.
    #[error(
        "the demo data cannot be written: {0}; start with an empty --data directory, or with --no-demo"
    )]
    Demo(String),
    /// The system cannot do what every system can: random numbers, signals, signatures.
    #[error("this system fails at {what}: {reason}")]
    System {
        /// What was asked of it.
        what: &'static str,
        /// What it said.
        reason: String,
    },
}

impl Problem {
    /// What the process ends with: 3 for rows that differ, as opposed to what could not be done.
    pub fn exit_code(&self) -> u8 {
        if matches!(self, Problem::Differs { .. }) {
            3
        } else {
            1
        }
    }
}

/// An error and what caused it, in one line.
pub(crate) fn chain(error: &dyn std::error::Error) -> String {
    let mut line = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let cause_text = cause.to_string();
        // Some errors print their source already.
        if !line.contains(&cause_text) {
            line.push_str(": ");
            line.push_str(&cause_text);
        }
        source = cause.source();
    }
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The SDK's account of an error without the debug form that follows it.
pub(crate) fn without_debug(cause: &str) -> String {
    let kinds = [
        " (ConstructionFailure",
        " (TimeoutError",
        " (DispatchFailure",
        " (ResponseError",
        " (ServiceError",
    ];
    let end = kinds.iter().filter_map(|kind| cause.find(kind)).min();
    let cause = end.map_or(cause, |end| &cause[..end]);
    cause.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_differ_end_otherwise_than_what_could_not_be_done() {
        assert_eq!(Problem::Differs { rows: 2 }.exit_code(), 3);
        assert_eq!(Problem::PortTaken(3000).exit_code(), 1);
        let line = Problem::Differs { rows: 2 }.to_string();
        assert!(line.starts_with("2 rows are not"), "{line}");
    }
}
