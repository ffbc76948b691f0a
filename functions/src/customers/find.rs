//! Finding customers.

use axum::extract::State;
use domain::Email;
use infra::{Consistency, List, Page};
use serde::Deserialize;
use utoipa::IntoParams;

use super::CustomerView;
use crate::App;
use crate::edge::{Answer, Caller, ListQuery, PageOf, Problem, Problems, Query, Right};

/// Which customers, and which part of them.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(crate) struct FindQuery {
    /// The customer with exactly this e-mail address.
    #[param(value_type = Option<String>)]
    email: Option<Email>,
    /// Those one of whose names begins like this; case and accents make no difference.
    name: Option<String>,
    /// Goes on where the page that gave this `next_cursor` ended.
    cursor: Option<String>,
    /// At most so many, 1 to 100; 50 if left out.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u16>,
}

/// Customers by e-mail address, by name, or all of them in order of name.
#[utoipa::path(get, path = "/v1/customers", tag = "customers", params(FindQuery),
    responses((status = 200, body = PageOf<CustomerView>), Problems))]
pub(crate) async fn find(
    State(app): State<App>,
    caller: Caller,
    Query(query): Query<FindQuery>,
) -> Result<Answer<PageOf<CustomerView>>, Problem> {
    caller.may(Right::FindCustomers)?;
    let page = ListQuery {
        cursor: query.cursor,
        limit: query.limit,
    }
    .page(List::Customers)?;
    let found = match (&query.email, &query.name) {
        (Some(_), Some(_)) => {
            return Err(Problem::new(
                400,
                "malformed-query",
                "find customers by email or by name, not by both",
            ));
        }
        (Some(email), None) => {
            let (store, business) = (&app.store, &caller.business);
            let holder = store
                .holder_of_email(business, email, Consistency::Strong)
                .await?;
            let customer = match holder {
                Some(id) => store.customer(business, id, Consistency::Strong).await?,
                None => None,
            };
            Page {
                items: customer.into_iter().collect(),
                next: None,
            }
        }
        (None, Some(name)) if !name.chars().any(char::is_alphanumeric) => {
            let detail = "name holds no letter or digit to look for: give some, or leave it out";
            return Err(Problem::new(400, "malformed-query", detail));
        }
        (None, name) => {
            app.store
                .customers_by_name(&caller.business, name.as_deref(), &page)
                .await?
        }
    };
    Ok(Answer::ok(PageOf::of(found, CustomerView::from)))
}
