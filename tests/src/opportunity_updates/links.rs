//! POST and DELETE /v1/opportunities/{id}/links.

use serde_json::{Value, json};

use super::{done, entries, once, opened, path, verb};
use crate::harness::{Call, Salon, id};

fn unlink(salon: &Salon, of: &Value, party: &str, version: u64) -> Call {
    let path = format!("{}/links/{party}", path(of));
    salon.world.call("DELETE", &path).if_match(version)
}

async fn company(salon: &Salon) -> String {
    let body = json!({"name": "Gelin Evi"});
    id(&salon.world.post("/v1/companies", body).ok().await)
}

#[tokio::test]
async fn people_and_companies_are_linked_in_a_role_one_of_them_first() {
    let salon = Salon::open().await;
    let (fatma, company) = (
        salon.customer("Fatma", "f@example.com").await,
        company(&salon).await,
    );
    let first = opened(&salon, json!({})).await;
    let mother = json!({"customer_id": fatma, "role": "mother", "primary": true});
    let second = once(&salon, &first, "links", mother.clone()).await;
    let taken = verb(&salon, &second, "links", mother);
    taken.refused(409, "link-exists").await;
    let venue = json!({"company_id": company, "role": "venue", "primary": true});
    let third = once(&salon, &second, "links", venue).await;
    let expected = json!([
        {"customer_id": fatma, "company_id": null, "role": "mother", "primary": false},
        {"customer_id": null, "company_id": company, "role": "venue", "primary": true},
    ]);
    assert_eq!(third["links"], expected);
    // Also of one that is closed.
    let won = done(&salon, &third, "close", json!({"outcome": "won"})).await;
    let version = won["version"].as_u64().unwrap();
    let left = unlink(&salon, &first, &company, version).ok().await;
    assert_eq!(left["links"], json!([expected[0]]));
    let again = unlink(&salon, &first, &company, version).send().await;
    assert_eq!((again.replayed, &again.body), (true, &left));
    unlink(&salon, &first, &company, version + 1)
        .refused(404, "link-not-found")
        .await;
    unlink(&salon, &first, &fatma, version)
        .refused(412, "version-mismatch")
        .await;
}

#[tokio::test]
async fn who_is_not_there_or_is_the_customer_is_not_linked() {
    let salon = Salon::open().await;
    let erased = salon.customer("Elif", "elif@example.com").await;
    let erase = format!("/v1/customers/{erased}/erase");
    salon
        .world
        .post(&erase, json!({"confirm": erased}))
        .ok()
        .await;
    let first = opened(&salon, json!({})).await;
    let before = entries(&salon).await;
    let digits = "00000000000000000000000009";
    let person = |id: &str| json!({"customer_id": id, "role": "guest"});
    for (body, status, code) in [
        (person(&salon.ayse), 409, "link-exists"),
        (person(&erased), 409, "customer-erased"),
        (person(&format!("cus_{digits}")), 404, "customer-not-found"),
        (
            json!({"company_id": format!("com_{digits}"), "role": "a"}),
            404,
            "company-not-found",
        ),
        (json!({"role": "guest"}), 422, "invalid-body"),
        (
            json!({"customer_id": salon.ayse, "company_id": format!("com_{digits}"), "role": "a"}),
            422,
            "invalid-body",
        ),
        (json!({"customer_id": erased}), 422, "invalid-body"),
        (
            json!({"customer_id": erased, "role": "Mother"}),
            422,
            "invalid-body",
        ),
    ] {
        verb(&salon, &first, "links", body)
            .refused(status, code)
            .await;
    }
    for party in ["x", &salon.manicure, &format!("COM_{digits}")] {
        unlink(&salon, &first, party, 1)
            .refused(400, "malformed-id")
            .await;
    }
    assert_eq!(entries(&salon).await, before);
}

#[tokio::test]
async fn twenty_are_linked_at_most() {
    let salon = Salon::open().await;
    let mut present = opened(&salon, json!({})).await;
    for n in 0..21 {
        let person = salon.customer("Fatma", &format!("f{n}@example.com")).await;
        let call = verb(
            &salon,
            &present,
            "links",
            json!({"customer_id": person, "role": "guest"}),
        );
        match n {
            20 => drop(call.refused(409, "pipeline-limit").await),
            _ => present = call.ok().await,
        }
    }
}
