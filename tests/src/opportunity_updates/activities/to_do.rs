//! GET /v1/activities.

use local::Role;
use serde_json::{Value, json};

use super::{enter, last, opened, sales};
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

#[tokio::test]
async fn the_list_shows_a_line_of_each_and_its_text_is_at_the_opportunity() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let company = json!({"name": "Gelin Evi"});
    let company = id(&salon.world.post("/v1/companies", company).ok().await);
    let body = json!({
        "kind": "call", "subject": "Ara", "text": "Sabah", "due_at": "2026-11-24T12:00:00.250Z",
        "remind_at": "2026-11-24T09:00:00Z", "assignee_id": "rep-2",
        "with": [{"company_id": company}, {"customer_id": salon.ayse}], "link": {"role": "venue"},
    });
    let call = id(&enter(&salon, &opportunity, body).ok().await);
    let list = "/v1/activities?assignee_id=rep-2";
    let page = salon.world.get(list).ok().await;
    let mut line = json!({
        "id": call, "opportunity_id": last(&opportunity), "kind": "call", "subject": "Ara",
        "assignee_id": "rep-2", "due_at": "2026-11-24T12:00:00.250Z",
        "remind_at": "2026-11-24T09:00:00Z", "with_first": {"company_id": company}, "version": 1,
    });
    assert_eq!(page["items"], json!([line]));
    let path = format!("{opportunity}/activities/{call}");
    let edit = json!({"subject": null, "remind_at": null, "text": "Akşam"});
    let edit = salon.world.call("PATCH", &path).json(edit).if_match(1);
    assert_eq!(edit.ok().await["text"], "Akşam");
    for (name, value) in [
        ("subject", Value::Null),
        ("remind_at", Value::Null),
        ("version", json!(2)),
    ] {
        line[name] = value;
    }
    let page = salon.world.get(list).ok().await;
    assert_eq!(page["items"], json!([line]));
    let page = salon.world.get(&format!("{opportunity}/activities"));
    assert_eq!(page.ok().await["items"][0]["text"], "Akşam");
}

#[tokio::test]
async fn a_cursor_goes_on_in_the_list_of_its_assignee_and_in_no_other() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let first = at(&salon, &opportunity, 9).await;
    let second = at(&salon, &opportunity, 12).await;
    let page = salon
        .world
        .get("/v1/activities?assignee_id=rep-2&limit=1")
        .ok()
        .await;
    assert_eq!(id(&page["items"][0]), first);
    let cursor = page["next_cursor"].as_str().unwrap();
    let on = |query: &str| {
        let path = format!("/v1/activities?cursor={cursor}{query}");
        salon.world.get(&path)
    };
    // Up to when is asked may change on the way.
    for query in ["", "&due_to=2026-11-24T12:00:00Z"] {
        let page = on(&format!("&assignee_id=rep-2{query}")).ok().await;
        assert_eq!(id(&page["items"][0]), second);
        let own = on(query).by(&sales(&salon.world, "rep-2")).ok().await;
        assert_eq!(own["items"], page["items"]);
    }
    let over = on("&assignee_id=rep-2&due_to=2026-11-24T08:00:00Z");
    assert_eq!(over.ok().await["items"], json!([]));
    for other in [
        on("&assignee_id=rep-3"),
        on(""),
        on("").by(&sales(&salon.world, "rep-3")),
        on("&assignee_id=rep-2").by(&salon.world.next_door()),
    ] {
        other.refused(400, "malformed-cursor").await;
    }
    let another = salon
        .world
        .get(&format!("{opportunity}/activities?limit=1"));
    let another = another.ok().await;
    let cursor = another["next_cursor"].as_str().unwrap();
    let path = format!("/v1/activities?assignee_id=rep-2&cursor={cursor}");
    let refused = salon.world.get(&path);
    refused.refused(400, "malformed-cursor").await;
}

#[tokio::test]
async fn an_activity_that_is_not_there_is_not_found_by_anybody() {
    let salon = Salon::open().await;
    let (here, there) = (opened(&salon).await, opened(&salon).await);
    let elsewhere = at(&salon, &there, 9).await;
    let nobody = "act_00000000000000000000000001";
    for verb in ["complete", "cancel"] {
        for activity in [nobody, &elsewhere] {
            let path = format!("{here}/activities/{activity}/{verb}");
            for by in [Role::Owner, Role::Staff, Role::Machine] {
                let call = salon.world.call("POST", &path);
                let call = call.by(&salon.world.token(by));
                call.refused(404, "activity-not-found").await;
            }
            let own = salon.world.call("POST", &path);
            let own = own.by(&sales(&salon.world, "rep-1"));
            own.refused(404, "activity-not-found").await;
            // To whom the opportunity is not there, nothing of it is.
            let other = salon.world.call("POST", &path);
            let other = other.by(&sales(&salon.world, "rep-2"));
            other.refused(404, "opportunity-not-found").await;
        }
    }
}
