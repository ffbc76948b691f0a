//! Asking what would be paid back for a package.

use axum::extract::State;
use chrono::{DateTime, Utc};
use domain::packages::{RefundPolicy, RefundQuote, quote_refund as decide};
use domain::{CustomerId, EntryKey, Money, PackageId, RefundQuoteId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right, SumField};
use crate::package_sales::Change;

/// By which policy.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct RefundQuoteBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// `pro-rata`: what was paid, in proportion to what is left. `used-at-list`: what was paid, less
    /// what was used at list price.
    #[schema(value_type = String, example = "pro-rata")]
    policy: RefundPolicy,
}

/// What would be paid back, item by item.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RefundQuote)]
pub(crate) struct RefundQuoteView {
    /// Its id.
    #[schema(value_type = String)]
    id: RefundQuoteId,
    /// For which package.
    #[schema(value_type = String)]
    package_id: PackageId,
    /// `pro-rata` or `used-at-list`.
    #[schema(value_type = String)]
    policy: RefundPolicy,
    /// What is left, pool by pool.
    pools: Vec<RefundPoolView>,
    /// What everything granted was sold for, less what was given to other customers.
    #[schema(value_type = SumField)]
    price: Money,
    /// What was paid, less what went to other customers with the units.
    #[schema(value_type = SumField)]
    paid: Money,
    /// What was used at list price, and what was lost at the price it was sold for.
    #[schema(value_type = SumField)]
    used_at_list: Money,
    /// What is paid back.
    #[schema(value_type = SumField)]
    amount: Money,
    /// Can be carried out strictly before, as long as the package does not change.
    valid_until: DateTime<Utc>,
}

/// What is left of a pool.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = RefundPool)]
pub(crate) struct RefundPoolView {
    /// Available units; 0 where they are unlimited.
    units: u64,
    /// The part of the price that they stand for; of a pass, that of the time that is left.
    #[schema(value_type = SumField)]
    value: Money,
}

impl RefundQuoteView {
    fn of(package: PackageId, quote: &RefundQuote) -> Self {
        let money = |minor| Money::total(quote.amount.currency(), minor);
        Self {
            id: quote.id,
            package_id: package,
            policy: quote.policy,
            pools: quote
                .pools
                .iter()
                .map(|pool| RefundPoolView {
                    units: pool.units,
                    value: money(pool.value_minor),
                })
                .collect(),
            price: money(quote.price_minor),
            paid: money(quote.paid_minor),
            used_at_list: money(quote.used_at_list_minor),
            amount: quote.amount,
            valid_until: quote.valid_until,
        }
    }
}

/// Computes what would be paid back for everything that is left of a package. The quote holds for 24
/// hours, or until the package changes. Bookings that hold units are cancelled first.
#[utoipa::path(post, path = "/v1/packages/{id}/refund-quotes", tag = "packages", request_body = RefundQuoteBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = RefundQuoteView), Problems, Conflict))]
pub(crate) async fn quote_refund(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<RefundQuoteBody>,
) -> Result<Answer<RefundQuoteView>, Problem> {
    caller.may(Right::CorrectSales)?;
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("refund-quote", &body),
    )?;
    let quoted = change.strongly().done_by(&app, |on| {
        let quote = quote_id(&on.key).ok_or(Refusal::RefundQuoteNotFound)?;
        decide(on.package, body.policy, quote, on.key.clone(), on.context)
    });
    let quoted = quoted.await?;
    let quote = RefundQuote::recorded_in(&quoted.entry).ok_or(Refusal::RefundQuoteNotFound)?;
    Ok(Answer::created(RefundQuoteView::of(id, quote)).replayed(quoted.replayed))
}

/// The quote's id says where its entry is.
fn quote_id(key: &EntryKey) -> Option<RefundQuoteId> {
    let EntryKey::Keyed(_, digest) = key else {
        return None;
    };
    RefundQuoteId::of(digest)
}
