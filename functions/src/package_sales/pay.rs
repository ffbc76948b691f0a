//! Recording that something was paid for a package.

use axum::extract::State;
use domain::packages::{Payment, PaymentMethod, PaymentReference, pay as decide};
use domain::{CustomerId, Money, PackageId, Refusal};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::Change;
use super::existing::existing_bookings;
use super::payment_view::{PaidView, RecordedPaymentView};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, Json, Key, MoneyField, Path, Problem, Problems, Right,
};

/// A payment.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PaymentBody {
    /// Who holds the package: it spares a read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: Option<CustomerId>,
    /// How much; at most what is outstanding.
    #[schema(value_type = MoneyField)]
    amount: Money,
    /// `cash`, `card`, `transfer` or `direct-debit`.
    #[schema(value_type = String, example = "card")]
    method: PaymentMethod,
    /// By what it is found elsewhere, such as a receipt's number, or the end-to-end id of a direct
    /// debit: 1 to 64 letters, digits or any of `- _ . / : + #`, and nothing of a person.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, max_length = 64, example = "R-2026-0001")]
    reference: Option<PaymentReference>,
}

/// Records a payment. It fills the oldest instalment first; a package that waited for its deposit is
/// active once that is paid, and pays for what was booked before if it was sold with
/// `apply_to: existing_bookings`.
#[utoipa::path(post, path = "/v1/packages/{id}/payments", tag = "packages", request_body = PaymentBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 201, body = PaidView), Problems, Conflict))]
pub(crate) async fn pay(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<PaymentBody>,
) -> Result<Answer<PaidView>, Problem> {
    caller.may(Right::RecordPayments)?;
    let change = Change::new(&app, &caller, (id, body.customer_id), &key, ("pay", &body))?;
    let payment = Payment {
        amount: body.amount,
        method: body.method,
        reference: body.reference,
    };
    let changed = change
        .done_by(&app, |changing| {
            decide(
                changing.package,
                payment.clone(),
                changing.key.clone(),
                changing.settings,
                changing.context,
            )
        })
        .await?;
    let entry = std::slice::from_ref(&changed.entry);
    let payment = RecordedPaymentView::find(id, entry, changed.entry.id);
    let existing = existing_bookings(&app, &caller, &changed.package, &changed.entry);
    let answer = PaidView {
        existing_bookings: existing.await?,
        payment: payment.ok_or(Refusal::PaymentNotFound)?,
        package: changed.view(),
    };
    Ok(Answer::created(answer).replayed(changed.replayed))
}
