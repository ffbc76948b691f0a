//! Setting and changing how the business works.

use axum::extract::State;
use domain::journal::Entry;
use domain::settings::{Settings, change};
use domain::{Context, Decision, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::SettingsView;
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Problem, Problems, Right};

struct Change {
    wanted: Settings,
    expected: Option<u64>,
    context: Context,
}

/// Sets the settings: the first time without If-Match, later with the ETag that was read.
#[utoipa::path(put, path = "/v1/settings", tag = "catalog", request_body = SettingsView,
    params(("If-Match" = Option<String>, Header, description = "The ETag of the settings read; left out the first time")),
    responses((status = 200, body = SettingsView), Problems))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    IfMatch(expected): IfMatch,
    Json(body): Json<SettingsView>,
) -> Result<Answer<SettingsView>, Problem> {
    caller.may(Right::EditCatalog)?;
    let context = app.context(&caller, fingerprint("put-settings", &(&body, expected))?)?;
    let wanted = Settings::from(body);
    let answer = wanted.clone();
    let settled = settle(
        &app.store,
        &Change {
            wanted,
            expected,
            context,
        },
    )
    .await?;
    Ok(Answer::ok(answer.into())
        .version(expected.unwrap_or(0) + 1)
        .replayed(settled.replayed))
}

impl Mutation for Change {
    type State = (Option<Settings>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let version = self.expected.unwrap_or(0) + 1;
        store
            .settings_and_entry(&self.context.business, version, consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (present, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        change(
            present.as_ref(),
            self.wanted.clone(),
            self.expected,
            &self.context,
        )
        .map(Some)
    }
}
