//! Everything that happens, and what it is told by.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::journal::Entry;
use domain::packages::{CollectionOf, Package, collect, expire};
use domain::{Actor, Context, EntryKey};
use events::Direction;
use functions::publish_events::tell;
use infra::{Consistency, Notice, fingerprint};
use serde_json::{Value, json};

use super::entries;
use super::examples::{WRITE, checked, write};
use crate::collections::plans::Plans;
use crate::harness::{Business, Salon, World, id, routes};

/// What happens by one request of every route that changes something.
async fn by_every_route() -> Vec<Entry> {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut ways = routes();
    ways.retain(|way| !way.starts_with("GET"));
    for way in ways {
        let request = business.request(&way, &business.one).await;
        request.call(&world).by(business.sender(&way)).ok().await;
    }
    let unpaid = business.new_unpaid_booking(&business.one).await;
    let path = format!("/v1/bookings/{unpaid}/complete");
    world.post(&path, json!({})).by(&business.owner).ok().await;
    for body in [
        json!({"outcome": "won"}),
        json!({"outcome": "abandoned", "reason": "no-contact"}),
    ] {
        let opportunity = business.new_opportunity(&business.one).await;
        let path = format!("/v1/opportunities/{opportunity}/close");
        let close = world.post(&path, body).by(&business.owner);
        close.header("if-match", "\"1\"").ok().await;
    }
    entries(&world.told().await)
}

/// Both services of a bundle.
async fn of_a_bundle() -> Vec<Entry> {
    let salon = Salon::open().await;
    let services = [&salon.manicure, &salon.massage];
    let lines = services.map(|service| json!({"service_id": service, "quantity": 2}));
    let bundle = json!({"name": "Gelin paketi", "kind": "bundle", "services": lines});
    let bundle = salon.sell_as(bundle).await;
    let services = services.map(String::as_str);
    salon.book("b-1", &services, json!([bundle])).await;
    entries(&salon.world.told().await)
}

/// What happens to a package of two visits, from its sale to its end.
async fn of_two_visits() -> Vec<Entry> {
    let salon = Salon::open().await;
    let package = salon.sell_visits(2, &[&salon.manicure]).await;
    for (booking, verb) in [("b-1", "complete"), ("b-2", "no-show")] {
        salon
            .book(booking, &[&salon.manicure], json!([package]))
            .await;
        salon.world.set_clock("2026-11-23T12:00:00Z");
        salon.resolve(booking, verb).await;
        salon.world.set_clock(crate::harness::NOW);
    }
    let lasting = salon.sell_visits(3, &[&salon.manicure]).await;
    let mut happened = entries(&salon.world.told().await);
    happened.push(expired(&salon, &lasting).await);
    happened
}

async fn read(salon: &Salon, package: &str) -> Package {
    let (business, id) = (&salon.world.business, package.parse().unwrap());
    let (store, strong) = (&salon.world.store, Consistency::Strong);
    let business = business.parse().unwrap();
    let history = store.package_history(&business, id, None, strong);
    history.await.unwrap().package.unwrap()
}

/// The entry that writes off what is left of a package at its end.
async fn expired(salon: &Salon, package: &str) -> Entry {
    let business = salon.world.business.parse().unwrap();
    let package = read(salon, package).await;
    let id = package.id;
    let context = Context {
        business,
        actor: Actor::carnet(),
        now: package.standing.ends_at.unwrap() + TimeDelta::seconds(1),
        random: 7,
        fingerprint: fingerprint("expire", &id).unwrap(),
        cause: "the-calendar".parse().unwrap(),
    };
    expire(&package, &context).unwrap().unwrap().entry
}

#[tokio::test(flavor = "multi_thread")]
async fn every_event_is_told_of_something_that_happens() {
    let mut happened = by_every_route().await;
    happened.extend(of_two_visits().await);
    happened.extend(of_a_bundle().await);
    happened.extend(crate::due_work::by_the_calendar().await);
    let mut told = BTreeMap::<&'static str, (Entry, Notice)>::new();
    for entry in happened {
        let notices = tell(&entry).unwrap();
        let ids: BTreeSet<&str> = notices.iter().map(|notice| notice.id.as_str()).collect();
        assert_eq!(
            ids.len(),
            notices.len(),
            "two events of {} are one",
            entry.id
        );
        assert!(
            notices
                .first()
                .is_none_or(|first| first.id == entry.id.to_string())
        );
        assert_eq!(
            tell(&entry).unwrap(),
            notices,
            "told otherwise the second time"
        );
        for notice in notices {
            checked(&notice);
            told.entry(notice.detail_type)
                .or_insert((entry.clone(), notice));
        }
    }
    let out = events::listed().filter(|contract| contract.direction == Direction::Out);
    let missing: Vec<&str> = out
        .map(|contract| contract.detail_type)
        .filter(|name| !told.contains_key(name))
        .collect();
    if std::env::var_os(WRITE).is_some() {
        write(&told);
    }
    assert_eq!(missing, [""; 0], "nothing that happened told them");
}

/// The events of a kind that a salon's stream tells.
fn of_kind(entries: &[Entry], kind: &str) -> Vec<Value> {
    let told = entries.iter().flat_map(|entry| tell(entry).unwrap());
    told.filter(|notice| notice.detail_type == kind)
        .map(|notice| serde_json::from_str(&notice.detail).unwrap())
        .collect()
}

#[tokio::test]
async fn a_package_is_low_once_and_used_up_once() {
    let happened = of_two_visits().await;
    let low = of_kind(&happened, "PackageLow");
    assert_eq!(low.len(), 1);
    assert_eq!(
        (&low[0]["pool"], &low[0]["available"]),
        (&json!(0), &json!(1))
    );
    let exhausted = of_kind(&happened, "PackageExhausted");
    assert_eq!(exhausted.len(), 1);
    let forfeited = of_kind(&happened, "SessionsForfeited");
    assert_eq!(forfeited[0]["sequence"], exhausted[0]["sequence"]);
    assert_ne!(forfeited[0]["id"], exhausted[0]["id"]);
    let pool = &forfeited[0]["pools"][0];
    assert_eq!(
        (&pool["before"]["held"], &pool["after"]["held"]),
        (&json!(1), &json!(0))
    );
}

#[tokio::test]
async fn each_of_two_pools_that_are_low_at_once_is_told_by_an_id_of_its_own() {
    let happened = of_a_bundle().await;
    let low = of_kind(&happened, "PackageLow");
    let pools: Vec<&Value> = low.iter().map(|low| &low["pool"]).collect();
    assert_eq!(pools, [0, 1]);
    assert_ne!(low[0]["id"], low[1]["id"]);
}

#[tokio::test]
async fn what_could_not_be_collected_stands_where_its_package_stood() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    let package = plans.sell(&salon.ayse).await;
    let (package, context) = (
        read(&salon, &package).await,
        salon.world.context_of(&salon.world.business),
    );
    let collection = CollectionOf {
        id: "C-1".parse().unwrap(),
        collect_on: "2026-12-01".parse().unwrap(),
    };
    let strong = Consistency::Strong;
    let settings = salon.world.store.settings(&context.business, strong);
    let settings = settings.await.unwrap().unwrap();
    let key = EntryKey::Keyed(package.id, context.fingerprint.clone());
    let decision = collect(&package, None, &collection, key, &settings, &context);
    let told = tell(&decision.unwrap().entry).unwrap();
    let told: Value = serde_json::from_str(&told[0].detail).unwrap();
    assert_eq!(told["obstacle"], "no-mandate");
    assert_eq!(told["sequence"]["number"], 1);
}

#[tokio::test]
async fn what_is_paid_by_two_packages_is_told_of_each_in_its_own_order() {
    let salon = Salon::open().await;
    let one = salon.sell_visits(1, &[&salon.manicure]).await;
    let other = salon.sell_visits(1, &[&salon.massage]).await;
    let services: [&str; 2] = [&salon.manicure, &salon.massage];
    salon.book("b-1", &services, json!([one, other])).await;
    let happened = entries(&salon.world.told().await);
    let held = of_kind(&happened, "SessionsHeld");
    let sequences: BTreeSet<String> = held
        .iter()
        .map(|event| event["sequence"].to_string())
        .collect();
    let expected = [&one, &other].map(|of| json!({"of": of, "number": 2}).to_string());
    assert_eq!(sequences, BTreeSet::from(expected));
    assert_ne!(held[0]["id"], held[1]["id"]);
    assert_eq!(held[0]["entry_id"], held[1]["entry_id"]);
}

#[tokio::test]
async fn a_win_is_told_once_also_where_a_quote_is_accepted() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let way = "POST /v1/quotes/{id}/accept";
    let request = business.request(way, &business.one).await;
    request.call(&world).by(business.sender(way)).ok().await;
    let happened = entries(&world.told().await);
    let (won, accepted) = (
        of_kind(&happened, "OpportunityWon"),
        of_kind(&happened, "QuoteAccepted"),
    );
    assert_eq!((won.len(), accepted.len()), (1, 1));
    assert_eq!(won[0]["quote_id"], accepted[0]["quote_id"]);
    assert_eq!(won[0]["sequence"], accepted[0]["sequence"]);
    let sold = of_kind(&happened, "PackageSold");
    let sold = sold
        .iter()
        .filter(|sold| sold["terms"]["opportunity_id"].is_string());
    let sold: Vec<&Value> = sold.map(|sold| &sold["package_id"]).collect();
    assert_eq!(json!(sold), won[0]["package_ids"]);
}

/// No event says anything that a person typed.
#[tokio::test]
async fn no_event_has_a_name_or_an_address() {
    let salon = Salon::open().await;
    let elif = salon.world.post(
        "/v1/customers",
        json!({"name": "Elif Demir", "phone": "+90 555 111 22 33"}),
    );
    let elif = id(&elif.ok().await);
    let body = json!({"customer_id": elif, "title": "Gelin paketi", "estimate": {"amount_minor": 5, "currency": "TRY"},
        "description": "Calls in the evening"});
    salon.world.post("/v1/opportunities", body).ok().await;
    let template = salon.visits(2, &[&salon.manicure]).await;
    salon.sell(&elif, &template).await;
    let happened = entries(&salon.world.told().await);
    let told: Vec<Notice> = happened
        .iter()
        .flat_map(|entry| tell(entry).unwrap())
        .collect();
    assert!(told.len() >= 4, "{told:?}");
    for notice in told {
        for word in [
            "Elif",
            "Demir",
            "555",
            "Gelin",
            "evening",
            "Paket\"",
            "Ayşe",
            "example.com",
        ] {
            assert!(!notice.detail.contains(word), "{} says {word}", notice.id);
        }
    }
}
