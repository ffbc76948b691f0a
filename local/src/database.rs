//! The embedded database: DynamoDB's API over SQLite, served from this process.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use dynoxide::{Database, server};
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::Problem;
use crate::gateway::within_grace;

/// A running embedded database. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Embedded {
    endpoint: String,
    stop: oneshot::Sender<()>,
    server: JoinHandle<()>,
}

impl Embedded {
    /// Empty, and gone when stopped.
    ///
    /// # Errors
    /// [`Problem::Database`].
    pub async fn memory() -> Result<Embedded, Problem> {
        static OPENED: AtomicU64 = AtomicU64::new(0);
        let number = OPENED.fetch_add(1, Ordering::Relaxed);
        let place = format!("file:carnet-{number}?mode=memory&cache=shared");
        Self::serve("in memory", Self::open(&place)).await
    }

    /// Kept in the file at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Problem::Database`].
    pub async fn file(path: &Path) -> Result<Embedded, Problem> {
        let place = path.display().to_string();
        Self::serve(&place, Self::open(&place)).await
    }

    fn open(place: &str) -> Result<Database, String> {
        // Its second sentence is about features this build does not have.
        let first = |text: String| text.split(". ").next().unwrap_or_default().to_owned();
        let database = Database::new(place).map_err(|error| first(error.to_string()))?;
        order_the_stream(place).map_err(|error| error.to_string())?;
        Ok(database)
    }

    async fn serve(place: &str, opened: Result<Database, String>) -> Result<Embedded, Problem> {
        let problem = |reason: String| Problem::Database {
            place: place.to_owned(),
            reason,
        };
        let database = opened.map_err(problem)?;
        let listener = TcpListener::bind(("127.0.0.1", 0))
            .await
            .map_err(|error| problem(error.to_string()))?;
        let address = listener
            .local_addr()
            .map_err(|error| problem(error.to_string()))?;
        let (stop, stopped) = oneshot::channel::<()>();
        let server = tokio::spawn(async move {
            let until = async {
                // A dropped sender means stop, too.
                let _ = stopped.await;
            };
            if let Err(error) = server::serve_with_shutdown(listener, database, until).await {
                tracing::error!(error, "the embedded database stopped");
            }
        });
        Ok(Embedded {
            endpoint: format!("http://{address}"),
            stop,
            server,
        })
    }

    /// Where it answers.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Lets requests under way finish, then closes it.
    pub async fn stop(self) {
        let _ = self.stop.send(());
        within_grace(self.server).await;
    }
}

/// Every write asks for the last record of the stream, and every reader of the stream for the next: without
/// an index each of them reads all there are, and a database of thousands of entries is slow.
fn order_the_stream(place: &str) -> rusqlite::Result<()> {
    let database = rusqlite::Connection::open(place)?;
    database.execute_batch(
        "CREATE INDEX IF NOT EXISTS stream_records_by_table
             ON _stream_records (table_name, CAST(sequence_number AS INTEGER));
         CREATE INDEX IF NOT EXISTS stream_records_by_shard
             ON _stream_records (table_name, shard_id, CAST(sequence_number AS INTEGER));",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_every_write_asks_of_the_stream_is_found_by_an_index() {
        let file = format!("carnet-stream-{}.db", std::process::id());
        let path = std::env::temp_dir().join(file);
        Embedded::file(&path).await.unwrap().stop().await;
        // Opened again, it is still there.
        Embedded::file(&path).await.unwrap().stop().await;
        asks_indexes(&rusqlite::Connection::open(&path).unwrap());
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(format!("{}{ending}", path.display()));
        }
        let place = "file:carnet-ordered?mode=memory&cache=shared";
        let _open = Embedded::open(place).unwrap();
        asks_indexes(&rusqlite::Connection::open(place).unwrap());
    }

    fn asks_indexes(database: &rusqlite::Connection) {
        for (asked, index) in [
            (
                "SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records
                 WHERE table_name = 't'",
                "stream_records_by_table",
            ),
            (
                "SELECT * FROM _stream_records WHERE table_name = 't' AND shard_id = 's'
                 AND CAST(sequence_number AS INTEGER) > 5
                 ORDER BY CAST(sequence_number AS INTEGER)",
                "stream_records_by_shard",
            ),
        ] {
            let plan = format!("EXPLAIN QUERY PLAN {asked}");
            let plan: String = database.query_row(&plan, [], |row| row.get(3)).unwrap();
            assert!(plan.contains(index), "{plan}");
        }
    }
}
