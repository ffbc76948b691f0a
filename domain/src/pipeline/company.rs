//! Companies that have to do with opportunities.

use serde::{Deserialize, Serialize};

use crate::journal::Fact;
use crate::{
    CompanyId, Context, Decision, Email, EntryKey, Fingerprint, Instant, Name, Note, Phone, Put,
    Refusal,
};

/// A company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// What is known of it.
    pub details: CompanyDetails,
    /// When it was added.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub created_at: Instant,
    /// What requests about it are digested with before the journal has them.
    pub salt: Fingerprint,
    /// Counts the edits, from 1.
    pub version: u64,
}

/// The part of a company that can be edited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyDetails {
    /// What it is called.
    pub name: Name,
    /// Where it is written to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub email: Option<Email>,
    /// Where it is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<Phone>,
    /// Its number with the tax office.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tax_id: Option<Name>,
    /// What somebody wrote about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Note>,
}

/// Adds the company `id`; `salt` is random.
pub fn create_company(
    details: CompanyDetails,
    (id, salt): (CompanyId, Fingerprint),
    context: &Context,
) -> Decision {
    let company = Company {
        id,
        details,
        created_at: context.now,
        salt,
        version: 1,
    };
    saved(company, Vec::new(), context)
}

/// Edits a company. None when that changes nothing.
///
/// # Errors
/// [`Refusal::VersionMismatch`].
pub fn edit_company(
    present: &Company,
    details: CompanyDetails,
    expected: u64,
    context: &Context,
) -> Result<Option<Decision>, Refusal> {
    if present.version != expected {
        return Err(Refusal::VersionMismatch);
    }
    let (old, new) = (&present.details, &details);
    let fields: Vec<String> = [
        ("name", old.name != new.name),
        ("email", old.email != new.email),
        ("phone", old.phone != new.phone),
        ("tax_id", old.tax_id != new.tax_id),
        ("note", old.note != new.note),
    ]
    .into_iter()
    .filter(|(_, changed)| *changed)
    .map(|(name, _)| name.to_owned())
    .collect();
    if fields.is_empty() {
        return Ok(None);
    }
    let company = Company {
        details,
        version: present.version + 1,
        ..present.clone()
    };
    Ok(Some(saved(company, fields, context)))
}

fn saved(company: Company, fields: Vec<String>, context: &Context) -> Decision {
    let key = EntryKey::Company(company.id, company.version);
    let fact = Fact::CompanySaved {
        company: company.id,
        fields,
    };
    let entry = context.entry(None, fact, Vec::new(), None);
    Decision::of_records(key, entry, vec![Put::Company(company)])
}
