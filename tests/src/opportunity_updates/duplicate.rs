//! POST /v1/opportunities/{id}/duplicate.

use serde_json::{Value, json};

use super::{done, entries, opened, path, read, sales};
use crate::harness::{Call, Salon};

fn duplicate(salon: &Salon, of: &Value) -> Call {
    salon.world.call("POST", &format!("{}/duplicate", path(of)))
}

#[tokio::test]
async fn a_copy_begins_anew_whatever_became_of_the_model_which_stays_as_it_is() {
    let salon = Salon::open().await;
    let lines = json!([{"service_id": salon.manicure, "quantity": 3}]);
    let more = json!({"lines": lines, "tags": ["bridal"], "description": "In June."});
    let first = opened(&salon, more).await;
    let moved = done(&salon, &first, "stage", json!({"stage": 2})).await;
    let lost = json!({"outcome": "lost", "reason": "price"});
    let lost = done(&salon, &moved, "close", lost).await;
    salon.world.set_clock("2026-12-01T08:00:00Z");
    for model in [&lost] {
        let answer = duplicate(&salon, model).send().await;
        assert_eq!(
            (answer.status, answer.etag.as_deref()),
            (201, Some("\"1\""))
        );
        let copy = answer.body;
        assert_ne!(copy["id"], model["id"]);
        assert_eq!(copy["origin"]["duplicate_of"], model["id"]);
        for field in [
            "title",
            "description",
            "lines",
            "amount",
            "tags",
            "customer_id",
            "representative_id",
        ] {
            assert_eq!(copy[field], model[field], "{field}");
        }
        assert_eq!(
            (&copy["status"], &copy["stage"], &copy["reason"]),
            (&json!("open"), &json!(1), &Value::Null)
        );
        assert_eq!(copy["opened_at"], "2026-12-01T08:00:00Z");
        assert_eq!(copy["expected_close_on"], "2027-01-02");
        assert_eq!(read(&salon, &copy).await, copy);
        assert_eq!(read(&salon, model).await, *model);
    }
}

#[tokio::test]
async fn with_a_key_it_is_copied_once() {
    let salon = Salon::open().await;
    let (first, other) = (
        opened(&salon, json!({})).await,
        opened(&salon, json!({})).await,
    );
    let copy = duplicate(&salon, &first).key("k").ok().await;
    let edit = salon.world.call("PATCH", &path(&copy)).if_match(1);
    let edited = edit.json(json!({"title": "Another"})).ok().await;
    let before = entries(&salon).await;
    let again = duplicate(&salon, &first).key("k").send().await;
    assert_eq!(
        (again.status, again.replayed, &again.body),
        (201, true, &edited)
    );
    duplicate(&salon, &other)
        .key("k")
        .refused(422, "idempotency-key-reused")
        .await;
    assert_eq!(entries(&salon).await, before);
    let others = duplicate(&salon, &first).ok().await;
    assert_ne!(others["id"], copy["id"]);
}

#[tokio::test]
async fn what_is_not_there_or_not_theirs_or_of_who_was_erased_is_not_copied() {
    let salon = Salon::open().await;
    let elif = salon.customer("Elif", "elif@example.com").await;
    let theirs = opened(&salon, json!({"customer_id": elif})).await;
    let stranger = sales(&salon, "sales-1");
    duplicate(&salon, &theirs)
        .by(&stranger)
        .refused(404, "opportunity-not-found")
        .await;
    let none = json!({"id": "opp_00000000000000000000000009"});
    duplicate(&salon, &none)
        .refused(404, "opportunity-not-found")
        .await;
    let erase = format!("/v1/customers/{elif}/erase");
    salon
        .world
        .post(&erase, json!({"confirm": elif}))
        .ok()
        .await;
    let before = entries(&salon).await;
    duplicate(&salon, &theirs)
        .refused(409, "customer-erased")
        .await;
    assert_eq!(entries(&salon).await, before);
}
