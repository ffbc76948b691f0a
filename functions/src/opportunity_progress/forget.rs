//! Forgetting what was written about people who were erased, once more.

use domain::journal::{Entry, Fact};
use infra::{Consistency, Fault};

use crate::App;

/// Erases what is left in the opportunities of whoever this entry erased, and in the opportunity that it
/// opened, if its person was erased since. The request that erased them found these by an index that is a
/// moment behind: what was opened in that moment is found here, from either end. Where nothing is left,
/// nothing is done.
pub(super) async fn forget(app: &App, entry: &Entry) -> Result<(), Fault> {
    let (store, business) = (&app.store, &entry.business);
    if let Some(customer) = entry
        .customer
        .filter(|_| entry.fact == Fact::CustomerErased)
    {
        return store.erase_texts(business, customer).await;
    }
    let opened = entry.fact.opportunity().filter(|it| it.version == 1);
    let Some(opened) = opened else { return Ok(()) };
    let customer = store.customer(business, opened.customer, Consistency::Strong);
    match customer.await? {
        Some(customer) if customer.is_there().is_err() => {
            store.erase_texts_in(business, opened.opportunity).await
        }
        Some(_) | None => Ok(()),
    }
}
