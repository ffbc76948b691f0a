//! Stage schemes as clients send and see them.

pub(super) mod archive;
pub(super) mod create;
pub(super) mod edit;
mod fields;
pub(super) mod get;
pub(super) mod list;

use std::collections::BTreeSet;

use domain::pipeline::{SchemeDraft, Stage, StageDraft, StageScheme, StageTerms};
use domain::{Name, SchemeId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use self::fields::{MilestoneField, PhaseField, RequirementField};
use super::fields::ForecastField;
use crate::edge::objects;

/// What is sent to add or edit a stage scheme.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct StageSchemeBody {
    /// What it is called.
    #[schema(value_type = String, max_length = 120, example = "Sales")]
    name: Name,
    /// Its stages in order, 1 to 30, the first of them before the win. One that was there and is left
    /// out is archived.
    #[serde(deserialize_with = "objects")]
    stages: Vec<StageBody>,
}

/// A stage of a scheme.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = StageBody)]
pub(super) struct StageBody {
    /// The number of a stage that is there; left out for a new one.
    number: Option<u16>,
    /// What it is called; once in a scheme.
    #[schema(value_type = String, max_length = 120, example = "Consultation")]
    name: Name,
    /// Before the win or after it; stays.
    phase: PhaseField,
    /// How likely an opportunity in it is to be won, in per cent.
    #[schema(maximum = 100)]
    probability_percent: u8,
    /// Where an open opportunity in it stands in the forecast.
    forecast: ForecastField,
    /// After how many days in it an opportunity is rotting; never if left out.
    #[schema(minimum = 1, maximum = 3650)]
    rotting_days: Option<u16>,
    /// How many days an opportunity usually stays in it.
    #[schema(minimum = 1, maximum = 3650)]
    average_days: Option<u16>,
    /// What an opportunity must have to enter it; of the first stage, what can be sent when it is opened.
    #[serde(default)]
    #[schema(value_type = Vec<RequirementField>)]
    requires: BTreeSet<RequirementField>,
    /// Whether it is entered only with a quote that was sent and stands.
    #[serde(default)]
    quote_required: bool,
    /// Whether an opportunity may go past it.
    #[serde(default)]
    may_skip: bool,
    /// The fact that brings what is won here by itself; only after the win.
    reached_by: Option<MilestoneField>,
}

/// A stage scheme.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = StageScheme)]
pub(crate) struct StageSchemeView {
    /// Its id.
    #[schema(value_type = String)]
    id: SchemeId,
    /// What it is called.
    #[schema(value_type = String)]
    name: Name,
    /// Its stages in order; archived ones come last.
    stages: Vec<StageView>,
    /// No longer used for new opportunities.
    archived: bool,
    /// Counts the edits; the ETag.
    version: u64,
}

/// A stage of a scheme, as it is.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = Stage)]
pub(super) struct StageView {
    /// Its number: stays when it is moved or renamed, and is never used again.
    number: u16,
    /// What it is called.
    #[schema(value_type = String)]
    name: Name,
    /// Before the win or after it.
    phase: PhaseField,
    /// How likely an opportunity in it is to be won, in per cent.
    probability_percent: u8,
    /// Where an open opportunity in it stands in the forecast.
    forecast: ForecastField,
    /// After how many days in it an opportunity is rotting.
    rotting_days: Option<u16>,
    /// How many days an opportunity usually stays in it.
    average_days: Option<u16>,
    /// What an opportunity must have to enter it.
    #[schema(value_type = Vec<RequirementField>)]
    requires: BTreeSet<RequirementField>,
    /// Whether it is entered only with a quote that was sent and stands.
    quote_required: bool,
    /// Whether an opportunity may go past it.
    may_skip: bool,
    /// The fact that brings what is won here by itself.
    reached_by: Option<MilestoneField>,
    /// No longer entered.
    archived: bool,
}

impl From<StageSchemeBody> for SchemeDraft {
    fn from(body: StageSchemeBody) -> Self {
        let stages = body.stages.into_iter().map(|stage| StageDraft {
            number: stage.number,
            terms: StageTerms {
                name: stage.name,
                phase: stage.phase.into(),
                probability_percent: stage.probability_percent,
                forecast: stage.forecast.into(),
                rotting_days: stage.rotting_days,
                average_days: stage.average_days,
                requires: stage.requires.into_iter().map(Into::into).collect(),
                quote_required: stage.quote_required,
                may_skip: stage.may_skip,
                reached_by: stage.reached_by.map(Into::into),
            },
        });
        Self {
            name: body.name,
            stages: stages.collect(),
        }
    }
}

impl From<StageScheme> for StageSchemeView {
    fn from(scheme: StageScheme) -> Self {
        Self {
            id: scheme.id,
            name: scheme.name,
            stages: scheme.stages.into_iter().map(StageView::from).collect(),
            archived: scheme.archived,
            version: scheme.version,
        }
    }
}

impl From<Stage> for StageView {
    fn from(stage: Stage) -> Self {
        let terms = stage.terms;
        Self {
            number: stage.number,
            name: terms.name,
            phase: terms.phase.into(),
            probability_percent: terms.probability_percent,
            forecast: terms.forecast.into(),
            rotting_days: terms.rotting_days,
            average_days: terms.average_days,
            requires: terms.requires.into_iter().map(Into::into).collect(),
            quote_required: terms.quote_required,
            may_skip: terms.may_skip,
            reached_by: terms.reached_by.map(Into::into),
            archived: stage.archived,
        }
    }
}
