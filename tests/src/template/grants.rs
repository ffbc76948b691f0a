//! Each role allows what its function does, no more and no less. What it does is recorded while every
//! route is used in every way.

use std::collections::BTreeSet;

use aws_lambda_events::dynamodb::Event;
use functions::{App, BUS_FUNCTIONS, Deadline, STREAM_FUNCTIONS, StreamFunction, TIMED_FUNCTIONS};
use futures::future::join_all;
use infra::{Bus, Store, client};
use local::{Gateway, Running};
use serde_json::json;

use super::bus::used_behind_the_bus;
use super::roles::statements;
use super::{functions, template};
use crate::harness::{
    Business, Call, Need, Recorder, Request, TABLE, Trouble, World, function_of, routes,
};

/// What is sent beside one request of every route.
const MORE: [&str; 22] = [
    "GET /v1/customers (by name)",
    "GET /v1/customers (by address)",
    "PATCH /v1/customers/{id} (another name)",
    "GET /v1/packages (of a customer)",
    "POST /v1/packages (terms)",
    "POST /v1/packages/{id}/accept (again)",
    "POST /v1/bookings (for oneself)",
    "POST /v1/packages/{id}/members (removal)",
    "POST /v1/redemption-quotes (for oneself)",
    "POST /v1/bookings/{id}/complete (walk-in)",
    "POST /v1/bookings/series (for oneself)",
    "GET /v1/customers/{id}/wallet (shared)",
    "GET /v1/customers/{id}/wallet (as of)",
    "POST /v1/packages (what is booked)",
    "POST /v1/packages/{id}/payments (again)",
    "GET /v1/opportunities (of somebody)",
    "GET /v1/opportunities (in a stage)",
    "GET /v1/opportunities (of a representative)",
    "POST /v1/opportunities/{id}/links (company)",
    "POST /v1/opportunities/{id}/quota (none)",
    "POST /v1/opportunities/{id}/quotes (own lines)",
    "POST /v1/quotes/{id}/accept (services alone)",
];

#[tokio::test(flavor = "multi_thread")]
async fn every_function_may_do_on_the_table_what_it_does_and_nothing_else() {
    let template = template();
    // Boxed, as all that happens in them is too much for the stack of a test.
    let checked = functions(&template).into_iter().map(|(name, function)| {
        Box::pin(async move {
            let granted = granted(&statements(&function));
            (Box::pin(used(&name)).await, granted, name)
        })
    });
    for (used, granted, name) in join_all(checked).await {
        assert_eq!(granted, used, "{name}");
    }
}

/// What the statements about the table allow.
fn granted(statements: &[(Vec<String>, Vec<String>)]) -> BTreeSet<Need> {
    let mut granted = BTreeSet::new();
    for (actions, resources) in statements {
        for resource in resources {
            let index = match resource.strip_prefix("Sub ${Table.Arn}/index/") {
                Some(index) => Some(index.to_owned()),
                None if resource == "GetAtt Table.Arn" => None,
                None => continue,
            };
            granted.extend(actions.iter().map(|action| (action.clone(), index.clone())));
        }
    }
    granted
}

/// What the function does, from its start on.
async fn used(function: &str) -> BTreeSet<Need> {
    let mut stream = STREAM_FUNCTIONS.into_iter();
    if let Some(function) = stream.find(|known| known.name == function) {
        return Box::pin(used_by_stream(function)).await;
    }
    if BUS_FUNCTIONS.iter().any(|known| known.name == function) {
        return Box::pin(used_behind_the_bus()).await;
    }
    if TIMED_FUNCTIONS.iter().any(|known| known.name == function) {
        return Box::pin(used_on_schedule()).await;
    }
    let world = World::new().await;
    let business = Box::pin(Business::open(&world)).await;
    let (recorder, faults) = (Recorder::default(), world.faults.clone());
    let client = recorder.between(&faults.between(&client::at(&world.endpoint)));
    let gateway = gateway(&world, Store::new(client, TABLE)).await;
    for (index, way) in ways(function).iter().enumerate() {
        let request = request(&business, way).await;
        // Where the answer to a write is lost, what was written is looked for.
        if index == 0 && request.method == "POST" {
            faults.expect(&[Trouble::LostAnswer; 3]);
        }
        let url = format!("http://{}{}", gateway.address(), request.path);
        let method = request.method.parse().unwrap();
        let call = Call::new(reqwest::Client::new().request(method, url));
        let token = match way.contains("oneself") {
            true => &business.one.token,
            false => business.sender(way),
        };
        request.dress(call).by(token).ok().await;
        assert!(faults.over(), "{way} wrote nothing");
        if way.contains("again") {
            let url = format!("http://{}{}", gateway.address(), request.path);
            let again = Call::new(reqwest::Client::new().post(url));
            request.dress(again).by(token).ok().await;
        }
    }
    recorder.needs()
}

/// What a function behind the stream does, from its start on, with everything that happens.
async fn used_by_stream(function: StreamFunction) -> BTreeSet<Need> {
    let world = World::new().await;
    let business = Box::pin(Business::open(&world)).await;
    business.new_booking(&business.one).await;
    let template = [business.template.as_str()];
    let won = world.won(&business.id, &business.one.id, &template).await;
    business.used_once(&business.one, &won.packages[0]).await;
    let kept = world.keep(&won.opportunity).await;
    let erase = json!({"confirm": business.one.id});
    let path = format!("/v1/customers/{}/erase", business.one.id);
    world.post(&path, erase).by(&business.owner).ok().await;
    world.put_back(&kept).await;
    let recorder = Recorder::default();
    let store = Store::new(
        recorder.between(&world.faults.between(&client::at(&world.endpoint))),
        TABLE,
    );
    let bus = match function.publishes {
        true => Some(Bus::at("http://127.0.0.1:9", "none")),
        false => None,
    };
    if bus.is_none() {
        store.open().await;
    }
    let clock = world.clock.clone();
    let app = App { store, clock, bus };
    for record in world.told().await {
        let mut event = Event::default();
        event.records = vec![record];
        let answer = Box::pin(function.call(&app, event)).await;
        // Nobody listens where the bus would be.
        assert!(answer.is_ok() || function.publishes);
    }
    recorder.needs()
}

/// What working off the agenda does, with everything that falls due.
async fn used_on_schedule() -> BTreeSet<Need> {
    let salon = crate::due_work::salon().await;
    let world = &salon.world;
    crate::due_work::everything(&salon).await;
    world.due_work().await;
    let mut settings = world.get("/v1/settings").ok().await;
    settings["time_zone"] = json!("Asia/Tokyo");
    settings["renewals"] = json!({"representative_id": "berna", "lead_days": 3});
    let put = world.call("PUT", "/v1/settings").if_match(1);
    put.json(settings).ok().await;
    crate::due_work::renewals::used(&salon).await;
    world.pump().await;
    world.set_clock("2026-12-08T08:00:00Z");
    let recorder = Recorder::default();
    let store = Store::new(
        recorder.between(&world.faults.between(&client::at(&world.endpoint))),
        &world.table,
    );
    store.open().await;
    let clock = world.clock.clone();
    let bus = None;
    let app = App { store, clock, bus };
    let deadline = Deadline::after(std::time::Duration::from_secs(60));
    let worked = Box::pin(TIMED_FUNCTIONS[0].call(&app, deadline))
        .await
        .unwrap();
    assert!(worked.done > 0 && worked.finished, "{worked:?}");
    recorder.needs()
}

/// Every way to use every route of a function, what writes first.
fn ways(function: &str) -> Vec<String> {
    let mut ways = routes();
    ways.retain(|route| function_of(route) == function);
    let more = MORE
        .iter()
        .filter(|way| ways.contains(&way.split(" (").next().unwrap().to_owned()));
    let more: Vec<String> = more.map(|way| (*way).to_owned()).collect();
    ways.extend(more);
    ways.sort_by_key(|way| !way.starts_with("POST"));
    ways
}

async fn request(business: &Business<'_>, way: &str) -> Request {
    let request = business.request(way, &business.one).await;
    match way.split_once('(').map_or("", |(_, how)| how) {
        "by name)" => request.query("name=a"),
        "of a customer)" => request.query(&format!("customer_id={}", business.one.id)),
        "of somebody)" => request.query(&format!("customer_id={}", business.one.id)),
        "in a stage)" => request.query("stage=1"),
        "of a representative)" => request.query("representative_id=someone"),
        "by address)" => request.query("email=ayse@example.com"),
        "another name)" => request.body(json!({"name": "Ayşe Nur", "email": "nur@example.com"})),
        _ => request,
    }
}

/// A gateway of its own before the same functions, as each of them starts.
async fn gateway(world: &World, store: Store) -> Running {
    store.open().await;
    let clock = world.clock.clone();
    let tokens = world.tokens().clone();
    Gateway::start(
        crate::harness::template(),
        &App {
            store,
            clock,
            bus: None,
        },
        tokens,
        0,
    )
    .await
    .unwrap()
}
