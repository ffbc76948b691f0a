//! Collecting what is due by direct debit.

use std::collections::BTreeMap;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use chrono::NaiveDate;
use domain::journal::{Entry, Fact};
use domain::packages::{CollectionOf, CollectionPlan, PlannedPackage, Survey, plan_collection};
use domain::sepa::MessageId;
use domain::settings::Settings;
use domain::{Context, CustomerId, Decision, IdempotencyKey, Instant, MalformedId, Refusal};
use futures::stream::{self, StreamExt, TryStreamExt};
use infra::{
    CollectionState, Consistency, Fault, Mutation, Store, derived_bytes, fingerprint, settle,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::file::file;
use super::one::{Taken, collect_one};
use super::view::CollectionView;
use crate::App;
use crate::edge::{Answer, Caller, Conflict, Json, OptionalKey, Problem, Problems, Right};

/// How many customers are collected from side by side.
const SIDE_BY_SIDE: usize = 8;

/// What is to be collected.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CollectionBody {
    /// The day of the collection: every instalment that is due by then. Where banks do not settle on
    /// it, they collect on the next day they do.
    #[schema(value_type = String, format = Date, example = "2026-12-01")]
    collect_on: NaiveDate,
    /// Shows what would be collected and what would be left out, and changes nothing.
    #[serde(default)]
    dry_run: bool,
}

/// Collects every instalment of direct debit plans that is due and not paid, each once, under the
/// mandates there are. With `Accept: application/xml` the answer is the file for the bank,
/// pain.008.001.08; the same Idempotency-Key gives the same one, and without that header what is in
/// it and what was left out. A dry run needs no key.
#[utoipa::path(post, path = "/v1/collections", tag = "collections", request_body = CollectionBody,
    params(("Idempotency-Key" = Option<String>, Header, description = "The same for a repeated request; a dry run needs none"),
        ("Accept" = Option<String>, Header, description = "`application/xml` for the file")),
    responses((status = 200, content((CollectionView = "application/json"), (String = "application/xml"))), Problems, Conflict))]
pub(crate) async fn collect(
    State(app): State<App>,
    caller: Caller,
    key: OptionalKey,
    headers: HeaderMap,
    Json(body): Json<CollectionBody>,
) -> Result<Response, Problem> {
    caller.may(Right::Collect)?;
    if body.dry_run {
        let survey = survey(&app, &caller, body.collect_on).await?;
        let view = CollectionView::dry(body.collect_on, &survey);
        return Ok(Answer::ok(view).into_response());
    }
    let begun = begin(&app, &caller, &key.required()?, body.collect_on).await?;
    let taken = carry_out(&app, &caller, &begun.plan).await?;
    if !wants_xml(&headers) {
        let view = CollectionView::done(&begun.plan, &taken);
        return Ok(Answer::ok(view).replayed(begun.replayed).into_response());
    }
    let creditor = app.store.creditor(&caller.business, Consistency::Strong);
    let xml = file(begun.plan.of(), begun.at, creditor.await?, &taken)?;
    let mut response = Answer::ok(()).replayed(begun.replayed).into_response();
    let kind = header::HeaderValue::from_static("application/xml");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = xml.into();
    Ok(response)
}

fn wants_xml(headers: &HeaderMap) -> bool {
    let accept = headers
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok());
    let mut kinds = accept.unwrap_or_default().split(',');
    let first = kinds.next().and_then(|kind| kind.split(';').next());
    first.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/xml"))
}

/// A collection that was planned.
struct Begun {
    plan: CollectionPlan,
    at: Instant,
    replayed: bool,
}

struct Begin {
    collection: CollectionOf,
    survey: Survey,
    context: Context,
}

/// What is due now, and can be collected on that day.
async fn survey(app: &App, caller: &Caller, day: NaiveDate) -> Result<Survey, Problem> {
    let (store, business) = (&app.store, &caller.business);
    let (settings, due) = tokio::try_join!(
        store.settings(business, Consistency::Strong),
        store.due_packages(business, day)
    )?;
    let zone = settings
        .as_ref()
        .map(Settings::time_zone)
        .ok_or(Refusal::SettingsMissing)?;
    let packages = store.packages_and_mandates(business, &due).await?;
    Ok(Survey::of(&packages, day, zone, app.clock.now()))
}

async fn begin(
    app: &App,
    caller: &Caller,
    key: &IdempotencyKey,
    collect_on: NaiveDate,
) -> Result<Begun, Problem> {
    let business = &caller.business;
    let id = message_id(caller, key)?;
    let context = app.context(caller, fingerprint("collect", &collect_on)?)?;
    // What was planned before needs no survey: that is what it was planned from.
    let found = app
        .store
        .collection(business, &id, Consistency::Strong)
        .await?;
    let survey = match found.plan {
        Some(_) => Survey::default(),
        None => survey(app, caller, collect_on).await?,
    };
    let begin = Begin {
        collection: CollectionOf { id, collect_on },
        survey,
        context,
    };
    let settled = settle(&app.store, &begin).await?;
    let entry = settled.entry.ok_or(Refusal::CollectionSize)?;
    let Fact::CollectionPlanned(plan) = entry.fact else {
        let cause = "a collection's key holds another entry".to_owned();
        return Err(Fault::Broken { cause }.into());
    };
    Ok(Begun {
        plan,
        at: entry.at,
        replayed: settled.replayed,
    })
}

/// The key makes the file's name, so that a collection is planned once.
fn message_id(caller: &Caller, key: &IdempotencyKey) -> Result<MessageId, Problem> {
    let bytes = derived_bytes(&[caller.business.as_str(), "collection", key.as_str()]);
    let id: String = bytes
        .iter()
        .take(15)
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let malformed = |error: MalformedId| {
        Fault::Broken {
            cause: error.to_string(),
        }
        .into()
    };
    id.parse().map_err(malformed)
}

/// Collects from every package of the plan, in its order: those of one customer one after the other,
/// as they share a mandate.
async fn carry_out(
    app: &App,
    caller: &Caller,
    plan: &CollectionPlan,
) -> Result<Vec<Taken>, Problem> {
    let collection = plan.of();
    let mut by_customer = BTreeMap::<CustomerId, Vec<(usize, PlannedPackage)>>::new();
    for (place, planned) in plan.packages.iter().copied().enumerate() {
        let group = by_customer.entry(planned.customer).or_default();
        group.push((place, planned));
    }
    let groups = by_customer.into_values().map(|group| {
        let collection = &collection;
        async move {
            let mut taken = Vec::with_capacity(group.len());
            for (place, planned) in group {
                let one = collect_one(app, caller, collection, planned).await?;
                taken.push((place, one));
            }
            Ok::<_, Problem>(taken)
        }
    });
    let groups: Vec<_> = groups.collect();
    let taken = stream::iter(groups).buffer_unordered(SIDE_BY_SIDE);
    let taken: Vec<Vec<(usize, Taken)>> = taken.try_collect().await?;
    let mut taken: Vec<(usize, Taken)> = taken.into_iter().flatten().collect();
    taken.sort_by_key(|(place, _)| *place);
    Ok(taken.into_iter().map(|(_, taken)| taken).collect())
}

impl Mutation for Begin {
    type State = CollectionState;

    const STRONG: bool = true;

    async fn load(&self, store: &Store, _: Consistency) -> Result<Self::State, Fault> {
        let business = &self.context.business;
        store
            .collection(business, &self.collection.id, Consistency::Strong)
            .await
    }

    fn repeated<'s>(&self, state: &'s Self::State) -> Result<Option<&'s Entry>, Refusal> {
        self.context.repeated(state.plan.as_ref())
    }

    fn decide(&self, state: &Self::State) -> Result<Option<Decision>, Refusal> {
        plan_collection(
            state.settings.as_ref(),
            state.creditor.as_ref(),
            self.collection.clone(),
            &self.survey,
            &self.context,
        )
        .map(Some)
    }
}
