//! PATCH, complete and cancel of /v1/opportunities/{id}/activities/{activity_id}.

use serde_json::{Value, json};

use super::{LATER, last, opened, planned, sales};
use crate::harness::{Call, Salon};

fn patch(salon: &Salon, activity: &str, version: u64, body: Value) -> Call {
    let call = salon.world.call("PATCH", activity).json(body);
    call.if_match(version)
}

fn complete(salon: &Salon, activity: &str, body: Value) -> Call {
    salon.world.post(&format!("{activity}/complete"), body)
}

fn cancel(salon: &Salon, activity: &str) -> Call {
    salon.world.call("POST", &format!("{activity}/cancel"))
}

#[tokio::test]
async fn what_is_planned_is_changed_on_the_version_that_was_read() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let activity = planned(&salon, &opportunity).await;
    let edit = json!({"due_at": "2026-11-26T10:00:00Z", "text": "Sabah", "assignee_id": "rep-2"});
    let first = patch(&salon, &activity, 1, edit.clone()).send().await;
    assert_eq!((first.status, first.etag.as_deref()), (200, Some("\"2\"")));
    assert_eq!(first.body["due_at"], "2026-11-26T10:00:00Z");
    assert_eq!(
        (&first.body["text"], &first.body["assignee_id"]),
        (&json!("Sabah"), &json!("rep-2"))
    );
    let next = salon.world.get(&opportunity).ok().await["next_activity"].clone();
    assert_eq!(next["at"], "2026-11-26T10:00:00Z");
    // Sent again it is the same change; another one on that version is too late.
    let again = patch(&salon, &activity, 1, edit.clone()).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    for field in ["remind_at", "subject"] {
        let mut clearing = edit.clone();
        clearing[field] = Value::Null;
        let clearing = patch(&salon, &activity, 1, clearing);
        clearing.refused(412, "version-mismatch").await;
    }
    let other = patch(&salon, &activity, 1, json!({"text": "Akşam"}));
    other.refused(412, "version-mismatch").await;
    let cleared = patch(&salon, &activity, 2, json!({"text": null}))
        .ok()
        .await;
    assert_eq!(cleared["text"], Value::Null);
    let bare = salon.world.call("PATCH", &activity).json(json!({}));
    bare.refused(428, "if-match-required").await;
    let task = patch(&salon, &activity, 3, json!({"subject": null}));
    task.refused(422, "activity-terms").await;
    let past = patch(
        &salon,
        &activity,
        3,
        json!({"due_at": "2026-11-21T10:00:00Z"}),
    );
    past.refused(422, "activity-time").await;
}

#[tokio::test]
async fn what_is_done_is_done_once_and_next_no_longer() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let activity = planned(&salon, &opportunity).await;
    let body = json!({"text": "Tamam", "done_at": "2026-11-22T07:00:00Z"});
    let first = complete(&salon, &activity, body.clone()).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(
        (
            &first.body["state"],
            &first.body["done_at"],
            &first.body["text"]
        ),
        (
            &json!("done"),
            &json!("2026-11-22T07:00:00Z"),
            &json!("Tamam")
        )
    );
    let entries = salon.world.journal().await.len();
    let again = complete(&salon, &activity, body).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((&again.body, &again.etag), (&first.body, &first.etag));
    let other = complete(&salon, &activity, json!({"text": "Başka"}));
    other.refused(409, "activity-done").await;
    cancel(&salon, &activity)
        .refused(409, "activity-done")
        .await;
    let edit = patch(&salon, &activity, 2, json!({"text": "Başka"}));
    edit.refused(409, "activity-done").await;
    assert_eq!(salon.world.journal().await.len(), entries);
    let now = salon.world.get(&opportunity).ok().await;
    assert_eq!(now["next_activity"], Value::Null);
    let entry = salon.world.journal().await.pop().unwrap();
    assert_eq!(entry.fact.opportunity().unwrap().after.effort.tasks, 1);
}

#[tokio::test]
async fn what_is_cancelled_stays_on_record_and_counts_for_nothing() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let activity = planned(&salon, &opportunity).await;
    let first = cancel(&salon, &activity).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(
        (&first.body["state"], &first.body["due_at"]),
        (&json!("cancelled"), &json!(LATER))
    );
    let again = cancel(&salon, &activity).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    let late = complete(&salon, &activity, json!({}));
    late.refused(409, "activity-cancelled").await;
    let edit = patch(&salon, &activity, 2, json!({"text": "Başka"}));
    edit.refused(409, "activity-cancelled").await;
    let entry = salon.world.journal().await.pop().unwrap();
    assert_eq!(entry.fact.name(), "activity-cancelled");
    let change = entry.fact.opportunity().unwrap();
    assert_eq!(change.after.effort, Default::default());
}

#[tokio::test]
async fn an_activity_is_found_under_its_own_opportunity_only() {
    let salon = Salon::open().await;
    let activity = planned(&salon, &opened(&salon).await).await;
    let other = opened(&salon).await;
    let moved = format!("{other}/activities/{}", last(&activity));
    let unknown = format!("{other}/activities/act_00000000000000000000000001");
    for path in [moved, unknown] {
        for call in [
            patch(&salon, &path, 1, json!({"text": "Başka"})),
            complete(&salon, &path, json!({})),
            cancel(&salon, &path),
        ] {
            call.refused(404, "activity-not-found").await;
        }
    }
    let malformed = format!("{other}/activities/x/cancel");
    let call = salon.world.call("POST", &malformed);
    call.refused(400, "malformed-id").await;
}

#[tokio::test]
async fn whoever_is_to_do_it_completes_it_on_anothers_opportunity_and_changes_nothing_else() {
    let salon = Salon::open().await;
    let opportunity = opened(&salon).await;
    let activity = planned(&salon, &opportunity).await;
    let edit = json!({"assignee_id": "rep-2"});
    patch(&salon, &activity, 1, edit).ok().await;
    let (assignee, other) = (sales(&salon.world, "rep-2"), sales(&salon.world, "rep-3"));
    let done = || complete(&salon, &activity, json!({"text": "Tamam"}));
    done()
        .by(&other)
        .refused(404, "opportunity-not-found")
        .await;
    let edit = patch(&salon, &activity, 2, json!({"text": "Başka"}));
    edit.by(&assignee)
        .refused(404, "opportunity-not-found")
        .await;
    let opportunity = salon.world.get(&opportunity).by(&assignee);
    opportunity.refused(404, "opportunity-not-found").await;
    let done = done().by(&assignee).ok().await;
    assert_eq!(done["state"], "done");
}
