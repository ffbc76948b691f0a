//! Payments that were made online, failed, or came back.

use domain::journal::{Entry, Fact};
use domain::packages::{
    NotedPayment, Payment, PaymentMethod, PaymentReference, foretold, note_failure, note_return,
    pay_online, payments,
};
use domain::{BusinessId, EntryKey, Money, PackageId, Refusal, packages::Unchanged};
use events::inbound::{Amount, PaymentFailed, PaymentReturned, PaymentSucceeded};
use infra::{Consistency, fingerprint};

use super::take::{Told, parsed};
use crate::bus_function::Rejected;
use crate::edge::Caller;
use crate::package_sales::{Change, existing_bookings, payment_came_back};

/// What a payment is for, and what it is called at the provider.
pub(super) struct Of {
    pub(super) caller: Caller,
    /// What was bought: its reference is its id.
    pub(super) package: PackageId,
    pub(super) payment: PaymentReference,
}

impl Of {
    /// # Errors
    /// `malformed-event`; `package-not-found` for a reference of nothing that is sold here.
    pub(super) fn new(
        told: &Told<'_>,
        business: &str,
        reference: &str,
        payment: &str,
    ) -> Result<Self, Rejected> {
        Ok(Self {
            caller: told.caller(business)?,
            package: reference.parse().map_err(|_| Refusal::PackageNotFound)?,
            payment: parsed("payment_id", payment)?,
        })
    }

    fn business(&self) -> &BusinessId {
        &self.caller.business
    }

    fn key(&self, what: &str) -> Result<EntryKey, Rejected> {
        let digest = fingerprint(what, &self.payment)?;
        Ok(EntryKey::Keyed(self.package, digest))
    }
}

pub(super) async fn succeeded(told: &Told<'_>, paid: PaymentSucceeded) -> Result<(), Rejected> {
    told.occurred(&paid.occurred_at)?;
    let of = Of::new(told, &paid.business_id, &paid.reference, &paid.payment_id)?;
    record(told, &of, money(&paid.amount)?).await
}

pub(super) async fn failed(told: &Told<'_>, failed: PaymentFailed) -> Result<(), Rejected> {
    told.occurred(&failed.occurred_at)?;
    let PaymentFailed {
        business_id,
        reference,
        payment_id,
        ..
    } = &failed;
    let of = Of::new(told, business_id, reference, payment_id)?;
    let amount = failed.amount.as_ref().map(money).transpose()?;
    note_failed(told, &of, amount, &failed.reason).await
}

pub(super) async fn returned(told: &Told<'_>, back: PaymentReturned) -> Result<(), Rejected> {
    told.occurred(&back.occurred_at)?;
    let of = Of::new(told, &back.business_id, &back.reference, &back.payment_id)?;
    let amount = back.amount.as_ref().map(money).transpose()?;
    take_back(told, &of, amount, &back.reason).await
}

/// Records the payment, once, if it is what is to be paid; and that it came back, if that was told first.
///
/// # Errors
/// `package-not-found` where the business sold nothing of that reference; `payment-differs` for a payment
/// that is recorded with another amount; those of [`pay_online`].
pub(super) async fn record(told: &Told<'_>, of: &Of, amount: Money) -> Result<(), Rejected> {
    let (app, payment) = (told.app, of.payment.clone());
    let content = (&payment, amount);
    let change = Change::once(
        app,
        &of.caller,
        (of.package, None),
        of.key("paid-online")?,
        ("pay-online", &content),
    )?;
    let payment = Payment {
        amount,
        method: PaymentMethod::Card,
        reference: Some(payment),
    };
    let recorded = change.done_by(app, |changing| {
        pay_online(
            changing.package,
            payment.clone(),
            changing.key.clone(),
            changing.settings,
            changing.context,
        )
    });
    let reused = Refusal::KeyReused.code();
    let recorded = recorded.await.map_err(|problem| match problem.code() {
        code if code == reused => Refusal::from(Unchanged::PaymentDiffers).into(),
        _ => Rejected::from(problem),
    })?;
    existing_bookings(app, &of.caller, &recorded.package, &recorded.entry).await?;
    let entries = own_entries(told, of).await?;
    let mut notes = entries.iter().filter_map(note);
    match notes.find(|noted| noted.reference == of.payment) {
        Some(noted) => come_back(told, of, &entries, noted).await.map(|_| ()),
        None => Ok(()),
    }
}

/// Writes down that it failed.
///
/// # Errors
/// `malformed-event` for a reason that is no code, `package-not-found`.
pub(super) async fn note_failed(
    told: &Told<'_>,
    of: &Of,
    amount: Option<Money>,
    reason: &str,
) -> Result<(), Rejected> {
    let noted = noted(of, amount, reason)?;
    let event = (&told.event.source, &told.event.id);
    let key = EntryKey::Keyed(of.package, fingerprint("payment-failed", &event)?);
    let what = ("payment-failed", &(event, &noted));
    let change = Change::once(told.app, &of.caller, (of.package, None), key, what)?;
    let noting = change.done_by(told.app, |changing| {
        let key = changing.key.clone();
        note_failure(changing.package, noted.clone(), key, changing.context)
    });
    noting.await?;
    Ok(())
}

/// Records that it came back; where it is not recorded yet, that it will have come back.
///
/// # Errors
/// `malformed-event` for a reason that is no code, `package-not-found`, `payment-differs`, those of a
/// return.
pub(super) async fn take_back(
    told: &Told<'_>,
    of: &Of,
    amount: Option<Money>,
    reason: &str,
) -> Result<(), Rejected> {
    let noted = noted(of, amount, reason)?;
    let entries = own_entries(told, of).await?;
    if come_back(told, of, &entries, &noted).await? {
        return Ok(());
    }
    let key = of.key("return-foretold")?;
    let what = ("return-foretold", &of.payment);
    let change = Change::once(told.app, &of.caller, (of.package, None), key, what)?;
    let noting = change.done_by(told.app, |changing| {
        let key = changing.key.clone();
        note_return(changing.package, noted.clone(), key, changing.context)
    });
    noting.await?;
    // It may have been recorded at this moment, by who did not see the note yet.
    let entries = own_entries(told, of).await?;
    come_back(told, of, &entries, &noted).await?;
    Ok(())
}

/// Records that it came back, if it is recorded. Whether it is.
async fn come_back(
    told: &Told<'_>,
    of: &Of,
    entries: &[Entry],
    noted: &NotedPayment,
) -> Result<bool, Rejected> {
    for recorded in payments(of.package, entries) {
        if !noted.is_of(&recorded)? {
            continue;
        }
        let reason = noted.reason.clone();
        let what = (of.package, recorded.entry, reason);
        let returned = payment_came_back(told.app, &of.caller, what).await;
        // A refund and a dispute may tell of the same money.
        let before = Refusal::PaymentReturned.code();
        return match returned {
            Err(problem) if problem.code() != before => Err(problem.into()),
            Ok(()) | Err(_) => Ok(true),
        };
    }
    Ok(false)
}

async fn own_entries(told: &Told<'_>, of: &Of) -> Result<Vec<Entry>, Rejected> {
    let store = &told.app.store;
    let history = store.package_history(of.business(), of.package, None, Consistency::Strong);
    Ok(history.await?.entries)
}

fn note(entry: &Entry) -> Option<&NotedPayment> {
    let Fact::PackageChanged { change, .. } = &entry.fact else {
        return None;
    };
    foretold(change)
}

fn noted(of: &Of, amount: Option<Money>, reason: &str) -> Result<NotedPayment, Rejected> {
    Ok(NotedPayment {
        reference: of.payment.clone(),
        amount,
        reason: parsed("reason", reason)?,
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
