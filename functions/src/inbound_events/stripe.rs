//! What Stripe tells, as its partner event source delivers it: Stripe's own event object is the detail.

use chrono::DateTime;
use domain::packages::NotedPayment;
use domain::{Instant, Money};
use events::inbound::Amount;

use super::payment::{self, Named, Of, money, noted};
use super::stripe_shapes::{Charge, Dispute, Intent, Metadata, Session, StripeEvent};
use super::take::{Told, shaped};
use crate::bus_function::Rejected;

/// What the source of every such event begins with. Nobody but AWS can put events of such a source.
pub(super) const SOURCES: &str = "aws.partner/stripe.com/";

/// What the id of a package begins with.
const PACKAGES: &str = "pkg_";

/// Why a payment came back that the business itself gave back.
const REFUNDED: &str = "refunded";

/// Why a payment came back, where the card scheme does not say.
const DISPUTED: &str = "disputed";

/// Why a payment failed, where Stripe does not say.
const FAILED: &str = "failed";

/// Takes one of Stripe's events.
///
/// # Errors
/// `unknown-event`, `malformed-event`, and those of the payment.
pub(super) async fn take(told: &Told<'_>) -> Result<(), Rejected> {
    let event: StripeEvent = shaped(&told.event.detail)?;
    let at = DateTime::from_timestamp(event.created, 0).ok_or_else(|| missing("created"))?;
    let stripe = Stripe { told, at };
    let object = &event.data.object;
    match told.event.detail_type.as_str() {
        "checkout.session.completed" => stripe.completed(shaped(object)?).await,
        "payment_intent.succeeded" => stripe.succeeded(shaped(object)?).await,
        "payment_intent.payment_failed" => stripe.failed(shaped(object)?).await,
        "charge.refunded" => stripe.refunded(shaped(object)?).await,
        "charge.dispute.created" => stripe.disputed(shaped(object)?).await,
        _ => Err(told.unknown()),
    }
}

/// One of Stripe's events.
struct Stripe<'a> {
    told: &'a Told<'a>,
    /// When it happened.
    at: Instant,
}

impl Stripe<'_> {
    /// A session is complete before it is paid where the money takes days: its intent tells when it came.
    async fn completed(&self, session: Session) -> Result<(), Rejected> {
        if session.payment_status != "paid" {
            return Ok(());
        }
        let mut metadata = session.metadata.unwrap_or_default();
        let named = session.client_reference_id;
        // Another seller's reference is none of ours; a package's is, and then the business is missing.
        let ours = |named: &String| metadata.business_id.is_some() || named.starts_with(PACKAGES);
        metadata.package_id = metadata.package_id.clone().or(named.filter(ours));
        let payment = session.payment_intent.unwrap_or(session.id);
        let amount = session.amount_total.zip(session.currency);
        self.pay(&metadata, &payment, amount).await
    }

    async fn succeeded(&self, intent: Intent) -> Result<(), Rejected> {
        let amount = Some((intent.amount_received, intent.currency));
        let metadata = intent.metadata.unwrap_or_default();
        self.pay(&metadata, &intent.id, amount).await
    }

    /// A session and its intent tell of the same payment: it is called as the intent.
    async fn pay(
        &self,
        metadata: &Metadata,
        payment: &str,
        amount: Option<(u64, String)>,
    ) -> Result<(), Rejected> {
        let Some(of) = self.named(metadata, payment).await? else {
            return Ok(());
        };
        let (amount, currency) = amount.ok_or_else(|| missing("amount_total"))?;
        payment::record(self.told, &of, sum(amount, &currency)?).await
    }

    async fn failed(&self, intent: Intent) -> Result<(), Rejected> {
        let metadata = intent.metadata.unwrap_or_default();
        let Some(of) = self.named(&metadata, &intent.id).await? else {
            return Ok(());
        };
        let amount = sum(intent.amount, &intent.currency)?;
        let error = intent.last_payment_error;
        let reason = error.and_then(|error| error.decline_code.or(error.code));
        let reason = reason.map_or(FAILED.to_owned(), |reason| code(&reason));
        let noted = noted(&of.payment, Some(amount), &reason)?;
        payment::note_failed(self.told, &of, noted).await
    }

    async fn refunded(&self, charge: Charge) -> Result<(), Rejected> {
        let payment = charge.payment_intent.unwrap_or(charge.id);
        let metadata = charge.metadata.unwrap_or_default();
        let amount = (charge.amount_refunded, charge.currency);
        self.take_back(metadata, &payment, amount, (REFUNDED, true))
            .await
    }

    async fn disputed(&self, dispute: Dispute) -> Result<(), Rejected> {
        let reason = dispute.why();
        let payment = dispute.payment_intent.unwrap_or(dispute.charge);
        let metadata = dispute.metadata.unwrap_or_default();
        let amount = (dispute.amount, dispute.currency);
        self.take_back(metadata, &payment, amount, (&reason, false))
            .await
    }

    /// A dispute, and a charge that was made otherwise than through an intent with metadata, name nothing of
    /// this system's: they are found by the payment. What nothing is known of waits for its payment, which
    /// never comes where it was for something else that is sold through the same account.
    async fn take_back(
        &self,
        metadata: Metadata,
        payment: &str,
        (amount, currency): (u64, String),
        (reason, refund): (&str, bool),
    ) -> Result<(), Rejected> {
        let named = match self.named(&metadata, payment).await? {
            Some(of) => Some(of),
            None => self.remembered(payment).await?,
        };
        // Of what is sold elsewhere nothing is known, not even that its amount is one here.
        let amount = match (sum(amount, &currency), &named) {
            (Err(_), None) => return Ok(()),
            (amount, _) => amount?,
        };
        let called = Named::anywhere(self.told, payment, self.at)?;
        let noted = NotedPayment {
            refund,
            ..noted(&called, Some(amount), reason)?
        };
        if let Some(of) = named {
            return payment::take_back(self.told, &of, noted).await;
        }
        match payment::foretell(self.told, &called, &noted).await? {
            Some((business, package)) => {
                let (business, package) = (business.as_str(), package.to_string());
                let of = Of::new(self.told, business, &package, called).await?;
                payment::take_back(self.told, &of, noted).await
            }
            None => Ok(()),
        }
    }

    async fn remembered(&self, payment: &str) -> Result<Option<Of>, Rejected> {
        let named = Named::anywhere(self.told, payment, self.at)?;
        let store = &self.told.app.store;
        let remembered = store.remembered_payment(&named.name).await?;
        match remembered {
            Some((business, package)) => {
                let (business, package) = (business.as_str(), package.to_string());
                let of = Of::new(self.told, business, &package, named).await?;
                Ok(Some(of))
            }
            None => Ok(None),
        }
    }

    /// What the metadata names; none where it names nothing: such a payment is for something else that is
    /// sold through the same account.
    ///
    /// # Errors
    /// `malformed-event` where it names but one of business and package.
    async fn named(&self, metadata: &Metadata, payment: &str) -> Result<Option<Of>, Rejected> {
        match (&metadata.business_id, &metadata.package_id) {
            (Some(business), Some(package)) => {
                let payment = Named::anywhere(self.told, payment, self.at)?;
                Of::new(self.told, business, package, payment)
                    .await
                    .map(Some)
            }
            (None, None) => Ok(None),
            (Some(_), None) => Err(missing("metadata.package_id")),
            (None, Some(_)) => Err(missing("metadata.business_id")),
        }
    }
}

fn missing(field: &str) -> Rejected {
    Rejected::new("malformed-event", format!("{field} is missing"))
}

/// Stripe's amounts are in ISO's minor units, but for a few currencies.
///
/// # Errors
/// `malformed-event`.
fn sum(amount: u64, currency: &str) -> Result<Money, Rejected> {
    let currency = currency.to_ascii_uppercase();
    let amount_minor = match currency.as_str() {
        // In hundredths, which there are none of any more.
        "ISK" | "UGX" if amount.is_multiple_of(100) => Some(amount / 100),
        "ISK" | "UGX" => None,
        // In whole ariary, of which ISO has hundredths.
        "MGA" => amount.checked_mul(100),
        _ => Some(amount),
    };
    let wrong = || Rejected::new("malformed-event", "amount: it is no whole unit");
    money(&Amount {
        amount_minor: amount_minor.ok_or_else(wrong)?,
        currency,
    })
}

impl Dispute {
    /// Why: the card network's code before Stripe's word.
    fn why(&self) -> String {
        let details = self.payment_method_details.as_ref();
        let card = details.and_then(|details| details.card.as_ref());
        let network = card.and_then(|card| card.network_reason_code.as_ref());
        let network = self.network_reason_code.as_ref().or(network);
        let why = network.or(self.reason.as_ref());
        why.map_or(DISPUTED.to_owned(), |why| code(why))
    }
}

/// Stripe's word as a code: `insufficient_funds` is `insufficient-fund`, for want of room.
fn code(word: &str) -> String {
    word.replace('_', "-").chars().take(16).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stripes_amounts_are_isos_but_for_the_currencies_that_lost_their_minor_unit() {
        for (amount, currency, minor) in [
            (500, "eur", Some(500)),
            (500, "jpy", Some(500)),
            (5_120, "kwd", Some(5_120)),
            (500, "isk", Some(5)),
            (500, "ugx", Some(5)),
            (501, "isk", None),
            (5, "mga", Some(500)),
            (500, "xxq", None),
        ] {
            let money = sum(amount, currency).ok().map(Money::amount_minor);
            assert_eq!(money, minor, "{amount} {currency}");
        }
    }
}
