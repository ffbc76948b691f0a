//! What the mains start, and what the local gateway starts in their place.

use axum::extract::DefaultBodyLimit;
use axum::{Router, middleware};
use domain::{Context, Fingerprint};
use infra::{Bus, Metrics, Store, client, random_128, telemetry};

use crate::edge::{Caller, Problem, log_request, no_such_method, no_such_route};
use crate::operation::{Operation, served};
use crate::{
    Clock, appointment_completion, booking_redemption, catalog, collections, customers, imports,
    opportunity_updates, package_care, package_sales, reports, wallet,
};

/// What a handler works with.
#[derive(Debug, Clone)]
pub struct App {
    /// The table.
    pub store: Store,
    /// The present.
    pub clock: Clock,
    /// Where events are published; none where nothing is.
    pub bus: Option<Bus>,
}

impl App {
    /// The surroundings of one decision of `caller`.
    ///
    /// # Errors
    /// A problem when the operating system has no randomness.
    pub fn context(&self, caller: &Caller, fingerprint: Fingerprint) -> Result<Context, Problem> {
        Ok(Context {
            business: caller.business.clone(),
            actor: caller.actor.clone(),
            now: self.clock.now(),
            random: random_128()?,
            fingerprint,
            cause: caller.cause.clone(),
        })
    }
}

/// One Lambda function.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    /// Its name: the binary's, and the last part of its `CodeUri` in template.yaml.
    pub name: &'static str,
    pub(crate) operations: fn() -> Vec<Operation>,
    /// The largest body a request may have.
    pub(crate) body_bytes: usize,
}

/// Every function there is.
pub const FUNCTIONS: [Function; 11] = [
    catalog::FUNCTION,
    customers::FUNCTION,
    wallet::FUNCTION,
    package_sales::FUNCTION,
    package_care::FUNCTION,
    booking_redemption::FUNCTION,
    appointment_completion::FUNCTION,
    reports::FUNCTION,
    collections::FUNCTION,
    imports::FUNCTION,
    opportunity_updates::FUNCTION,
];

/// The largest body of most requests. A series of bookings fits in many times over.
pub(crate) const BODY_BYTES: usize = 64 * 1024;

impl Function {
    /// The function's service.
    pub fn router(&self, app: App) -> Router {
        served((self.operations)())
            .fallback(no_such_route)
            .method_not_allowed_fallback(no_such_method)
            .layer(DefaultBodyLimit::max(self.body_bytes))
            .layer(middleware::from_fn_with_state(app.clone(), log_request))
            .with_state(app)
    }
}

/// A main's error.
pub type Start = Result<(), lambda_http::Error>;

/// What every main begins with: a log, and the table that `CARNET_TABLE` names, which counts into the
/// namespace that `CARNET_METRICS` names.
pub(crate) fn begin() -> Result<Store, lambda_http::Error> {
    telemetry::init();
    let table = std::env::var("CARNET_TABLE").map_err(|_| "CARNET_TABLE is not set")?;
    let client = client::of_function()?;
    Ok(Store::new(client, table).with_metrics(Metrics::from_env()))
}

/// The same for a function that works with the table: with its connection opened while starting, where
/// Lambda gives the whole processor, not in the first request.
pub(crate) async fn begin_at_table() -> Result<App, lambda_http::Error> {
    let store = begin()?;
    store.open().await;
    Ok(App {
        store,
        clock: Clock::system(),
        bus: None,
    })
}

/// Runs a function on Lambda, on the table that `CARNET_TABLE` names. A main names its function, so
/// that its binary holds no other's handlers.
///
/// # Errors
/// When the environment is incomplete or the runtime ends.
pub async fn run(function: Function) -> Start {
    lambda_http::run(function.router(begin_at_table().await?)).await
}
