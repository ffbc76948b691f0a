//! Giving units, or taking them back.

use std::num::NonZeroI64;

use axum::extract::State;
use domain::packages::{Adjustment, AdjustmentReason, adjust as decide};
use domain::{CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right};
use crate::package_sales::{Change, PackageView};

/// Units to be given or taken back.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct AdjustmentBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Which of the package's pools, from 0; the first if left out.
    #[serde(default)]
    pool: usize,
    /// How many, in visits or minor units: above 0 are given, below 0 taken back.
    #[schema(value_type = i64, example = 1)]
    units: NonZeroI64,
    /// `correction`, `compensation` or `goodwill`; only a correction takes units back.
    #[schema(value_type = String, example = "goodwill")]
    reason: AdjustmentReason,
}

/// Gives units of a package for nothing, or takes available ones back with the part of its worth that
/// they stand for. Staff may give as goodwill; the rest is the owner's.
#[utoipa::path(post, path = "/v1/packages/{id}/adjustments", tag = "packages", request_body = AdjustmentBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn adjust(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<AdjustmentBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(match body.reason {
        AdjustmentReason::Goodwill => Right::GiveGoodwill,
        AdjustmentReason::Correction | AdjustmentReason::Compensation => Right::CorrectSales,
    })?;
    let adjustment = Adjustment {
        pool: body.pool,
        units: body.units.get(),
        reason: body.reason,
    };
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("adjust", &body),
    )?;
    let adjusted = change.by(&app, |on| {
        decide(on.package, adjustment, on.key.clone(), on.context)
    });
    adjusted.await
}
