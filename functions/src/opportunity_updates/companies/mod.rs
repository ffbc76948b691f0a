//! Companies as clients send and see them.

pub(super) mod create;
pub(super) mod edit;
pub(super) mod get;
pub(super) mod list;

use chrono::{DateTime, Utc};
use domain::pipeline::{Company, CompanyDetails};
use domain::{CompanyId, Context, Decision, Email, Fingerprint, Name, Note, Phone, Put};
use infra::{Fault, fingerprint};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is sent to add or edit a company: all there is to know of it.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CompanyBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "Gelin Evi Ltd.")]
    name: Name,
    /// Where it is written to.
    #[schema(value_type = Option<String>, example = "info@example.com")]
    email: Option<Email>,
    /// Where it is called.
    #[schema(value_type = Option<String>, example = "+90 212 000 00 00")]
    phone: Option<Phone>,
    /// Its number with the tax office.
    #[schema(value_type = Option<String>, max_length = 120)]
    tax_id: Option<Name>,
    /// What there is to say about it.
    #[schema(value_type = Option<String>, max_length = 2000)]
    note: Option<Note>,
}

/// A company.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Company)]
pub(crate) struct CompanyView {
    /// Its id.
    #[schema(value_type = String)]
    id: CompanyId,
    /// What it is called.
    #[schema(value_type = String)]
    name: Name,
    /// Where it is written to.
    #[schema(value_type = Option<String>)]
    email: Option<Email>,
    /// Where it is called.
    #[schema(value_type = Option<String>)]
    phone: Option<Phone>,
    /// Its number with the tax office.
    #[schema(value_type = Option<String>)]
    tax_id: Option<Name>,
    /// What somebody wrote about it.
    #[schema(value_type = Option<String>)]
    note: Option<Note>,
    /// When it was added.
    created_at: DateTime<Utc>,
    /// Counts the edits; the ETag.
    version: u64,
}

impl From<CompanyBody> for CompanyDetails {
    fn from(body: CompanyBody) -> Self {
        Self {
            name: body.name,
            email: body.email,
            phone: body.phone,
            tax_id: body.tax_id,
            note: body.note,
        }
    }
}

impl From<Company> for CompanyView {
    fn from(company: Company) -> Self {
        let details = company.details;
        Self {
            id: company.id,
            name: details.name,
            email: details.email,
            phone: details.phone,
            tax_id: details.tax_id,
            note: details.note,
            created_at: company.created_at,
            version: company.version,
        }
    }
}

/// The company that a decision puts.
fn put(decision: &Decision) -> Option<Company> {
    decision.puts.iter().find_map(|put| {
        if let Put::Company(company) = put {
            return Some(company.clone());
        }
        None
    })
}

/// `context` with its fingerprint salted: without the salt nobody finds in the journal what they know
/// that was written.
///
/// # Errors
/// None in practice: what JSON cannot express is not digested.
fn salted(context: &Context, salt: &Fingerprint) -> Result<Context, Fault> {
    Ok(Context {
        fingerprint: fingerprint("salted", &(&context.fingerprint, salt))?,
        ..context.clone()
    })
}
