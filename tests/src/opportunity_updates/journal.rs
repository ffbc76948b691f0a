//! GET /v1/opportunities/{id}/journal, and the pipeline in the other journals.

use local::Role;
use serde_json::{Value, json};

use super::activities::{enter, last, opened, sales};
use super::done;
use crate::harness::Salon;

/// An opportunity that was opened, moved after an hour, called about, and given a title.
async fn busy(salon: &Salon) -> String {
    let world = &salon.world;
    let opportunity = opened(salon).await;
    world.set_clock("2026-11-22T09:00:00Z");
    let stage = world.post(&format!("{opportunity}/stage"), json!({"stage": 2}));
    stage.if_match(1).ok().await;
    world.set_clock("2026-11-22T10:00:00Z");
    let call = json!({"kind": "call", "text": "Gizli sözler"});
    enter(salon, &opportunity, call).ok().await;
    let title = json!({"title": "Kına paketi"});
    let edit = world.call("PATCH", &opportunity).json(title);
    edit.if_match(3).ok().await;
    opportunity
}

#[tokio::test]
async fn the_journal_tells_who_did_what_when_and_how_long_a_stage_took() {
    let salon = Salon::open().await;
    let opportunity = busy(&salon).await;
    let path = format!("{opportunity}/journal");
    let journal = salon.world.get(&path).ok().await;
    let entries = journal["items"].as_array().unwrap();
    let told: Vec<(&str, u64)> = entries
        .iter()
        .map(|entry| {
            let fact = entry["fact"].as_str().unwrap();
            (fact, entry["version"].as_u64().unwrap())
        })
        .collect();
    assert_eq!(
        told,
        [
            ("opportunity-edited", 4),
            ("activity-done", 3),
            ("opportunity-stage-moved", 2),
            ("opportunity-opened", 1)
        ]
    );
    let [edited, called, moved, opened] = entries.as_slice() else {
        panic!("{entries:?}");
    };
    assert_eq!(opened["before"], Value::Null);
    assert_eq!(
        (&opened["actor"], &opened["role"]),
        (&json!("someone"), &json!("owner"))
    );
    assert_eq!(opened["after"]["representative_id"], "rep-1");
    assert_eq!(
        (&moved["before"]["stage"], &moved["after"]["stage"]),
        (&json!(1), &json!(2))
    );
    let percent = |position: &Value| position["probability_percent"].as_u64().unwrap();
    assert_eq!(
        (percent(&moved["before"]), percent(&moved["after"])),
        (10, 25)
    );
    assert_eq!(
        (&moved["at"], &moved["seconds_in_stage"]),
        (&json!("2026-11-22T09:00:00Z"), &json!(3600))
    );
    assert_eq!(called["seconds_in_stage"], Value::Null);
    assert!(called["activity_id"].as_str().unwrap().starts_with("act_"));
    assert_eq!(called["after"]["activities_done"], 1);
    assert_eq!(edited["fields"], json!(["title"]));
    // What somebody wrote is in none of them.
    for written in ["Gelin", "Kına", "Gizli"] {
        assert!(!journal.to_string().contains(written), "{written}");
    }
    for limit in 1..=5 {
        let pages = salon.world.pages(&format!("{path}?limit={limit}")).await;
        assert_eq!(pages.concat(), *entries, "by {limit}");
    }
}

#[tokio::test]
async fn the_journal_of_an_opportunity_is_for_whoever_sees_it() {
    let salon = Salon::open().await;
    let opportunity = busy(&salon).await;
    let read = |token: &str| {
        let call = salon.world.get(&format!("{opportunity}/journal"));
        call.by(token)
    };
    read(&salon.world.token(Role::Staff)).ok().await;
    read(&sales(&salon.world, "rep-1")).ok().await;
    for other in [sales(&salon.world, "rep-2"), salon.world.next_door()] {
        let refused = read(&other).refused(404, "opportunity-not-found");
        refused.await;
    }
    let ayse = salon.ayses_token().await;
    read(&ayse).refused(403, "forbidden").await;
}

#[tokio::test]
async fn the_business_sees_the_pipeline_in_its_journal_and_a_customer_never_does() {
    let salon = Salon::open().await;
    let opportunity = busy(&salon).await;
    let journal = salon.world.get("/v1/journal?limit=2").ok().await;
    let edited = &journal["items"][0];
    assert_eq!(edited["fact"], "opportunity-edited");
    assert_eq!(
        (&edited["opportunity_id"], &edited["customer_id"]),
        (&json!(last(&opportunity)), &json!(salon.ayse))
    );
    assert_eq!(edited["fields"], json!(["title"]));
    let token = salon.ayses_token().await;
    let path = format!("/v1/customers/{}/journal", salon.ayse);
    for token in [token, salon.world.token(Role::Owner)] {
        let journal = salon.world.get(&path).by(&token).ok().await;
        let items = journal["items"].as_array().unwrap();
        assert!(!items.is_empty());
        for item in items {
            assert_eq!(item["opportunity_id"], Value::Null, "{item}");
            let fact = item["fact"].as_str().unwrap();
            assert!(fact.starts_with("customer-"), "{fact}");
        }
    }
}

#[tokio::test]
async fn what_is_decided_has_left_its_stage_and_what_is_reopened_was_in_none() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let opportunity = super::opened(&salon, json!({})).await;
    world.set_clock("2026-11-22T10:00:00Z");
    let lost = json!({"outcome": "lost", "reason": "price"});
    let lost = done(&salon, &opportunity, "close", lost).await;
    world.set_clock("2026-11-22T12:00:00Z");
    let again = done(&salon, &lost, "reopen", json!({"reason": "mistake"})).await;
    world.set_clock("2026-11-22T13:00:00Z");
    done(&salon, &again, "stage", json!({"stage": 2})).await;
    let id = opportunity["id"].as_str().unwrap();
    let journal = format!("/v1/opportunities/{id}/journal");
    let journal = world.get(&journal).ok().await;
    let seconds: Vec<&Value> = journal["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| &entry["seconds_in_stage"])
        .collect();
    assert_eq!(
        seconds,
        [&json!(3600), &Value::Null, &json!(7200), &Value::Null]
    );
}
