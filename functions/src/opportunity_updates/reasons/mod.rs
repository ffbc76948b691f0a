//! The lists of reasons as clients send and see them.

pub(super) mod get;
pub(super) mod put;

use domain::pipeline::{PipelineSettings, Reason};
use domain::{Name, Slug};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::objects;

/// What a business chooses from when it closes and reopens opportunities. Reports count by the code;
/// what was closed keeps its own, also when it leaves the list.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = PipelineSettings)]
pub(crate) struct PipelineSettingsView {
    /// Why something is lost: 1 to 50.
    #[serde(deserialize_with = "objects")]
    lost_reasons: Vec<ReasonField>,
    /// Why the business gives something up: 1 to 50.
    #[serde(deserialize_with = "objects")]
    abandoned_reasons: Vec<ReasonField>,
    /// Why something closed is opened again: 1 to 50.
    #[serde(deserialize_with = "objects")]
    reopen_reasons: Vec<ReasonField>,
}

/// A reason that can be chosen.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Reason)]
pub(super) struct ReasonField {
    /// What reports count by: stays when the name changes.
    #[schema(value_type = String, max_length = 40, example = "price")]
    code: Slug,
    /// What people read.
    #[schema(value_type = String, max_length = 120, example = "Too expensive")]
    name: Name,
}

impl From<ReasonField> for Reason {
    fn from(field: ReasonField) -> Self {
        Self {
            code: field.code,
            name: field.name,
        }
    }
}

impl From<Reason> for ReasonField {
    fn from(reason: Reason) -> Self {
        Self {
            code: reason.code,
            name: reason.name,
        }
    }
}

impl From<PipelineSettings> for PipelineSettingsView {
    fn from(settings: PipelineSettings) -> Self {
        let fields = |list: Vec<Reason>| list.into_iter().map(Into::into).collect();
        Self {
            lost_reasons: fields(settings.lost_reasons),
            abandoned_reasons: fields(settings.abandoned_reasons),
            reopen_reasons: fields(settings.reopen_reasons),
        }
    }
}

impl From<PipelineSettingsView> for PipelineSettings {
    /// As they would be put; the version is the verb's to say.
    fn from(view: PipelineSettingsView) -> Self {
        let reasons = |list: Vec<ReasonField>| list.into_iter().map(Into::into).collect();
        Self {
            lost_reasons: reasons(view.lost_reasons),
            abandoned_reasons: reasons(view.abandoned_reasons),
            reopen_reasons: reasons(view.reopen_reasons),
            version: 0,
        }
    }
}
