//! How opportunities go from stage to stage.

use axum::extract::State;
use axum::response::Response;
use chrono::NaiveDate;
use domain::reports::{FunnelLine, day_after, spans};
use infra::{Consistency, PipelineSums};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::basis::Basis;
use super::days::Days;
use super::format::{Format, basis_points};
use crate::App;
use crate::edge::{Caller, Conflict, Invalid, Problem, Problems, Query};

const EXCLUDES: &str = "what is still in the stage; what went past it";

/// How opportunities went from stage to stage on some days.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = FunnelReport)]
pub(crate) struct FunnelView {
    /// The zone whose days these are.
    #[schema(example = "Europe/Istanbul")]
    time_zone: String,
    /// The first day.
    #[schema(value_type = String)]
    from: NaiveDate,
    /// The last day.
    #[schema(value_type = String)]
    to: NaiveDate,
    /// One line per scheme and stage, in the order of the scheme; archived stages come last.
    items: Vec<FunnelStage>,
}

/// How opportunities came into one stage and left it.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = FunnelLine)]
pub(crate) struct FunnelStage {
    /// The scheme.
    scheme_id: String,
    /// The number of the stage.
    stage: u16,
    /// What it is called.
    name: String,
    /// Opened in it, moved into it or reopened in it.
    #[schema(value_type = i64)]
    entered_count: i128,
    /// Of these, those that were reopened.
    #[schema(value_type = i64)]
    reopened_count: i128,
    /// Went past it to a later stage; not among those that entered.
    #[schema(value_type = i64)]
    skipped_count: i128,
    /// Left it for a later stage.
    #[schema(value_type = i64)]
    moved_on_count: i128,
    /// Left it for an earlier stage.
    #[schema(value_type = i64)]
    moved_back_count: i128,
    /// Won in it.
    #[schema(value_type = i64)]
    won_count: i128,
    /// Lost in it.
    #[schema(value_type = i64)]
    lost_count: i128,
    /// Abandoned in it.
    #[schema(value_type = i64)]
    abandoned_count: i128,
    /// Moved on or won.
    #[schema(value_type = i64)]
    numerator: i128,
    /// All that left it.
    #[schema(value_type = i64)]
    denominator: i128,
    /// Hundredths of a per cent, rounded; null of nothing.
    #[schema(value_type = Option<i64>)]
    rate_basis_points: Option<i128>,
    /// Time in it of all that left it, in seconds.
    #[schema(value_type = i64)]
    seconds: i128,
    /// Mean time in it of those that left it, in seconds; null if none did.
    #[schema(value_type = Option<i64>)]
    mean_seconds: Option<i128>,
    /// What neither numerator nor denominator counts.
    excludes: String,
}

impl FunnelStage {
    fn of(line: FunnelLine, name: String) -> Self {
        let conversion = line.conversion();
        Self {
            scheme_id: line.scheme.to_string(),
            stage: line.stage,
            name,
            entered_count: line.entered,
            reopened_count: line.reopened,
            skipped_count: line.skipped,
            moved_on_count: line.moved_on,
            moved_back_count: line.moved_back,
            won_count: line.won,
            lost_count: line.lost,
            abandoned_count: line.abandoned,
            numerator: conversion.numerator,
            denominator: conversion.denominator,
            rate_basis_points: basis_points(conversion),
            seconds: line.seconds,
            mean_seconds: line.mean_seconds(),
            excludes: EXCLUDES.to_owned(),
        }
    }
}

/// How opportunities came into each stage and left it on some days, by the order that the schemes have
/// now.
#[utoipa::path(get, path = "/v1/reports/funnel", tag = "reports", params(Days),
    responses((status = 200, content((FunnelView = "application/json"), (String = "text/csv"))),
        Problems, Conflict, Invalid))]
pub(crate) async fn funnel(
    State(app): State<App>,
    caller: Caller,
    format: Format,
    Query(query): Query<Days>,
) -> Result<Response, Problem> {
    let basis = Basis::of_pipeline(&app, &caller).await?;
    let (from, to) = query.bounds(basis.today)?;
    let days = spans(Some(from), day_after(to));
    let schemes = async {
        let store = &app.store;
        store.schemes(&basis.business, Consistency::Eventual).await
    };
    let rows = basis.pipeline(&app, PipelineSums::Funnel, &days);
    let (schemes, rows) = tokio::try_join!(schemes, rows)?;
    let name = |line: &FunnelLine| {
        let scheme = schemes.iter().find(|scheme| scheme.id == line.scheme);
        let stage = scheme.and_then(|scheme| scheme.stage(line.stage));
        stage.map_or(String::new(), |stage| stage.terms.name.to_string())
    };
    let lines = domain::reports::funnel(&rows, &schemes).into_iter();
    let view = FunnelView {
        time_zone: basis.zone.to_string(),
        from,
        to,
        items: lines
            .map(|line| FunnelStage::of(line, name(&line)))
            .collect(),
    };
    format.answer("funnel", &view, |view| &view.items)
}
