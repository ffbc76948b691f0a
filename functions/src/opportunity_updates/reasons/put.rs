//! Setting and changing the lists of reasons.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{PipelineSettings, change_reasons};
use domain::{Context, Decision, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::PipelineSettingsView;
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Problem, Problems, Right};

struct Change {
    wanted: PipelineSettings,
    expected: Option<u64>,
    context: Context,
}

/// Sets the lists of reasons: the first time without If-Match, later with the ETag that was read.
#[utoipa::path(put, path = "/v1/settings/pipeline", tag = "pipeline", request_body = PipelineSettingsView,
    params(("If-Match" = Option<String>, Header, description = "The ETag of the lists read; left out the first time")),
    responses((status = 200, body = PipelineSettingsView), Problems))]
pub(crate) async fn put(
    State(app): State<App>,
    caller: Caller,
    IfMatch(expected): IfMatch,
    Json(body): Json<PipelineSettingsView>,
) -> Result<Answer<PipelineSettingsView>, Problem> {
    caller.may(Right::EditPipeline)?;
    let content = fingerprint("put-pipeline-settings", &(&body, expected))?;
    let answer = body.clone();
    let change = Change {
        wanted: body.into(),
        expected,
        context: app.context(&caller, content)?,
    };
    let settled = settle(&app.store, &change).await?;
    Ok(Answer::ok(answer)
        .version(expected.unwrap_or(0) + 1)
        .replayed(settled.replayed))
}

impl Mutation for Change {
    type State = (Option<PipelineSettings>, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let version = self.expected.unwrap_or(0) + 1;
        store
            .pipeline_settings_and_entry(&self.context.business, version, consistency)
            .await
    }

    fn repeated<'s>(&self, (_, entry): &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(self.context.repeated_edit(entry.as_ref()))
    }

    fn decide(&self, (present, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let wanted = self.wanted.clone();
        change_reasons(present.as_ref(), wanted, self.expected, &self.context).map(Some)
    }
}
