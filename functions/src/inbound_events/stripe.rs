//! What Stripe tells, as its partner event source delivers it: Stripe's own event object is the detail.

use domain::{Money, Refusal};
use events::inbound::Amount;
use serde::Deserialize;
use serde_json::Value;

use super::payment::{self, Of, money};
use super::take::{Told, shaped};
use crate::bus_function::Rejected;

/// What the source of every such event begins with. Nobody but AWS can put events of such a source.
pub(super) const SOURCES: &str = "aws.partner/stripe.com/";

/// Why a payment came back that the business itself gave back.
const REFUNDED: &str = "refunded";

/// Why a payment came back, where the card scheme does not say.
const DISPUTED: &str = "disputed";

/// Why a payment failed, where Stripe does not say.
const FAILED: &str = "failed";

/// Stripe's event object.
#[derive(Debug, Deserialize)]
struct StripeEvent {
    data: Data,
}

#[derive(Debug, Deserialize)]
struct Data {
    object: Value,
}

/// What this system's clients write into `metadata` when they ask Stripe for a payment.
#[derive(Debug, Default, Deserialize)]
struct Metadata {
    business_id: Option<String>,
    package_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Session {
    id: String,
    payment_status: String,
    amount_total: Option<u64>,
    currency: Option<String>,
    payment_intent: Option<String>,
    client_reference_id: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
struct Intent {
    id: String,
    amount: u64,
    #[serde(default)]
    amount_received: u64,
    currency: String,
    last_payment_error: Option<PaymentError>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
struct PaymentError {
    decline_code: Option<String>,
    code: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Charge {
    id: String,
    amount_refunded: u64,
    currency: String,
    payment_intent: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

#[derive(Debug, Deserialize)]
struct Dispute {
    charge: String,
    amount: u64,
    currency: String,
    payment_intent: Option<String>,
    network_reason_code: Option<String>,
    #[serde(default)]
    metadata: Option<Metadata>,
}

/// Takes one of Stripe's events.
///
/// # Errors
/// `unknown-event`, `malformed-event`, and those of the payment.
pub(super) async fn take(told: &Told<'_>) -> Result<(), Rejected> {
    let event: StripeEvent = shaped(&told.event.detail)?;
    let object = &event.data.object;
    match told.event.detail_type.as_str() {
        "checkout.session.completed" => completed(told, shaped(object)?).await,
        "payment_intent.succeeded" => succeeded(told, shaped(object)?).await,
        "payment_intent.payment_failed" => failed(told, shaped(object)?).await,
        "charge.refunded" => refunded(told, shaped(object)?).await,
        "charge.dispute.created" => disputed(told, shaped(object)?).await,
        _ => Err(told.unknown()),
    }
}

/// A session is complete before it is paid where the money takes days: its intent tells when it came.
async fn completed(told: &Told<'_>, session: Session) -> Result<(), Rejected> {
    if session.payment_status != "paid" {
        return Ok(());
    }
    let mut metadata = session.metadata.unwrap_or_default();
    metadata.package_id = metadata.package_id.or(session.client_reference_id);
    if metadata.business_id.is_none() {
        metadata.package_id = None;
    }
    let payment = session.payment_intent.unwrap_or(session.id);
    let amount = session.amount_total.zip(session.currency);
    let (amount, currency) = amount.ok_or_else(|| missing("amount_total"))?;
    pay(told, &metadata, &payment, sum(amount, &currency)?).await
}

async fn succeeded(told: &Told<'_>, intent: Intent) -> Result<(), Rejected> {
    let amount = sum(intent.amount_received, &intent.currency)?;
    let metadata = intent.metadata.unwrap_or_default();
    pay(told, &metadata, &intent.id, amount).await
}

/// A session and its intent tell of the same payment: it is called as the intent.
async fn pay(
    told: &Told<'_>,
    metadata: &Metadata,
    payment: &str,
    amount: Money,
) -> Result<(), Rejected> {
    let Some(of) = named(told, metadata, payment)? else {
        return Ok(());
    };
    payment::record(told, &of, amount).await?;
    let store = &told.app.store;
    let (business, package) = (&of.caller.business, of.package);
    store.remember_payment(payment, business, package).await?;
    Ok(())
}

async fn failed(told: &Told<'_>, intent: Intent) -> Result<(), Rejected> {
    let metadata = intent.metadata.unwrap_or_default();
    let Some(of) = named(told, &metadata, &intent.id)? else {
        return Ok(());
    };
    let amount = sum(intent.amount, &intent.currency)?;
    let error = intent.last_payment_error;
    let reason = error.and_then(|error| error.decline_code.or(error.code));
    let reason = reason.map_or(FAILED.to_owned(), |reason| code(&reason));
    payment::note_failed(told, &of, Some(amount), &reason).await
}

async fn refunded(told: &Told<'_>, charge: Charge) -> Result<(), Rejected> {
    let payment = charge.payment_intent.unwrap_or(charge.id);
    let amount = sum(charge.amount_refunded, &charge.currency)?;
    let metadata = charge.metadata.unwrap_or_default();
    take_back(told, metadata, &payment, amount, REFUNDED).await
}

async fn disputed(told: &Told<'_>, dispute: Dispute) -> Result<(), Rejected> {
    let payment = dispute.payment_intent.unwrap_or(dispute.charge);
    let amount = sum(dispute.amount, &dispute.currency)?;
    let reason = dispute.network_reason_code;
    let reason = reason.map_or(DISPUTED.to_owned(), |reason| code(&reason));
    let metadata = dispute.metadata.unwrap_or_default();
    take_back(told, metadata, &payment, amount, &reason).await
}

/// A dispute, and a charge that was made otherwise than through an intent with metadata, name nothing of
/// this system's: they are found by the payment.
async fn take_back(
    told: &Told<'_>,
    metadata: Metadata,
    payment: &str,
    amount: Money,
    reason: &str,
) -> Result<(), Rejected> {
    let of = match named(told, &metadata, payment)? {
        Some(of) => of,
        None => {
            let store = &told.app.store;
            let remembered = store.remembered_payment(payment).await?;
            let (business, package) = remembered.ok_or(Refusal::PaymentNotFound)?;
            Of::new(told, business.as_str(), &package.to_string(), payment)?
        }
    };
    payment::take_back(told, &of, Some(amount), reason).await
}

/// What the metadata names; none where it names nothing: such a payment is for something else that is sold
/// through the same account.
///
/// # Errors
/// `malformed-event` where it names but one of business and package.
fn named(told: &Told<'_>, metadata: &Metadata, payment: &str) -> Result<Option<Of>, Rejected> {
    match (&metadata.business_id, &metadata.package_id) {
        (Some(business), Some(package)) => Of::new(told, business, package, payment).map(Some),
        (None, None) => Ok(None),
        (Some(_), None) => Err(missing("metadata.package_id")),
        (None, Some(_)) => Err(missing("metadata.business_id")),
    }
}

fn missing(field: &str) -> Rejected {
    Rejected::new("malformed-event", format!("{field} is missing"))
}

fn sum(amount_minor: u64, currency: &str) -> Result<Money, Rejected> {
    money(&Amount {
        amount_minor,
        currency: currency.to_ascii_uppercase(),
    })
}

/// Stripe's word as a code: `insufficient_funds` is `insufficient-fund`, for want of room.
fn code(word: &str) -> String {
    word.replace('_', "-").chars().take(16).collect()
}
