//! The same request again, and the same key for another.

use serde_json::{Value, json};

use super::{care, sold};
use crate::harness::{Salon, lira};

/// Every verb with what it takes, in an order in which each can be carried out on one package.
fn verbs(fatma: &str, quote: &Value) -> Vec<(&'static str, Value, Value)> {
    vec![
        (
            "adjustments",
            json!({"units": 1, "reason": "goodwill"}),
            json!({"units": 2, "reason": "goodwill"}),
        ),
        (
            "top-ups",
            json!({"pools": [{"units": 1}], "price": lira(0)}),
            json!({"pools": [{"units": 1}], "price": lira(1)}),
        ),
        (
            "extend",
            json!({"expires_on": "2027-05-01"}),
            json!({"expires_on": "2027-05-02"}),
        ),
        (
            "members",
            json!({"add": [fatma]}),
            json!({"remove": [fatma]}),
        ),
        (
            "transfers",
            json!({"to_customer_id": fatma, "pools": [{"units": 1}]}),
            json!({"to_customer_id": fatma}),
        ),
        (
            "freeze",
            json!({"until": "2026-12-01"}),
            json!({"until": "2026-12-02"}),
        ),
        ("unfreeze", json!({}), json!({"customer_id": fatma})),
        (
            "refund-quotes",
            json!({"policy": "pro-rata"}),
            json!({"policy": "used-at-list"}),
        ),
        (
            "refunds",
            quote.clone(),
            json!({"quote_id": format!("rfq_{:026}", 7)}),
        ),
    ]
}

#[tokio::test]
async fn a_repeated_request_is_carried_out_once_and_answered_the_same_whatever_came_after() {
    let salon = Salon::open().await;
    let package = sold(&salon, 9, 0).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let path = |verb: &str| format!("/v1/packages/{package}/{verb}");
    let mut answers = Vec::new();
    let mut quote = json!({});
    for index in 0..9 {
        let (verb, body, _) = verbs(&fatma, &quote).swap_remove(index);
        let call = salon.world.post(&path(verb), body).key(verb);
        let answer = call.send().await;
        assert!(
            answer.status < 300 && !answer.replayed,
            "{verb}: {answer:?}"
        );
        if verb == "refund-quotes" {
            quote = json!({"quote_id": answer.body["id"]});
        }
        answers.push(answer);
    }
    let entries = salon.world.journal().await.len();
    for ((verb, body, other), first) in verbs(&fatma, &quote).into_iter().zip(answers) {
        let again = salon.world.post(&path(verb), body).key(verb).send().await;
        assert_eq!(
            (again.status, again.replayed),
            (first.status, true),
            "{verb}"
        );
        assert_eq!(again.body, first.body, "{verb}");
        if other.get("customer_id").is_none() {
            let call = salon.world.post(&path(verb), other).key(verb);
            call.refused(422, "idempotency-key-reused").await;
        }
    }
    let after = salon.world.journal().await.len();
    assert_eq!(after, entries);
}

#[tokio::test]
async fn a_repeated_void_is_answered_the_same_and_each_verb_needs_a_key() {
    let salon = Salon::open().await;
    let package = sold(&salon, 9, 100).await;
    let path = format!("/v1/packages/{package}/void");
    let body = json!({"reason": "mistake", "customer_id": salon.ayse});
    let call = || salon.world.post(&path, body.clone());
    call().refused(400, "idempotency-key-required").await;
    let first = call().key("k").ok().await;
    let again = call().key("k").send().await;
    assert_eq!((again.replayed, again.body), (true, first));
    for verb in ["freeze", "unfreeze", "refund-quotes", "transfers"] {
        let call = salon
            .world
            .post(&format!("/v1/packages/{package}/{verb}"), json!({}));
        let answer = call.send().await;
        assert_eq!(answer.body["code"], "idempotency-key-required", "{verb}");
    }
}

#[tokio::test]
async fn a_package_is_sought_where_the_caller_says_it_is() {
    let salon = Salon::open().await;
    let package = sold(&salon, 9, 100).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let body = |customer: &str| json!({"units": 1, "reason": "goodwill", "customer_id": customer});
    let call = care(&salon, &package, "adjustments", body(&fatma));
    call.refused(404, "package-not-found").await;
    let nothing = format!("pkg_{:026}", 7);
    let call = care(&salon, &nothing, "adjustments", body(&salon.ayse));
    call.refused(404, "package-not-found").await;
    care(&salon, &package, "adjustments", body(&salon.ayse))
        .ok()
        .await;
}
