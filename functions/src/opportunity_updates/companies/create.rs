//! Adding a company.

use axum::extract::State;
use domain::journal::Entry;
use domain::pipeline::{CompanyDetails, PipelineRefusal, create_company};
use domain::{CompanyId, Context, Decision, Fingerprint, Refusal};
use infra::{Consistency, Fault, Mutation, Store, fingerprint, fresh_salt, settle};

use super::{CompanyBody, CompanyView, put, salted};
use crate::App;
use crate::edge::{Answer, Caller, Json, OptionalKey, Problem, Problems, Right, fresh_or_derived};

struct Create {
    id: CompanyId,
    details: CompanyDetails,
    /// The record's, unless it is there.
    salt: Fingerprint,
    context: Context,
}

/// Adds a company. With an Idempotency-Key, a repeated request adds it once, and is answered with the
/// record as it is now.
#[utoipa::path(post, path = "/v1/companies", tag = "pipeline", request_body = CompanyBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request")),
    responses((status = 201, body = CompanyView), Problems))]
pub(crate) async fn create(
    State(app): State<App>,
    caller: Caller,
    OptionalKey(key): OptionalKey,
    Json(body): Json<CompanyBody>,
) -> Result<Answer<CompanyView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let context = app.context(&caller, fingerprint("create-company", &body)?)?;
    let id = fresh_or_derived(
        key.as_ref(),
        "company",
        &context,
        CompanyId::new,
        CompanyId::from_bytes,
    )?;
    let create = Create {
        id,
        details: body.into(),
        salt: fresh_salt()?,
        context,
    };
    let settled = settle(&app.store, &create).await?;
    let company = match settled.replayed {
        true => {
            app.store
                .company(&caller.business, id, Consistency::Strong)
                .await?
        }
        false => create.decide(&settled.state)?.as_ref().and_then(put),
    };
    let company = company.ok_or(Refusal::Pipeline(PipelineRefusal::CompanyMissing))?;
    let version = company.version;
    Ok(Answer::created(company.into())
        .version(version)
        .replayed(settled.replayed))
}

impl Mutation for Create {
    /// The surroundings, salted, and the entry that added the company.
    type State = (Context, Option<Entry>);

    async fn load(&self, store: &Store, consistency: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        let (company, entry) = store
            .company_and_entry(business, (self.id, 1), consistency)
            .await?;
        let salt = company.map_or_else(|| self.salt.clone(), |company| company.salt);
        Ok((salted(&self.context, &salt)?, entry))
    }

    fn repeated<'s>(
        &self,
        (context, entry): &'s Self::State,
    ) -> Result<Option<&'s Entry>, Refusal> {
        context.repeated(entry.as_ref())
    }

    fn decide(&self, (context, _): &Self::State) -> Result<Option<Decision>, Refusal> {
        let named = (self.id, self.salt.clone());
        Ok(Some(create_company(self.details.clone(), named, context)))
    }
}
