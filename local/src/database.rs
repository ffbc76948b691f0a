//! The embedded database: DynamoDB's API over SQLite, served from this process.

use std::path::Path;

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
        Self::serve(
            "in memory",
            Database::memory().map_err(|error| error.to_string()),
        )
        .await
    }

    /// Kept in the file at `path`, which is made if it is not there.
    ///
    /// # Errors
    /// [`Problem::Database`].
    pub async fn file(path: &Path) -> Result<Embedded, Problem> {
        let place = path.display().to_string();
        // Its second sentence is about features this build does not have.
        let first = |text: String| text.split(". ").next().unwrap_or_default().to_owned();
        let opened = Database::new(&place).map_err(|error| first(error.to_string()));
        Self::serve(&place, opened).await
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
