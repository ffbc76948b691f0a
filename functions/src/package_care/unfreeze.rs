//! Ending a package's rest.

use axum::extract::State;
use domain::packages::unfreeze as decide;
use domain::{CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Key, Path, Problem, Problems, Right, SentJson};
use crate::package_sales::{Change, PackageView};

/// Whose.
#[derive(Debug, Clone, Copy, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct UnfreezeBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
}

/// Ends a package's rest now. Its end moves by the calendar days that it has rested, however long that
/// was to be.
#[utoipa::path(post, path = "/v1/packages/{id}/unfreeze", tag = "packages", request_body = Option<UnfreezeBody>,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn unfreeze(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    SentJson(body): SentJson<UnfreezeBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::CareForPackages)?;
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("unfreeze", &body),
    )?;
    let unfrozen = change.by(&app, |on| {
        let zone = on.settings.time_zone();
        decide(on.package, zone, on.key.clone(), on.context)
    });
    unfrozen.await
}
