//! Mandates of customers.

use serde_json::{Value, json};

use super::plans::mandate;
use crate::harness::Salon;

fn path(customer: &str) -> String {
    format!("/v1/customers/{customer}/mandate")
}

#[tokio::test]
async fn a_mandate_is_set_shown_in_part_replaced_and_taken_back() {
    let salon = Salon::open().await;
    let path = path(&salon.ayse);
    let none = json!({"customer_id": salon.ayse, "mandate": null});
    let read = salon.world.get(&path).send().await;
    assert_eq!((read.status, &read.body, read.etag), (200, &none, None));
    let put = |body: Value| salon.world.call("PUT", &path).json(body);
    let first = put(mandate("M-1")).send().await;
    assert_eq!((first.status, first.etag.as_deref()), (200, Some("\"1\"")));
    assert_eq!(
        first.body["mandate"],
        json!({
            "reference": "M-1", "iban": "AT…3201", "bic": null, "holder": "Zeynep Hürrem",
            "signed_on": "2026-11-20", "used_on": null,
        })
    );
    assert_eq!(salon.world.get(&path).ok().await, first.body);
    // Sent again it is there already; another one needs to know this one.
    let again = put(mandate("M-1")).send().await;
    assert_eq!(
        (again.status, again.replayed, again.body),
        (200, true, first.body)
    );
    put(mandate("M-2")).refused(412, "version-mismatch").await;
    let second = put(mandate("M-2")).if_match(1).send().await;
    assert_eq!(
        (second.status, second.etag.as_deref()),
        (200, Some("\"2\""))
    );
    put(mandate("M-3"))
        .if_match(1)
        .refused(412, "version-mismatch")
        .await;

    let delete = || salon.world.call("DELETE", &path).send();
    let gone = delete().await;
    assert_eq!(
        (gone.status, &gone.body, gone.replayed),
        (200, &none, false)
    );
    let gone = delete().await;
    assert_eq!((gone.status, &gone.body, gone.replayed), (200, &none, true));
    assert_eq!(salon.world.get(&path).ok().await, none);
    let third = put(mandate("M-3")).send().await;
    assert_eq!((third.status, third.etag.as_deref()), (200, Some("\"4\"")));
    let entries = salon.world.journal().await;
    let edits = entries
        .iter()
        .filter(|entry| entry.fact.fields() == ["mandate"]);
    assert_eq!(edits.count(), 4);
}

#[tokio::test]
async fn a_mandate_is_refused_by_its_field_or_its_date() {
    let salon = Salon::open().await;
    let path = path(&salon.ayse);
    for (field, bad) in [
        ("iban", json!("DE89370400440532013001")),
        ("iban", json!("US64SVBKUS6S3300958879")),
        ("bic", json!("COBA")),
        ("reference", json!("M 1")),
        ("holder", json!("")),
        ("signed_on", json!("20.11.2026")),
        ("signed_on", json!("2026-02-30")),
    ] {
        let mut body = mandate("M-1");
        body[field] = bad;
        let call = salon.world.call("PUT", &path).json(body);
        let problem = call.refused(422, "invalid-body").await;
        assert!(
            problem["detail"].as_str().unwrap().contains(field),
            "{problem}"
        );
    }
    for day in ["2026-11-23", "1926-11-21"] {
        let mut body = mandate("M-1");
        body["signed_on"] = json!(day);
        let call = salon.world.call("PUT", &path).json(body);
        call.refused(422, "mandate-signed").await;
    }
    let nobody = salon
        .world
        .call("PUT", &self::path("cus_00000000000000000000000007"));
    let nobody = nobody.json(mandate("M-1"));
    nobody.refused(404, "customer-not-found").await;
    let nothing = json!({"customer_id": salon.ayse, "mandate": null});
    assert_eq!(salon.world.get(&path).ok().await, nothing);
}
