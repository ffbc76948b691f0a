//! Editing a company.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{Company, CompanyDetails, PipelineRefusal, edit_company};
use domain::{CompanyId, Context, Decision, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, settle};

use super::{CompanyBody, CompanyView, put, salted};
use crate::App;
use crate::edge::{Answer, Caller, IfMatch, Json, Path, Problem, Problems, Right};

struct Edit {
    id: CompanyId,
    expected: u64,
    details: CompanyDetails,
    context: Context,
}

/// Edits a company: what is left out is cleared. A repeated request is answered with the record as it is
/// now.
#[utoipa::path(put, path = "/v1/companies/{id}", tag = "pipeline", request_body = CompanyBody,
    params(("id" = String, Path, description = "The company"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = CompanyView), Problems))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<CompanyId>,
    if_match: IfMatch,
    Json(body): Json<CompanyBody>,
) -> Result<Answer<CompanyView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let expected = if_match.required()?;
    let content = fingerprint("edit-company", &(id, expected, &body))?;
    let edit = Edit {
        id,
        expected,
        details: body.into(),
        context: app.context(&caller, content)?,
    };
    let settled = settle(&app.store, &edit).await?;
    let company = match (&settled.entry, settled.replayed) {
        // Nothing was changed: as it was when that was seen.
        (None, _) => settled.state.company,
        (Some(_), true) => {
            app.store
                .company(&caller.business, id, Consistency::Strong)
                .await?
        }
        (Some(_), false) => edit.decide(&settled.state)?.as_ref().and_then(put),
    };
    let company = company.ok_or(Refusal::Pipeline(PipelineRefusal::CompanyMissing))?;
    let version = company.version;
    Ok(Answer::ok(company.into())
        .version(version)
        .replayed(settled.replayed))
}

/// What editing a company looks at.
struct EditState {
    company: Option<Company>,
    entry: Option<Entry>,
    /// The surroundings, salted where there is a company.
    context: Context,
}

impl Mutation for Edit {
    type State = EditState;

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let (business, version) = (&self.context.business, self.expected + 1);
        let (company, entry) = store
            .company_and_entry(business, (self.id, version), consistency)
            .await?;
        let context = match &company {
            Some(company) => salted(&self.context, &company.salt)?,
            None => self.context.clone(),
        };
        Ok(EditState {
            company,
            entry,
            context,
        })
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        Ok(state.context.repeated_edit(state.entry.as_ref()))
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        let present = state.company.as_ref();
        let present = present.ok_or(PipelineRefusal::CompanyMissing)?;
        edit_company(present, self.details.clone(), self.expected, &state.context)
    }
}
