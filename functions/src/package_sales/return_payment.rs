//! Recording that a payment came back.

use axum::extract::State;
use domain::journal::Entry;
use domain::packages::{Package, ReturnReason, return_payment as decide};
use domain::{Context, CustomerId, Decision, EntryId, PackageId, Refusal};
use infra::{Consistency, Fault, Mutation, PackageHistory, Settled, Store, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::change::Changed;
use super::payment_view::{PaidView, RecordedPaymentView};
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Path, Problem, Problems, Right};

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
/// from then on, until as much has been paid again and nothing is overdue; of units that were given
/// away, too, where the giver has not paid enough for them any more. The payment's entry makes it happen
/// once: no Idempotency-Key is needed.
#[utoipa::path(post, path = "/v1/packages/{id}/payments/{entry_id}/return", tag = "packages",
    request_body = ReturnBody,
    params(("id" = String, Path, description = "The package"),
        ("entry_id" = String, Path, description = "The entry that recorded the payment")),
    responses((status = 200, body = PaidView), Problems, Conflict))]
pub(crate) async fn return_payment(
    State(app): State<App>,
    caller: Caller,
    Path((package, payment)): Path<(PackageId, EntryId)>,
    Json(body): Json<ReturnBody>,
) -> Result<Answer<PaidView>, Problem> {
    caller.may(Right::ReturnPayments)?;
    let settled = came_back(&app, &caller, (package, payment), body).await?;
    let PackageHistory {
        package: before,
        mut entries,
        ..
    } = settled.state.history;
    let changed = Changed::of(&app, before, settled.entry, settled.replayed).await?;
    entries.push(changed.entry.clone());
    let recorded = RecordedPaymentView::find(package, &entries, payment);
    let answer = PaidView {
        payment: recorded.ok_or(Refusal::PaymentNotFound)?,
        package: changed.view(),
        existing_bookings: None,
    };
    Ok(Answer::ok(answer).replayed(changed.replayed))
}

async fn came_back(
    app: &App,
    caller: &Caller,
    (package, payment): (PackageId, EntryId),
    body: ReturnBody,
) -> Result<Settled<ReturnState>, Problem> {
    let content = (package, payment, &body.reason);
    let context = app.context(caller, fingerprint("return-payment", &content)?)?;
    let request = Return {
        caller,
        package,
        payment,
        body,
        context,
    };
    Ok(settle(&app.store, &request).await?)
}

/// What a return looks at.
struct ReturnState {
    history: PackageHistory,
    /// Where units of the package were given away to.
    given: Vec<Package>,
}

impl Return<'_> {
    fn seen<'s>(&self, state: &'s ReturnState) -> Result<&'s Package, Refusal> {
        let history = &state.history;
        let seen = history.package.as_ref().zip(history.holder.as_ref());
        let seen = seen.filter(|(_, holder)| self.caller.owns(Some(holder)));
        seen.map(|(package, _)| package)
            .ok_or(Refusal::PackageNotFound)
    }
}

impl Mutation for Return<'_> {
    type State = ReturnState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, id) = (&self.context.business, self.package);
        let holder = self.body.customer_id;
        let history = store.package_history(business, id, holder, consistency);
        let history = history.await?;
        let given = match &history.package {
            Some(package) => store.given_away(business, package).await?,
            None => Vec::new(),
        };
        Ok(ReturnState { history, given })
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.seen(state)?;
        let entries = &mut state.history.entries.iter();
        Ok(entries.find(|entry| entry.fingerprint == self.context.fingerprint))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let package = self.seen(state)?;
        let ReturnState { history, given } = state;
        let settings = history.settings.as_ref().ok_or(Refusal::SettingsMissing)?;
        let what = (self.payment, self.body.reason.clone());
        let known = (history.entries.as_slice(), given.as_slice());
        decide(package, known, what, settings, &self.context).map(Some)
    }
}
