//! Payments that were made online, failed, or came back.

use domain::packages::{NotedPayment, PaymentNews, PaymentReference, note_failure, payments};
use domain::{BusinessId, EntryKey, Fingerprint, Instant, Money, PackageId, Refusal};
use events::inbound::{Amount, PaymentFailed, PaymentReturned, PaymentSucceeded};
use infra::{ToldPayment, fingerprint};

use super::anew::choose_anew;
use super::following::follow;
use super::take::{Told, parsed};
use crate::bus_function::Rejected;
use crate::edge::Caller;
use crate::package_sales::{Change, existing_bookings};

/// A payment by its provider's name for it.
pub(super) struct Named {
    /// As the provider calls it.
    pub(super) reference: PaymentReference,
    /// A digest of the provider and that: two providers may count alike.
    pub(super) name: Fingerprint,
    /// When what is told of it happened.
    pub(super) at: Instant,
}

impl Named {
    /// A payment that the events of one business tell of: each business may have a count of its own.
    ///
    /// # Errors
    /// `malformed-event`.
    fn of_business(
        told: &Told<'_>,
        (business, payment): (&str, &str),
        at: Instant,
    ) -> Result<Self, Rejected> {
        let reference: PaymentReference = parsed("payment_id", payment)?;
        let name = fingerprint("payment", &(&told.event.source, business, &reference))?;
        Ok(Self {
            reference,
            name,
            at,
        })
    }

    /// A payment that is found by its provider's name alone.
    ///
    /// # Errors
    /// `malformed-event`.
    pub(super) fn anywhere(told: &Told<'_>, payment: &str, at: Instant) -> Result<Self, Rejected> {
        let reference: PaymentReference = parsed("payment_id", payment)?;
        let name = fingerprint("payment", &(&told.event.source, &reference))?;
        Ok(Self {
            reference,
            name,
            at,
        })
    }
}

/// What a payment is for, and what it is called at the provider.
pub(super) struct Of {
    pub(super) caller: Caller,
    /// What was bought: its reference is its id.
    pub(super) package: PackageId,
    pub(super) payment: Named,
}

impl Of {
    /// # Errors
    /// Those of [`Told::caller`]; `package-not-found` for a reference of nothing that is sold here.
    pub(super) async fn new(
        told: &Told<'_>,
        business: &str,
        reference: &str,
        payment: Named,
    ) -> Result<Self, Rejected> {
        Ok(Self {
            caller: told.caller(business, payment.at).await?,
            package: reference.parse().map_err(|_| Refusal::PackageNotFound)?,
            payment,
        })
    }

    fn business(&self) -> &BusinessId {
        &self.caller.business
    }
}

pub(super) async fn succeeded(told: &Told<'_>, paid: PaymentSucceeded) -> Result<(), Rejected> {
    let at = told.occurred(&paid.occurred_at)?;
    let payment = Named::of_business(told, (&paid.business_id, &paid.payment_id), at)?;
    let of = Of::new(told, &paid.business_id, &paid.reference, payment).await?;
    record(told, &of, money(&paid.amount)?).await
}

pub(super) async fn failed(told: &Told<'_>, failed: PaymentFailed) -> Result<(), Rejected> {
    let at = told.occurred(&failed.occurred_at)?;
    let payment = Named::of_business(told, (&failed.business_id, &failed.payment_id), at)?;
    let of = Of::new(told, &failed.business_id, &failed.reference, payment).await?;
    let amount = failed.amount.as_ref().map(money).transpose()?;
    let reason = failed.reason.as_str();
    note_failed(told, &of, noted(&of.payment, amount, reason)?).await
}

pub(super) async fn returned(told: &Told<'_>, back: PaymentReturned) -> Result<(), Rejected> {
    let at = told.occurred(&back.occurred_at)?;
    let payment = Named::of_business(told, (&back.business_id, &back.payment_id), at)?;
    let of = Of::new(told, &back.business_id, &back.reference, payment).await?;
    let amount = back.amount.as_ref().map(money).transpose()?;
    let noted = noted(&of.payment, amount, &back.reason)?;
    take_back(told, &of, noted).await
}

/// Records the payment, once, if it is what is to be paid; and that it came back, if that was told first.
///
/// # Errors
/// `package-not-found` where the business sold nothing of that reference; those of [`follow`].
pub(super) async fn record(told: &Told<'_>, of: &Of, amount: Money) -> Result<(), Rejected> {
    let content = (of.package, &of.payment.name, amount);
    let content = fingerprint("pay-online", &content)?;
    let mut state = follow(told, of, (PaymentNews::Paid(amount), &content)).await?;
    if state.remembered.is_none() {
        // Somebody entered it here. A dispute, which may have come meanwhile, names only the payment.
        let store = &told.app.store;
        let name = &of.payment.name;
        store
            .remember_payment(name, of.business(), of.package)
            .await?;
        state = follow(told, of, (PaymentNews::Paid(amount), &content)).await?;
    }
    pay_for_bookings(told, of, &state).await
}

/// What was booked before is paid by what the payment made active, as it was sold; and what was told of
/// appointments is as if it had been told after the payment.
async fn pay_for_bookings(told: &Told<'_>, of: &Of, state: &ToldPayment) -> Result<(), Rejected> {
    let Some(package) = &state.history.package else {
        return Ok(());
    };
    let entries = &state.history.entries;
    let recorded = payments(of.package, entries).into_iter();
    let mut recorded =
        recorded.filter(|one| one.payment.reference.as_ref() == Some(&of.payment.reference));
    let recorded = recorded.next().map(|one| one.entry);
    let entry = entries.iter().find(|entry| Some(entry.id) == recorded);
    if let Some(entry) = entry {
        existing_bookings(told.app, &of.caller, package, entry).await?;
    }
    choose_anew(told.app, &of.caller, package, of.payment.at).await
}

/// Writes down that it failed.
///
/// # Errors
/// `package-not-found`.
pub(super) async fn note_failed(
    told: &Told<'_>,
    of: &Of,
    noted: NotedPayment,
) -> Result<(), Rejected> {
    let event = (&told.event.source, &told.event.id);
    let key = EntryKey::Keyed(of.package, fingerprint("payment-failed", &event)?);
    let what = ("payment-failed", &(event, &noted));
    let change = Change::once(told.app, &of.caller, (of.package, None), key, what)?;
    let noting = change.done_by(told.app, |changing| {
        let key = changing.key.clone();
        let failed = note_failure(changing.package, noted.clone(), key, changing.context)?;
        Ok(failed.told(Some(of.payment.at)))
    });
    noting.await?;
    Ok(())
}

/// Records that it came back; where it is not recorded yet, that it will have come back.
///
/// # Errors
/// `package-not-found`, those of [`follow`].
pub(super) async fn take_back(
    told: &Told<'_>,
    of: &Of,
    noted: NotedPayment,
) -> Result<(), Rejected> {
    let content = fingerprint("came-back", &(of.package, &of.payment.name, noted.what()))?;
    let news = PaymentNews::Back(noted, content.clone());
    let state = follow(told, of, (news, &content)).await?;
    match &state.history.package {
        Some(package) => choose_anew(told.app, &of.caller, package, of.payment.at).await,
        None => Ok(()),
    }
}

/// Remembers that a payment came back of which it is not known what it was for: it may be recorded later, or
/// have been for something that is sold elsewhere. What it was for, if that became known meanwhile.
///
/// # Errors
/// The database's.
pub(super) async fn foretell(
    told: &Told<'_>,
    payment: &Named,
    noted: &NotedPayment,
) -> Result<Option<(BusinessId, PackageId)>, Rejected> {
    let store = &told.app.store;
    let digest = fingerprint("came-back", &noted.what())?;
    store
        .remember_return(&payment.name, (&digest, noted))
        .await?;
    // Who records the payment writes first and then looks for this; here it is the other way round.
    Ok(store.remembered_payment(&payment.name).await?)
}

/// # Errors
/// `malformed-event` for a reason that is no code.
pub(super) fn noted(
    payment: &Named,
    amount: Option<Money>,
    reason: &str,
) -> Result<NotedPayment, Rejected> {
    Ok(NotedPayment {
        reference: payment.reference.clone(),
        at: payment.at,
        amount,
        reason: parsed("reason", reason)?,
        refund: false,
    })
}

/// # Errors
/// `malformed-event`.
pub(super) fn money(amount: &Amount) -> Result<Money, Rejected> {
    let wrong = |error: String| Rejected::new("malformed-event", format!("amount: {error}"));
    let currency = amount.currency.clone().try_into();
    let currency = currency.map_err(|_| wrong("the currency is none of ISO 4217".to_owned()))?;
    Money::new(amount.amount_minor, currency).map_err(|error| wrong(error.to_string()))
}
