//! GET /v1/activities.

use local::Role;
use serde_json::{Value, json};

use super::{enter, opened, sales};
use crate::harness::{Salon, dump, id};

async fn to_do(salon: &Salon, query: &str) -> Vec<String> {
    let page = salon.world.get(&format!("/v1/activities?{query}"));
    let page = page.ok().await;
    assert_eq!(page["next_cursor"], Value::Null, "{query}");
    page["items"].as_array().unwrap().iter().map(id).collect()
}

/// Plans a task of `rep-2` for this hour of the 24th; its id.
async fn at(salon: &Salon, opportunity: &str, hour: u32) -> String {
    let body = json!({
        "kind": "task", "subject": "Ara", "due_at": format!("2026-11-24T{hour:02}:00:00Z"),
        "assignee_id": "rep-2",
    });
    id(&enter(salon, opportunity, body).ok().await)
}

#[tokio::test]
async fn what_somebody_is_to_do_is_listed_over_all_opportunities_until_it_is_done() {
    let salon = Salon::open().await;
    let (here, there) = (opened(&salon).await, opened(&salon).await);
    let noon = at(&salon, &here, 12).await;
    let nine = at(&salon, &there, 9).await;
    let three = at(&salon, &here, 15).await;
    let mine = "assignee_id=rep-2";
    assert_eq!(to_do(&salon, mine).await, [&*nine, &noon, &three]);
    let up_to = |at: &str| format!("{mine}&due_to={at}");
    let until = to_do(&salon, &up_to("2026-11-24T12:00:00Z")).await;
    assert_eq!(until, [&*nine, &noon]);
    let until = to_do(&salon, &up_to("2026-11-24T11:59:59.999Z")).await;
    assert_eq!(until, [&*nine]);
    let pages = salon
        .world
        .pages("/v1/activities?assignee_id=rep-2&limit=1");
    let pages = pages.await;
    assert_eq!(pages.len(), 3);
    assert_eq!(id(&pages[1][0]), noon);
    // Put off, given away, called off, done.
    let path = format!("{here}/activities/{noon}");
    let edit = |body: Value, version| {
        let call = salon.world.call("PATCH", &path).json(body);
        call.if_match(version).ok()
    };
    edit(json!({"due_at": "2026-11-24T16:00:00Z"}), 1).await;
    assert_eq!(to_do(&salon, mine).await, [&*nine, &three, &noon]);
    edit(json!({"assignee_id": "rep-3"}), 2).await;
    assert_eq!(to_do(&salon, mine).await, [&*nine, &three]);
    assert_eq!(to_do(&salon, "assignee_id=rep-3").await, [&*noon]);
    let cancel = format!("{there}/activities/{nine}/cancel");
    salon.world.call("POST", &cancel).ok().await;
    let complete = format!("{here}/activities/{three}/complete");
    salon.world.post(&complete, json!({})).ok().await;
    assert_eq!(to_do(&salon, mine).await, [""; 0]);
    // The list does not grow by what is done or called off: these are not even in it.
    let stored = dump(&salon.world).await;
    let listed = stored.iter().filter(|item| item.contains("#TODO#"));
    let listed: Vec<&String> = listed.collect();
    assert!(listed.len() == 1 && listed[0].contains(&noon));
}

#[tokio::test]
async fn everybody_sees_their_own_list_and_sales_no_other() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let task = at(&salon, &opportunity, 9).await;
    let read = |query: &str, token: &str| {
        let call = salon.world.get(&format!("/v1/activities{query}"));
        call.by(token)
    };
    let (own, other) = (sales(&salon.world, "rep-2"), sales(&salon.world, "rep-3"));
    for query in ["", "?assignee_id=rep-2"] {
        let list = read(query, &own).ok().await;
        assert_eq!(id(&list["items"][0]), task);
    }
    let none = read("", &other).ok().await;
    assert_eq!(none["items"], json!([]));
    read("?assignee_id=rep-2", &other)
        .refused(403, "forbidden")
        .await;
    let staff = salon.world.token(Role::Staff);
    let list = read("?assignee_id=rep-2", &staff).ok().await;
    assert_eq!(id(&list["items"][0]), task);
    // Nor is it anybody's of that name next door.
    let next_door = read("?assignee_id=rep-2", &salon.world.next_door());
    assert_eq!(next_door.ok().await["items"], json!([]));
}

#[tokio::test]
async fn staff_do_what_they_were_given_to_do_and_nothing_else() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let staff = salon.world.token(Role::Staff);
    for verb in ["complete", "cancel"] {
        let body = json!({
            "kind": "task", "subject": "Ara", "due_at": "2026-11-24T12:00:00Z",
            "assignee_id": "someone",
        });
        let theirs = id(&enter(&salon, &opportunity, body).ok().await);
        let path = format!("{opportunity}/activities/{theirs}/{verb}");
        salon.world.call("POST", &path).by(&staff).ok().await;
        let another = at(&salon, &opportunity, 9).await;
        let path = format!("{opportunity}/activities/{another}/{verb}");
        let refused = salon.world.call("POST", &path).by(&staff);
        refused.refused(403, "activity-of-another").await;
        // No body and null are the same.
        salon.world.post(&path, Value::Null).ok().await;
    }
}
