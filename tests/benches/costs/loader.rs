//! Fills a database's file while nobody else has it open. It stands where the database would, takes what
//! is written in bulk, and puts many items into the file in one transaction of SQLite: the database itself
//! takes one for each item.

use std::sync::Arc;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use dynoxide::actions::batch_write_item::BatchWriteItemRequest;
use dynoxide::{Database, ImportOptions, Item};
use infra::{Store, client};
use tokio::net::TcpListener;
use tokio::sync::Mutex;
use tokio::task::AbortHandle;

use super::file::File;
use super::{Failed, TABLE};

/// How many items one transaction puts.
const OF_A_TRANSACTION: usize = 20_000;
/// The most that one request may hold, in bytes.
const LARGEST: usize = 16 << 20;

/// Takes what is written into a file.
pub(super) struct Loader {
    /// Writes here.
    pub(super) store: Store,
    filling: Arc<Mutex<Filling>>,
    server: AbortHandle,
}

struct Filling {
    /// None once it is closed.
    database: Option<Database>,
    /// What is not yet in the file.
    items: Vec<Item>,
}

impl Loader {
    /// Of a file with a table in it.
    pub(super) async fn open(file: &File) -> Result<Self, Failed> {
        let database = Database::new(&file.path().display().to_string())?;
        database.enable_bulk_loading()?;
        let filling = Arc::new(Mutex::new(Filling {
            database: Some(database),
            items: Vec::new(),
        }));
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let router = Router::new().route("/", post(take));
        let router = router.layer(axum::extract::DefaultBodyLimit::max(LARGEST));
        let serve = axum::serve(listener, router.with_state(filling.clone()));
        let server = tokio::spawn(serve.into_future()).abort_handle();
        Ok(Self {
            store: Store::new(client::at(&format!("http://{address}")), TABLE),
            filling,
            server,
        })
    }

    /// Puts the last items into the file, and closes it.
    pub(super) async fn finish(self) -> Result<(), Failed> {
        let mut filling = self.filling.lock().await;
        filling.put()?;
        filling.database = None;
        Ok(())
    }
}

impl Drop for Loader {
    fn drop(&mut self) {
        self.server.abort();
    }
}

impl Filling {
    /// What is loaded is older than the day that a stream keeps: it is not told of.
    fn put(&mut self) -> Result<(), Failed> {
        let items = std::mem::take(&mut self.items);
        let database = self.database.as_ref().ok_or("the file is closed")?;
        database.import_items(TABLE, items, ImportOptions::default())?;
        Ok(())
    }
}

/// BatchWriteItem.
async fn take(State(filling): State<Arc<Mutex<Filling>>>, body: String) -> (StatusCode, String) {
    let mut filling = filling.lock().await;
    match taken(&mut filling, &body) {
        Ok(()) => (StatusCode::OK, r#"{"UnprocessedItems":{}}"#.to_owned()),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()),
    }
}

fn taken(filling: &mut Filling, body: &str) -> Result<(), Failed> {
    let mut request: BatchWriteItemRequest = serde_json::from_str(body)?;
    for write in request.request_items.remove(TABLE).unwrap_or_default() {
        let put = write.put_request.ok_or("only puts are taken")?;
        filling.items.push(put.item);
    }
    if filling.items.len() >= OF_A_TRANSACTION {
        filling.put()?;
    }
    Ok(())
}
