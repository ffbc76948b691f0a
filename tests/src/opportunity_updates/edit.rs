//! PATCH /v1/opportunities/{id}.

use serde_json::{Value, json};

use super::{entries, opened, path, read};
use crate::harness::{Call, Salon, lira};

fn patch(salon: &Salon, of: &Value, version: u64, body: Value) -> Call {
    let call = salon.world.call("PATCH", &path(of));
    call.json(body).if_match(version)
}

#[tokio::test]
async fn what_is_sent_changes_and_what_is_left_out_stays() {
    let salon = Salon::open().await;
    let more =
        json!({"description": "In June.", "tags": ["bridal"], "recurs": {"every_months": 1}});
    let first = opened(&salon, more).await;
    let body = json!({
        "title": "Another", "description": null, "estimate": lira(7), "period": "yearly",
        "term_months": 24, "starts_on": "2027-01-01", "expected_close_on": "2027-02-01",
        "forecast": "commit", "tags": [], "recurs": null,
    });
    let after = patch(&salon, &first, 1, body).ok().await;
    for (field, expected) in [
        ("title", json!("Another")),
        ("description", Value::Null),
        ("amount", lira(7)),
        ("tcv", lira(14)),
        ("term_months", json!(24)),
        ("starts_on", json!("2027-01-01")),
        ("expected_close_on", json!("2027-02-01")),
        ("forecast", json!("commit")),
        ("tags", json!([])),
        ("recurs", Value::Null),
        ("version", json!(2)),
        ("stage", json!(1)),
    ] {
        assert_eq!(after[field], expected, "{field}");
    }
    let after = patch(&salon, &first, 2, json!({"forecast": null}))
        .ok()
        .await;
    assert_eq!(
        (&after["forecast"], &after["title"]),
        (&json!("pipeline"), &json!("Another"))
    );
}

#[tokio::test]
async fn a_repeated_edit_is_carried_out_once_and_a_stale_one_not_at_all() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    let edit = |title: &str| patch(&salon, &first, 1, json!({"title": title}));
    let after = edit("Another").ok().await;
    let before = entries(&salon).await;
    let again = edit("Another").send().await;
    assert_eq!((again.replayed, &again.body), (true, &after));
    edit("A third").refused(412, "version-mismatch").await;
    // What is cleared besides makes it another edit.
    for field in [
        "description",
        "term_months",
        "starts_on",
        "forecast",
        "recurs",
    ] {
        let clearing = json!({"title": "Another", field: null});
        let clearing = patch(&salon, &first, 1, clearing);
        clearing.refused(412, "version-mismatch").await;
    }
    let same = patch(&salon, &first, 2, json!({"title": "Another"}));
    assert_eq!(same.ok().await, after);
    let bare = salon
        .world
        .call("PATCH", &path(&first))
        .json(json!({"title": "A"}));
    bare.refused(428, "if-match-required").await;
    assert_eq!(entries(&salon).await, before);
    assert_eq!(read(&salon, &first).await, after);
}

#[tokio::test]
async fn of_two_edits_at_once_one_is_carried_out() {
    let salon = Salon::open().await;
    for _ in 0..5 {
        let first = opened(&salon, json!({})).await;
        let edits = ["One", "Two", "Three"]
            .map(|title| patch(&salon, &first, 1, json!({"title": title})).send());
        let answers = futures::future::join_all(edits).await;
        let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412, 412]);
        let winner = answers.iter().find(|answer| answer.status == 200).unwrap();
        assert_eq!(read(&salon, &first).await, winner.body);
    }
}

#[tokio::test]
async fn fields_that_cannot_be_what_was_sent_are_refused() {
    let salon = Salon::open().await;
    let lines = json!({"lines": [{"service_id": salon.manicure}]});
    let first = opened(&salon, lines).await;
    let before = entries(&salon).await;
    for (body, status, code) in [
        (json!({"estimate": lira(1)}), 409, "amount-follows-lines"),
        (json!({"term_months": 121}), 422, "term-out-of-range"),
        (json!({"title": null}), 422, "invalid-body"),
        (json!({"estimate": null}), 422, "invalid-body"),
        (json!({"forecast": "sure"}), 422, "invalid-body"),
        (json!({"stage": 2}), 422, "invalid-body"),
        (json!({"starts_on": "2027-02-30"}), 422, "invalid-body"),
    ] {
        patch(&salon, &first, 1, body).refused(status, code).await;
    }
    assert_eq!(entries(&salon).await, before);
}
