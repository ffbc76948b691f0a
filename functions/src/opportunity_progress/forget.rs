//! Forgetting what was written about people who were erased, once more.

use domain::journal::{Entry, Fact};
use infra::Fault;

use crate::App;

/// Erases what is left in the opportunities of whoever this entry erased. The request that erased them
/// found these by an index that is a moment behind: what was opened in that moment is found here. Where
/// nothing is left, nothing is done.
pub(super) async fn forget(app: &App, entry: &Entry) -> Result<(), Fault> {
    match entry
        .customer
        .filter(|_| entry.fact == Fact::CustomerErased)
    {
        Some(customer) => app.store.erase_texts(&entry.business, customer).await,
        None => Ok(()),
    }
}
