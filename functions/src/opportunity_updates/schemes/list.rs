//! Listing stage schemes.

use axum::extract::State;
use infra::Consistency;

use super::StageSchemeView;
use crate::App;
use crate::edge::{Answer, Caller, PageOf, Problem, Problems, Right};

/// The stage schemes, archived ones too, in order of id: all of them, as there are 20 at most.
#[utoipa::path(get, path = "/v1/stage-schemes", tag = "pipeline",
    responses((status = 200, body = PageOf<StageSchemeView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
) -> Result<Answer<PageOf<StageSchemeView>>, Problem> {
    caller.may(Right::ReadPipeline)?;
    let schemes = app.store.schemes(&caller.business, Consistency::Strong);
    Ok(Answer::ok(PageOf {
        items: schemes.await?.into_iter().map(Into::into).collect(),
        next_cursor: None,
    }))
}
