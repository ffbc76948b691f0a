//! Editing what an opportunity is about.

use std::collections::BTreeSet;

use axum::extract::State;
use chrono::NaiveDate;
use domain::pipeline::{OpportunityEdit, edit as decide};
use domain::{Money, Name, Note, OpportunityId, Slug};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use super::OpportunityView;
use super::change::Change;
use super::fields::{ForecastField, PeriodField, RecursField};
use crate::App;
use crate::edge::{
    Answer, Caller, Conflict, IfMatch, Json, MoneyField, Path, Problem, Problems, Right,
    object_or_null, sent,
};

/// The fields to change: one left out stays, a null clears it where that makes sense.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = OpportunityPatch)]
pub(crate) struct OpportunityPatch {
    /// What it is called.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<String>, max_length = 120)]
    title: Option<Name>,
    /// What it is about.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>, max_length = 2000)]
    description: Option<Option<Note>>,
    /// What it is thought to be worth; not while lines or a quote say so.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<MoneyField>)]
    estimate: Option<Money>,
    /// How often the amount is earned.
    #[serde(default, deserialize_with = "there")]
    period: Option<PeriodField>,
    /// For how many months.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<u16>, minimum = 1, maximum = 120)]
    term_months: Option<Option<u16>>,
    /// When what is sold would begin.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<String>)]
    starts_on: Option<Option<NaiveDate>>,
    /// When it is expected to be decided.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<String>)]
    expected_close_on: Option<NaiveDate>,
    /// Where it stands in the forecast; null is where its stage does.
    #[serde(
        default,
        deserialize_with = "sent",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<ForecastField>)]
    forecast: Option<Option<ForecastField>>,
    /// Words it is found by: all of them.
    #[serde(default, deserialize_with = "there")]
    #[schema(value_type = Option<Vec<String>>)]
    tags: Option<BTreeSet<Slug>>,
    /// Whether the next one is opened when it is won.
    #[serde(
        default,
        deserialize_with = "recurring",
        skip_serializing_if = "Option::is_none"
    )]
    #[schema(value_type = Option<RecursField>)]
    recurs: Option<Option<RecursField>>,
}

/// A field that can be changed but not cleared.
pub(super) fn there<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

fn recurring<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<RecursField>>, D::Error> {
    object_or_null(deserializer).map(Some)
}

/// Edits an opportunity that is undecided. What its stage asks for cannot be taken away.
#[utoipa::path(patch, path = "/v1/opportunities/{id}", tag = "pipeline", request_body = OpportunityPatch,
    params(("id" = String, Path, description = "The opportunity"),
        ("If-Match" = String, Header, description = "The ETag of the version read")),
    responses((status = 200, body = OpportunityView), Problems, Conflict))]
pub(crate) async fn edit(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<OpportunityId>,
    if_match: IfMatch,
    Json(body): Json<OpportunityPatch>,
) -> Result<Answer<OpportunityView>, Problem> {
    caller.may(Right::WorkPipeline)?;
    let change = Change::new(&app, &caller, id, if_match, ("edit-opportunity", &body))?;
    let edit = OpportunityEdit {
        title: body.title,
        description: body.description,
        estimate: body.estimate,
        period: body.period.map(Into::into),
        term_months: body.term_months,
        starts_on: body.starts_on,
        expected_close_on: body.expected_close_on,
        forecast: body.forecast.map(|forecast| forecast.map(Into::into)),
        tags: body.tags,
        recurs: body.recurs.map(|recurs| recurs.map(Into::into)),
    };
    change
        .by(&app, |changing| {
            decide(
                changing.opportunity,
                edit.clone(),
                changing.expected,
                changing.rules,
                changing.context,
            )
        })
        .await
}
