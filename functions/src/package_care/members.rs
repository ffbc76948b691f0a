//! Who else may redeem from a package.

use axum::extract::State;
use domain::packages::change_members as decide;
use domain::{CustomerId, PackageId};
use infra::Beside;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, Key, Path, Problem, Problems, Right};
use crate::package_sales::{Change, PackageView};

/// As many as a package can have.
const MOST: usize = 20;

/// Who comes and who goes.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct MembersBody {
    /// Who holds the package: it spares a read.
    #[schema(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Who may redeem from now on.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    add: Vec<CustomerId>,
    /// Who no longer may.
    #[serde(default)]
    #[schema(value_type = Vec<String>)]
    remove: Vec<CustomerId>,
}

/// Lets other customers redeem from a package, as many as its terms allow, and no longer lets others.
/// What their bookings hold stays held.
#[utoipa::path(post, path = "/v1/packages/{id}/members", tag = "packages", request_body = MembersBody,
    params(("id" = String, Path, description = "The package"),
        ("Idempotency-Key" = String, Header, description = "The same for a repeated request")),
    responses((status = 200, body = PackageView), Problems, Conflict))]
pub(crate) async fn change_members(
    State(app): State<App>,
    caller: Caller,
    Path(id): Path<PackageId>,
    Key(key): Key,
    Json(body): Json<MembersBody>,
) -> Result<Answer<PackageView>, Problem> {
    caller.may(Right::CareForPackages)?;
    if body.add.len() > MOST || body.remove.len() > MOST {
        let text =
            "the body is not what is taken here: add and remove name at most 20 customers each";
        return Err(Problem::new(422, "invalid-body", text));
    }
    let beside = Beside {
        customers: body.add.clone(),
        entry: None,
    };
    let change = Change::new(
        &app,
        &caller,
        (id, body.customer_id),
        &key,
        ("members", &body),
    )?;
    let changed = change.beside(beside).by(&app, |on| {
        let members = (body.add.as_slice(), body.remove.as_slice());
        decide(
            on.package,
            members,
            on.customers,
            on.key.clone(),
            on.context,
        )
    });
    changed.await
}
