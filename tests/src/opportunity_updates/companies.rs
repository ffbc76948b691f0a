//! Companies.

use serde_json::{Value, json};

use super::entries;
use crate::harness::{Call, Salon};

fn put(salon: &Salon, company: &Value, version: u64, body: Value) -> Call {
    let path = format!("/v1/companies/{}", company["id"].as_str().unwrap());
    salon.world.call("PUT", &path).json(body).if_match(version)
}

#[tokio::test]
async fn a_company_is_added_once_and_edited_as_a_whole() {
    let salon = Salon::open().await;
    let body = json!({
        "name": "Kleopatra Ltd.", "email": "Info@Example.com", "phone": "+90 212 000 00 00",
        "tax_id": "1234567890", "note": "Two rooms.",
    });
    let post = |body: &Value| salon.world.post("/v1/companies", body.clone()).key("k");
    let first = post(&body).send().await;
    assert_eq!((first.status, first.etag.as_deref()), (201, Some("\"1\"")));
    assert_eq!(first.body["email"], "info@example.com");
    let first = first.body;
    let renamed = json!({"name": "Gelin Evi"});
    let edited = put(&salon, &first, 1, renamed.clone()).ok().await;
    assert_eq!(
        (&edited["name"], &edited["note"]),
        (&json!("Gelin Evi"), &Value::Null)
    );
    let before = entries(&salon).await;
    let again = post(&body).send().await;
    assert_eq!(
        (again.status, again.replayed, &again.body),
        (201, true, &edited)
    );
    post(&renamed).refused(422, "idempotency-key-reused").await;
    let again = put(&salon, &first, 1, renamed.clone()).send().await;
    assert_eq!((again.replayed, &again.body), (true, &edited));
    assert_eq!(put(&salon, &first, 2, renamed).ok().await, edited);
    put(&salon, &first, 1, body)
        .refused(412, "version-mismatch")
        .await;
    assert_eq!(entries(&salon).await, before);
    let journal = salon.world.get("/v1/journal").ok().await.to_string();
    assert!(
        !journal.contains("Kleopatra") && !journal.contains("Gelin"),
        "{journal}"
    );
    let missing = json!({"id": "com_00000000000000000000000009"});
    let missing = put(&salon, &missing, 1, json!({"name": "A"}));
    missing.refused(404, "company-not-found").await;
}

#[tokio::test]
async fn companies_are_listed_page_by_page() {
    let salon = Salon::open().await;
    let mut ids = Vec::new();
    for n in 0..7 {
        let body = json!({"name": format!("Company {n}")});
        ids.push(salon.world.post("/v1/companies", body).ok().await["id"].clone());
    }
    ids.sort_by_key(|id| id.to_string());
    for limit in [1, 3, 7, 100] {
        let pages = salon
            .world
            .pages(&format!("/v1/companies?limit={limit}"))
            .await;
        let listed: Vec<Value> = pages
            .concat()
            .iter()
            .map(|company| company["id"].clone())
            .collect();
        assert_eq!(listed, ids, "{limit}");
    }
    let next_door = salon.world.next_door();
    let theirs = salon.world.get("/v1/companies").by(&next_door).ok().await;
    assert_eq!(theirs["items"], json!([]));
}
