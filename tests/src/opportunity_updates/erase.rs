//! What erasing, and handing out, a person means for the pipeline.

use futures::future::join_all;
use serde_json::{Value, json};

use super::activities::{LATER, enter, last, opened_for, planned};
use crate::harness::{Salon, dump, id, lira};

/// What somebody wrote, in lower case.
pub(super) const WRITTEN: [&str; 8] = [
    "zerrin",
    "haziranda evleniyor",
    "kırmızı saç",
    "annesi",
    "söz verdi",
    "kizkardesi",
    "sabah arayın",
    "balayından önce",
];

/// Zerrin, with an opportunity that much was written in; her id, and its path.
pub(super) async fn zerrin(salon: &Salon) -> (String, String) {
    let world = &salon.world;
    let zerrin = salon.customer("Hürrem", "h@example.com").await;
    let body = json!({
        "customer_id": zerrin, "title": "Zerrin Gelin", "description": "Haziranda evleniyor",
        "estimate": lira(500_000), "tags": ["kizkardesi"], "representative_id": "rep-1",
    });
    let opportunity = id(&world.post("/v1/opportunities", body).key("z").ok().await);
    let path = format!("/v1/opportunities/{opportunity}");
    let note = json!({"kind": "note", "subject": "Annesi", "text": "Kırmızı saç"});
    enter(salon, &path, note).key("n").ok().await;
    let task = json!({"kind": "task", "subject": "Sabah arayın", "due_at": LATER});
    enter(salon, &path, task).ok().await;
    let meeting = planned(salon, &path).await;
    let lines = json!([{"service_id": salon.manicure}]);
    let quote = json!({"lines": lines, "note": "Balayından önce"});
    let quote = world.post(&format!("{path}/quotes"), quote).ok().await;
    let quote = format!("/v1/quotes/{}", quote["id"].as_str().unwrap());
    world.post(&format!("{quote}/send"), json!({})).ok().await;
    let done = json!({"text": "Söz verdi"});
    world.post(&format!("{meeting}/complete"), done).ok().await;
    // Its title stands there, too.
    let quota = json!({
        "name": "Kasım 2026", "representative_id": "rep-1", "from": "2026-11-01",
        "to": "2026-11-30", "target_count": 1,
    });
    let quota = json!({"quota_id": id(&world.post("/v1/quotas", quota).ok().await)});
    let version = world.get(&path).ok().await["version"].as_u64().unwrap();
    let link = world.post(&format!("{path}/quota"), quota);
    link.if_match(version).ok().await;
    (zerrin, path)
}

pub(super) async fn erase(salon: &Salon, customer: &str) {
    let path = format!("/v1/customers/{customer}/erase");
    let body = json!({"confirm": customer});
    salon.world.post(&path, body).ok().await;
}

pub(super) fn has(items: &[String], text: &str) -> bool {
    let mut items = items.iter().map(|item| item.to_lowercase());
    items.any(|item| item.contains(text))
}

#[tokio::test]
async fn nothing_that_was_written_about_somebody_erased_is_left() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let other = opened_for(&salon, &fatma, "Fatmanın paketi").await;
    let with = json!({
        "kind": "call", "with": [{"customer_id": zerrin}], "link": {"role": "friend"},
    });
    enter(&salon, &other, with).ok().await;
    let before = dump(&salon.world).await;
    for written in WRITTEN {
        assert!(has(&before, written), "{written} was not there before");
    }
    let (journal, shown) = (
        salon.world.journal().await,
        salon.world.get(&path).ok().await,
    );
    // The entry of a later moment is the last.
    salon.world.set_clock("2026-11-22T09:00:00Z");
    erase(&salon, &zerrin).await;
    let after = dump(&salon.world).await;
    for written in WRITTEN {
        assert!(!has(&after, written), "{written} is still there");
    }
    // Nor what the journal's digests of it were salted with.
    let id = last(&path);
    let ours: Vec<&String> = after.iter().filter(|item| item.contains(id)).collect();
    assert!(ours.len() > 5, "{ours:?}");
    assert!(!ours.iter().any(|item| item.contains("\"salt\"")));
    // Figures, ids and the journal are as they were; so is what is about others.
    let now = salon.world.get(&path).ok().await;
    for same in ["amount", "stage", "version", "next_activity", "changed_at"] {
        assert_eq!(now[same], shown[same], "{same}");
    }
    assert_eq!(now["title"], Value::Null);
    assert_eq!(salon.world.journal().await[..journal.len()], journal);
    let list = salon.world.get("/v1/opportunities").ok().await;
    let titles: Vec<&Value> = list["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| &item["title"])
        .collect();
    assert_eq!(titles.len(), 2);
    assert!(titles.contains(&&Value::Null));
    assert!(titles.contains(&&json!("Fatmanın paketi")));
    let other = salon.world.get(&other).ok().await;
    assert_eq!(other["links"][0]["customer_id"], zerrin.as_str());
    // Once more there is nothing to do.
    erase(&salon, &zerrin).await;
    assert_eq!(dump(&salon.world).await.len(), after.len());
}

#[tokio::test]
async fn of_somebody_erased_nothing_is_written_down_any_more_and_the_rest_goes_on() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let waiting = planned(&salon, &path).await;
    erase(&salon, &zerrin).await;
    let world = &salon.world;
    let note = json!({"kind": "note", "text": "Zerrin aradı"});
    let opening = json!({"customer_id": zerrin, "title": "Zerrin", "estimate": lira(1)});
    let version = world.get(&path).ok().await["version"].as_u64().unwrap();
    let title = json!({"title": "Zerrin"});
    for call in [
        enter(&salon, &path, note),
        enter(&salon, &path, json!({"kind": "call", "due_at": LATER})),
        world.post("/v1/opportunities", opening),
        world.call("PATCH", &path).json(title).if_match(version),
        world
            .call("PATCH", &waiting)
            .json(json!({"text": "Zerrin"}))
            .if_match(1),
        world.post(
            &format!("{waiting}/complete"),
            json!({"text": "Zerrin geldi"}),
        ),
    ] {
        call.refused(409, "customer-erased").await;
    }
    let stage = world.post(&format!("{path}/stage"), json!({"stage": 2}));
    stage.if_match(version).ok().await;
    let done = world.post(&format!("{waiting}/complete"), json!({}));
    let done = done.ok().await;
    assert_eq!(
        (&done["state"], &done["subject"]),
        (&json!("done"), &Value::Null)
    );
    assert!(!has(&dump(world).await, "zerrin"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_written_while_a_person_is_erased_is_refused_or_erased() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let writing = (0..12).map(|number| {
        let (salon, path, zerrin) = (&salon, &path, &zerrin);
        async move {
            let answer = if number == 5 {
                erase(salon, zerrin).await;
                return;
            } else if number % 3 == 0 {
                let body = json!({
                    "customer_id": zerrin, "title": "Zerrin yine", "estimate": lira(1),
                });
                salon.world.post("/v1/opportunities", body).send().await
            } else {
                let note = json!({"kind": "note", "text": format!("Zerrin {number}")});
                enter(salon, path, note).send().await
            };
            let refused = answer.body["code"] == "customer-erased";
            assert!(answer.status == 201 || refused, "{answer:?}");
        }
    });
    join_all(writing).await;
    // The index may have learnt of an opportunity after it was looked up.
    erase(&salon, &zerrin).await;
    let left = dump(&salon.world).await;
    let left: Vec<&String> = left
        .iter()
        .filter(|item| item.to_lowercase().contains("zerrin"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[tokio::test]
async fn a_person_is_handed_what_was_written_about_them_but_not_by_whom() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let export = format!("/v1/customers/{zerrin}/export");
    let token = {
        let token = salon.world.customer_token("account-9", "h@example.com");
        let claim = salon.world.call("POST", "/v1/me/claim");
        claim.by(&token).ok().await;
        token
    };
    let export = salon.world.get(&export).by(&token).ok().await;
    let opportunities = &export["holdings"]["opportunities"];
    assert_eq!(opportunities.as_array().unwrap().len(), 1);
    let held = &opportunities[0];
    assert!(path.ends_with(held["id"].as_str().unwrap()));
    assert_eq!(
        (&held["title"], &held["description"], &held["tags"]),
        (
            &json!("Zerrin Gelin"),
            &json!("Haziranda evleniyor"),
            &json!(["kizkardesi"])
        )
    );
    let activities = held["activities"].as_array().unwrap();
    let texts: Vec<&Value> = activities.iter().map(|one| &one["text"]).collect();
    assert_eq!(texts.len(), 3);
    assert!(texts.contains(&&json!("Kırmızı saç")));
    assert_eq!(held["quotes"][0]["note"], "Balayından önce");
    for member in ["rep-1", "\"someone\""] {
        assert!(!export.to_string().contains(member), "{member}");
    }
}
