//! How far each function has come, kept beside the database, so that a restart goes on there.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{Positions, Start};

/// Where positions are kept; nowhere for a database that does not outlive the process.
#[derive(Debug, Clone)]
pub struct Kept(Option<PathBuf>);

#[derive(Serialize, Deserialize)]
struct Record {
    stream: String,
    positions: Positions,
}

impl Kept {
    /// In the data directory, unless the database is in memory.
    pub fn new(data: &Path, memory: bool) -> Self {
        Self(Some(data.to_owned()).filter(|_| !memory))
    }

    fn file(&self, function: &str) -> Option<PathBuf> {
        let data = self.0.as_ref()?;
        Some(data.join(format!("stream-{function}.json")))
    }

    /// Where a function goes on in a stream: what it missed is delivered, and what it may have had
    /// before is delivered again when nothing is known of this stream.
    pub fn start(&self, function: &str, stream: &str) -> Start {
        let text = self
            .file(function)
            .and_then(|file| std::fs::read_to_string(file).ok());
        let record: Option<Record> = text.and_then(|text| serde_json::from_str(&text).ok());
        match record.filter(|record| record.stream == stream) {
            Some(record) => Start::After(record.positions),
            None => Start::Oldest,
        }
    }

    /// Notes how far a function has come. A note that is lost only means that records are delivered
    /// again.
    pub fn keep(&self, function: &str, stream: &str, positions: &Positions) {
        let Some(file) = self.file(function) else {
            return;
        };
        let record = Record {
            stream: stream.to_owned(),
            positions: positions.clone(),
        };
        let new = file.with_extension("new");
        let written = serde_json::to_vec(&record)
            .map_err(std::io::Error::other)
            .and_then(|text| std::fs::write(&new, text))
            .and_then(|()| std::fs::rename(&new, &file));
        if let Err(error) = written {
            tracing::warn!(%error, file = %file.display(), "the place in the stream is not kept");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_goes_on_where_it_was_in_the_same_stream_only() {
        let folder = std::env::temp_dir().join(format!("carnet-kept-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let kept = Kept::new(&folder, false);
        let positions = Positions::from([("shard".to_owned(), "17".to_owned())]);
        assert_eq!(kept.start("f", "stream-1"), Start::Oldest);
        kept.keep("f", "stream-1", &positions);
        assert_eq!(kept.start("f", "stream-1"), Start::After(positions.clone()));
        assert_eq!(kept.start("f", "stream-2"), Start::Oldest);
        assert_eq!(kept.start("g", "stream-1"), Start::Oldest);
        let nowhere = Kept::new(&folder, true);
        nowhere.keep("h", "stream-1", &positions);
        assert_eq!(kept.start("h", "stream-1"), Start::Oldest);
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
