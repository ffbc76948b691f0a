//! POST /v1/opportunities/{id}/activities.

use serde_json::{Value, json};

use super::{LATER, enter, opened, planned, sales};
use crate::harness::{Salon, id};

fn call() -> Value {
    json!({"kind": "call", "subject": "Arama", "text": "Fiyatı konuştuk"})
}

#[tokio::test]
async fn a_call_that_was_made_is_done_and_counts_on_the_opportunity() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let mut body = call();
    body["done_at"] = json!("2026-11-21T15:00:00Z");
    let answer = enter(&salon, &opportunity, body).send().await;
    assert_eq!(
        (answer.status, answer.etag.as_deref()),
        (201, Some("\"1\""))
    );
    let activity = answer.body;
    assert_eq!(
        (
            &activity["state"],
            &activity["done_at"],
            &activity["due_at"]
        ),
        (&json!("done"), &json!("2026-11-21T15:00:00Z"), &Value::Null)
    );
    assert_eq!(activity["assignee_id"], "someone");
    let now = salon.world.get(&opportunity).ok().await;
    assert_eq!(
        (&now["version"], &now["next_activity"]),
        (&json!(2), &Value::Null)
    );
    let entry = salon.world.journal().await.pop().unwrap();
    assert_eq!(entry.fact.name(), "activity-done");
    assert_eq!(entry.fact.opportunity().unwrap().after.effort.calls, 1);
}

#[tokio::test]
async fn what_is_planned_is_the_opportunitys_next_activity() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let body = json!({
        "kind": "meeting", "due_at": LATER, "remind_at": "2026-11-24T09:00:00Z",
        "assignee_id": "rep-2",
    });
    let activity = enter(&salon, &opportunity, body).ok().await;
    assert_eq!(
        (
            &activity["state"],
            &activity["due_at"],
            &activity["done_at"]
        ),
        (&json!("planned"), &json!(LATER), &Value::Null)
    );
    let now = salon.world.get(&opportunity).ok().await;
    let next = json!({"activity_id": activity["id"], "at": LATER});
    assert_eq!(now["next_activity"], next);
}

#[tokio::test]
async fn a_request_that_is_repeated_under_its_key_enters_one_activity() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let send = |body| enter(&salon, &opportunity, body).key("k").send();
    let (first, again) = (send(call()).await, send(call()).await);
    assert_eq!((first.status, first.replayed), (201, false));
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    // Also after other things happened.
    enter(&salon, &opportunity, call()).ok().await;
    assert_eq!(send(call()).await.body, first.body);
    let other = json!({"kind": "call", "text": "Başka"});
    let reused = enter(&salon, &opportunity, other.clone()).key("k");
    reused.refused(422, "idempotency-key-reused").await;
    // Of another opportunity it is another request.
    let another = opened(&salon).await;
    enter(&salon, &another, other).key("k").ok().await;
    let list = format!("{opportunity}/activities");
    let list = salon.world.get(&list).ok().await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn two_requests_of_one_content_without_a_key_are_two_calls() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let first = enter(&salon, &opportunity, call()).ok().await;
    let second = enter(&salon, &opportunity, call()).ok().await;
    assert_ne!(first["id"], second["id"]);
}

#[tokio::test]
async fn a_call_links_who_is_not_linked_yet_where_it_says_as_what() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let opportunity = opened(&salon).await;
    let mut body = call();
    body["with"] = json!([{"customer_id": salon.ayse}, {"customer_id": fatma}]);
    let unlinked = enter(&salon, &opportunity, body.clone());
    unlinked.refused(409, "party-not-linked").await;
    body["link"] = json!({"role": "mother"});
    let activity = enter(&salon, &opportunity, body.clone()).ok().await;
    assert_eq!(activity["with"], body["with"]);
    let now = salon.world.get(&opportunity).ok().await;
    let link = json!({
        "customer_id": fatma, "company_id": null, "role": "mother", "primary": false,
    });
    assert_eq!(now["links"], json!([link]));
    let journal = format!("{opportunity}/journal");
    let journal = salon.world.get(&journal).ok().await;
    assert_eq!(
        journal["items"][0]["linked"],
        json!([{"customer_id": fatma}])
    );
    // Linked by now, as what they are.
    body["link"] = json!({"role": "friend"});
    enter(&salon, &opportunity, body.clone()).ok().await;
    let now = salon.world.get(&opportunity).ok().await;
    assert_eq!(now["links"], json!([link]));
    for (party, status, code) in [
        (
            json!({"customer_id": "cus_00000000000000000000000001"}),
            404,
            "customer-not-found",
        ),
        (
            json!({"company_id": "com_00000000000000000000000001"}),
            404,
            "company-not-found",
        ),
        (json!({}), 422, "invalid-body"),
        (
            json!({
                "customer_id": fatma, "company_id": "com_00000000000000000000000001",
            }),
            422,
            "invalid-body",
        ),
    ] {
        body["with"] = json!([party]);
        let call = enter(&salon, &opportunity, body.clone());
        call.refused(status, code).await;
    }
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_and_leaves_the_opportunity_as_it_is() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let before = salon.world.journal().await.len();
    for (body, code) in [
        (json!({"kind": "note"}), "activity-terms"),
        (json!({"kind": "task"}), "activity-terms"),
        (
            json!({"kind": "note", "text": "Not", "due_at": LATER}),
            "activity-terms",
        ),
        (
            json!({"kind": "call", "done_at": "2026-11-22T08:00:00.001Z"}),
            "activity-time",
        ),
        (
            json!({"kind": "call", "done_at": "2016-11-22T07:59:59Z"}),
            "activity-time",
        ),
        (
            json!({"kind": "call", "due_at": "2026-11-22T07:59:59Z"}),
            "activity-time",
        ),
        (
            json!({"kind": "call", "due_at": "2036-11-23T08:00:00Z"}),
            "activity-time",
        ),
        (
            json!({"kind": "call", "due_at": LATER, "remind_at": "2026-11-24T10:00:01Z"}),
            "activity-time",
        ),
        (
            json!({"kind": "call", "due_at": LATER, "done_at": LATER}),
            "invalid-body",
        ),
        (json!({"kind": "call", "remind_at": LATER}), "invalid-body"),
        (json!({"kind": "letter"}), "invalid-body"),
        (
            json!({"kind": "call", "with": vec![json!({"customer_id": salon.ayse}); 2]}),
            "activity-terms",
        ),
    ] {
        let call = enter(&salon, &opportunity, body);
        call.refused(422, code).await;
    }
    assert_eq!(salon.world.journal().await.len(), before);
    let missing = "/v1/opportunities/opp_00000000000000000000000001";
    let call = enter(&salon, missing, call());
    call.refused(404, "opportunity-not-found").await;
}

#[tokio::test]
async fn an_opportunity_has_at_most_50_activities_to_be_done() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    for _ in 0..50 {
        planned(&salon, &opportunity).await;
    }
    let more = json!({"kind": "call", "due_at": LATER});
    let call = enter(&salon, &opportunity, more);
    call.refused(409, "pipeline-limit").await;
    // What was done is no matter.
    let done = json!({"kind": "call"});
    enter(&salon, &opportunity, done).ok().await;
}

#[tokio::test]
async fn sales_enter_activities_of_their_own_opportunities_and_know_of_no_others() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let (own, other) = (sales(&salon.world, "rep-1"), sales(&salon.world, "rep-2"));
    let send = |token: &str| enter(&salon, &opportunity, call()).by(token);
    let activity = send(&own).ok().await;
    assert_eq!(
        (&activity["creator_id"], &activity["assignee_id"]),
        (&json!("rep-1"), &json!("rep-1"))
    );
    send(&other).refused(404, "opportunity-not-found").await;
    let path = format!("{opportunity}/activities");
    let list = salon.world.get(&path).by(&other);
    list.refused(404, "opportunity-not-found").await;
    let list = salon.world.get(&path).by(&own).ok().await;
    assert_eq!(id(&list["items"][0]), id(&activity));
}
