//! Listing the packages of a business: offers, what was sold, what is active, what has ended.

use axum::extract::State;
use domain::packages::{Package, Status};
use domain::{CustomerId, Instant, TemplateId};
use infra::{List, PackageFilter};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use super::PackageView;
use super::view::StatusView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right, Timestamp};

/// Which packages.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct PackagesQuery {
    /// Of this status; lapsed offers are `expired` like packages are.
    status: Option<StatusView>,
    /// Of this group.
    #[param(inline)]
    group: Option<Group>,
    /// Made from this template.
    #[param(value_type = Option<String>)]
    template_id: Option<TemplateId>,
    /// Held by, or offered to, this customer.
    #[param(value_type = Option<String>)]
    customer_id: Option<CustomerId>,
    /// Sold from this instant on; an offer that is not accepted, made.
    #[param(value_type = Option<String>, format = DateTime)]
    sold_from: Option<Timestamp>,
    /// Sold, or offered, before this instant.
    #[param(value_type = Option<String>, format = DateTime)]
    sold_to: Option<Timestamp>,
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// Packages that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
#[schema(as = PackageGroup)]
pub(crate) enum Group {
    /// Offered and not accepted: open, declined or lapsed.
    Offers,
    /// Sold, whatever became of it.
    Sold,
    /// Sold, and can be used now or later.
    Active,
    /// Sold, and over: exhausted, expired, voided or refunded.
    Ended,
}

impl Group {
    fn has(self, package: &Package, now: Instant) -> bool {
        let ended = match package.status(now) {
            Status::Offer
            | Status::Declined
            | Status::PendingPayment
            | Status::Active
            | Status::Frozen
            | Status::Blocked => false,
            Status::Exhausted | Status::Expired | Status::Voided | Status::Refunded => true,
        };
        match self {
            Group::Offers => !package.is_sold(),
            Group::Sold => package.is_sold(),
            Group::Active => package.is_sold() && !ended,
            Group::Ended => package.is_sold() && ended,
        }
    }
}

/// The packages of the business, last sold first. A page is one read of the list, of which what does
/// not match is left out: it may hold less than `limit`, and nothing, and yet have a `next_cursor`.
#[utoipa::path(get, path = "/v1/packages", tag = "packages", params(PackagesQuery),
    responses((status = 200, body = PageOf<PackageView>), Problems))]
pub(crate) async fn list(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<PackagesQuery>,
) -> Result<Answer<PageOf<PackageView>>, Problem> {
    caller.may(Right::ReadPackages)?;
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page(List::Packages)?;
    let filter = PackageFilter {
        customer: query.customer_id,
        template: query.template_id,
        since: query.sold_from.map(|at| at.0),
        until: query.sold_to.map(|at| at.0),
    };
    let now = app.clock.now();
    let wanted = |package: &Package| {
        let status = StatusView::from(package.status(now));
        query.status.is_none_or(|wanted| wanted == status)
            && query.group.is_none_or(|group| group.has(package, now))
    };
    let packages = app.store.packages(&caller.business, &filter, wanted, &page);
    let view = |package: Package| PackageView::of(&package, now);
    Ok(Answer::ok(PageOf::of(packages.await?, view)))
}
