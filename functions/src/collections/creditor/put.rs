//! Setting the account that direct debits go to.

use axum::extract::State;
use domain::journal::Entry;
use domain::sepa::{Bic, Creditor, CreditorId, Iban};
use domain::settings::{CreditorRecord, change_creditor as decide};
use domain::{Context, Decision, Name, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::CreditorView;
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Problem, Problems, Right};

/// The business as its bank knows it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CreditorBody {
    /// The name that customers read on their bank statement.
    #[schema(value_type = String, max_length = 120, example = "Gül Güzellik GmbH")]
    name: Name,
    /// The account.
    #[schema(value_type = String, example = "DE89 3704 0044 0532 0130 00")]
    iban: Iban,
    /// Its bank; may be left out within the European Economic Area.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "COBADEFFXXX")]
    bic: Option<Bic>,
    /// The SEPA creditor identifier, from the letter of the bank that gave it.
    #[schema(value_type = String, example = "DE98ZZZ09999999999")]
    creditor_id: CreditorId,
}

struct Change {
    wanted: Creditor,
    expected: Option<u64>,
    context: Context,
}

/// Sets the account that direct debits go to: the first time without If-Match, later with the ETag
/// that was read.
#[utoipa::path(put, path = "/v1/settings/creditor", tag = "collections", request_body = CreditorBody,
    params(("If-Match" = Option<String>, Header, description = "The ETag of the account read; left out the first time")),
    responses((status = 200, body = CreditorView), Problems))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    IfMatch(expected): IfMatch,
    Json(body): Json<CreditorBody>,
) -> Result<Answer<CreditorView>, Problem> {
    caller.may(Right::Collect)?;
    let context = app.context(&caller, fingerprint("put-creditor", &(&body, expected))?)?;
    let wanted = Creditor {
        name: body.name,
        iban: body.iban,
        bic: body.bic,
        id: body.creditor_id,
    };
    let answer = wanted.clone();
    let change = Change {
        wanted,
        expected,
        context,
    };
    let settled = settle(&app.store, &change).await?;
    Ok(Answer::ok(answer.into())
        .version(expected.unwrap_or(0) + 1)
        .replayed(settled.replayed))
}

impl Mutation for Change {
    type State = (Option<CreditorRecord>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let version = self.expected.unwrap_or(0) + 1;
        store
            .creditor_and_entry(&self.context.business, version, consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (present, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let wanted = self.wanted.clone();
        decide(present.as_ref(), wanted, self.expected, &self.context).map(Some)
    }
}
