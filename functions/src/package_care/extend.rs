//! A later end.

use axum::extract::State;
use chrono::NaiveDate;
use domain::packages::extend as decide;
use domain::{CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right};
use crate::package_sales::{Change, PackageView};

/// Until when.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ExtensionBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// The last day, later than the package's end; its days of grace come on top.
    expires_on: NaiveDate,
}

/// Makes a package valid for longer. One that had ended can be used again, with everything that was
/// lost at its end.
#[utoipa::path(post, path = "/v1/packages/{id}/extend", tag = "packages", request_body = ExtensionBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn extend(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<ExtensionBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::CareForPackages)?;
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("extend", &body),
    )?;
    let extended = change.by(&app, |on| {
        let zone = on.settings.time_zone();
        decide(
            on.package,
            body.expires_on,
            zone,
            on.key.clone(),
            on.context,
        )
    });
    extended.await
}
