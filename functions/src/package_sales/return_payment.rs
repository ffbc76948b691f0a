//! Recording that a payment came back.

use axum::extract::State;
use domain::journal::Entry;
use domain::packages::{Package, ReturnReason, return_payment as decide};
use domain::{Context, CustomerId, Decision, EntryId, PackageId, Refusal};
use infra::{Consistency, Fault, Mutation, PackageHistory, Store, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::Changed;
use super::payment_view::{PaidView, RecordedPaymentView};
use crate::App;
use crate::edge::{Answer, Caller, Json, Path, Problem, Problems, Right};

/// Why a payment came back.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReturnBody {
    /// Who holds the package: it spares a read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "cus_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    customer_id: Option<CustomerId>,
    /// The bank's code for it: 1 to 16 letters, digits, `-` or `.`.
    #[schema(value_type = String, max_length = 16, example = "AM04")]
    reason: ReturnReason,
}

struct Return<'a> {
    caller: &'a Caller,
    package: PackageId,
    payment: EntryId,
    body: ReturnBody,
    context: Context,
}

/// Records that the bank took a direct debit or a card payment back. Only what is paid can be redeemed
/// from then on, until as much has been paid again. The payment's entry makes it happen once: no
/// Idempotency-Key is needed.
#[utoipa::path(post, path = "/v1/packages/{id}/payments/{entry_id}/return", tag = "packages",
    request_body = ReturnBody,
    params(("id" = String, Path, description = "The package"),
        ("entry_id" = String, Path, description = "The entry that recorded the payment")),
    responses((status = 200, body = PaidView), Problems))]
pub(crate) async fn return_payment(
    State(app): State<App>,
    caller: Caller,
    Path((package, payment)): Path<(PackageId, EntryId)>,
    Json(body): Json<ReturnBody>,
) -> Result<Answer<PaidView>, Problem> {
    caller.may(Right::ReturnPayments)?;
    let content = (package, payment, &body.reason);
    let context = app.context(&caller, fingerprint("return-payment", &content)?)?;
    let now = context.now;
    let request = Return {
        caller: &caller,
        package,
        payment,
        body,
        context,
    };
    let settled = settle(&app.store, &request).await?;
    let PackageHistory {
        package: before,
        mut entries,
        ..
    } = settled.state;
    let changed = Changed::of(&app, before, settled.entry, (now, settled.replayed)).await?;
    entries.push(changed.entry.clone());
    let recorded = RecordedPaymentView::find(package, &entries, payment);
    let answer = PaidView {
        payment: recorded.ok_or(Refusal::PaymentNotFound)?,
        package: changed.view(),
    };
    Ok(Answer::ok(answer).replayed(changed.replayed))
}

impl Return<'_> {
    fn seen<'s>(&self, state: &'s PackageHistory) -> Result<&'s Package, Refusal> {
        let seen = state.package.as_ref().zip(state.holder.as_ref());
        let seen = seen.filter(|(_, holder)| self.caller.owns(Some(holder)));
        seen.map(|(package, _)| package)
            .ok_or(Refusal::PackageNotFound)
    }
}

impl Mutation for Return<'_> {
    type State = PackageHistory;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let holder = self.body.customer_id;
        store
            .package_history(&self.context.business, self.package, holder, consistency)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.seen(state)?;
        let entries = &mut state.entries.iter();
        Ok(entries.find(|entry| entry.fingerprint == self.context.fingerprint))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let package = self.seen(state)?;
        let settings = state.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let what = (self.payment, self.body.reason.clone());
        decide(package, &state.entries, what, settings, &self.context).map(Some)
    }

    fn adopt(&self, state: &mut Self::State, package: Package) {
        state.package = Some(package);
    }
}
