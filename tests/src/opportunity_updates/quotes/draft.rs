//! Writing quotes.

use serde_json::{Value, json};

use super::Shop;
use crate::harness::{id, lira};

#[tokio::test]
async fn a_draft_has_what_was_asked_for_at_the_prices_of_the_moment() {
    let shop = Shop::open().await;
    let manicure = &shop.salon.manicure;
    let body = json!({
        "lines": [
            {"template_id": shop.template, "quantity": 3, "discount": {"percent": 10}},
            {"service_id": manicure, "unit_price": lira(50_000), "discount": {"amount": lira(1)}},
        ],
        "valid_until": "2026-12-31",
        "deposit": {"amount": lira(100_000)},
        "instalments": {"count": 3, "monthly_day": 31},
        "note": "Düğünden önce",
    });
    let answer = shop.drafting(body).send().await;
    assert_eq!(
        (answer.status, answer.etag.as_deref()),
        (201, Some("\"1\""))
    );
    let quote = answer.body;
    for (field, value) in [
        ("opportunity_id", json!(shop.opportunity)),
        ("customer_id", json!(shop.salon.ayse)),
        ("revision", json!(1)),
        ("revises_id", Value::Null),
        ("status", json!("draft")),
        ("total", lira(319_999)),
        ("deposit", json!({"amount": lira(100_000)})),
        (
            "instalments",
            json!({"count": 3, "monthly_day": 31, "direct_debit": false}),
        ),
        ("valid_until", json!("2026-12-31")),
        ("note", json!("Düğünden önce")),
        ("created_at", json!("2026-11-22T08:00:00Z")),
        ("sent_at", Value::Null),
        ("package_ids", json!([])),
    ] {
        assert_eq!(quote[field], value, "{field}");
    }
    let [package, service] = [&quote["lines"][0], &quote["lines"][1]];
    assert_eq!(package["name"], "Paket");
    assert_eq!(package["total"], lira(270_000));
    assert_eq!(package["package"]["kind"], "visits");
    assert_eq!(package["package"]["quantity"], 10);
    let validity = json!({"from": "sale", "count": 6, "unit": "months"});
    assert_eq!(package["package"]["validity"], validity);
    assert_eq!(service["package"], Value::Null);
    assert_eq!(service["total"], lira(49_999));
    assert_eq!(shop.reading(&id(&quote)).ok().await, quote);
    assert_eq!(shop.amount().await, (500_000, "estimate".to_owned(), None));
    assert_eq!(shop.opportunity().await["quote_ids"], json!([id(&quote)]));
}

#[tokio::test]
async fn lines_that_are_left_out_are_the_opportunity_s() {
    let shop = Shop::open().await;
    let salon = &shop.salon;
    let body = json!({
        "customer_id": salon.ayse, "title": "Yeni", "estimate": lira(1),
        "lines": [
            {"template_id": shop.template, "unit_price": lira(70_000)},
            {"service_id": salon.manicure, "quantity": 2},
        ],
    });
    let opportunity = id(&salon.world.post("/v1/opportunities", body).ok().await);
    let path = format!("/v1/opportunities/{opportunity}/quotes");
    let quote = salon.world.post(&path, json!({})).ok().await;
    assert_eq!(quote["total"], lira(190_000));
    assert_eq!(quote["lines"][0]["package"]["quantity"], 10);
    let list = salon.world.get(&path).ok().await;
    assert_eq!(list["items"], json!([quote]));
    // Those of the first have none.
    let empty = shop.drafting(json!({}));
    empty.refused(422, "quote-without-lines").await;
    let many = shop.drafting(shop.packages(21));
    many.refused(422, "quote-terms").await;
}

#[tokio::test]
async fn one_key_drafts_one_quote_and_no_other_request_has_it() {
    let shop = Shop::open().await;
    let draft = || shop.drafting(shop.packages(1)).key("k");
    let (first, second) = (draft().send().await, draft().send().await);
    assert_eq!((first.replayed, second.replayed), (false, true));
    assert_eq!((second.status, &second.body), (201, &first.body));
    let quote = id(&first.body);
    shop.to(&quote, "send").ok().await;
    let third = draft().send().await;
    assert_eq!((third.status, third.replayed), (201, true));
    assert_eq!(third.body["status"], "sent", "as it is now");
    let other = shop.drafting(shop.packages(2)).key("k");
    other.refused(422, "idempotency-key-reused").await;
    let revision = || shop.to(&quote, "revise").key("r");
    let (first, second) = (revision().send().await, revision().send().await);
    assert_eq!((first.status, second.status), (201, 201));
    assert_eq!((second.replayed, &second.body), (true, &first.body));
    let other = shop.to(&quote, "revise").key("k");
    other.refused(422, "idempotency-key-reused").await;
    let unkeyed = shop.drafting(shop.packages(1)).ok().await;
    assert_ne!(id(&unkeyed), quote);
}

#[tokio::test]
async fn a_draft_is_edited_on_the_version_that_was_read_and_what_was_sent_stays() {
    let shop = Shop::open().await;
    let quote = shop.drafted(shop.packages(1)).await;
    let path = format!("/v1/quotes/{quote}");
    let put = |quantity| {
        let put = shop.salon.world.call("PUT", &path);
        put.json(shop.packages(quantity))
    };
    put(2).refused(428, "if-match-required").await;
    let edited = put(2).if_match(1).send().await;
    assert_eq!(
        (edited.status, edited.etag.as_deref()),
        (200, Some("\"2\""))
    );
    assert_eq!(edited.body["total"], lira(200_000));
    let again = put(2).if_match(1).send().await;
    assert_eq!((again.replayed, &again.body), (true, &edited.body));
    put(3).if_match(1).refused(412, "version-mismatch").await;
    shop.to(&quote, "send").ok().await;
    put(3).if_match(3).refused(409, "quote-not-draft").await;
    let happened = shop.happened().await;
    let expected = [
        "opportunity-opened",
        "quote-drafted",
        "quote-edited",
        "quote-sent",
    ];
    assert_eq!(happened, expected);
}

#[tokio::test]
async fn nothing_that_anybody_typed_about_a_quote_is_in_the_journal() {
    let shop = Shop::open().await;
    let mut body = shop.packages(1);
    body["note"] = json!("Gizli not");
    let quote = shop.sent(body.clone()).await;
    shop.to(&quote, "reject").ok().await;
    let journal = serde_json::to_string(&shop.salon.world.journal().await).unwrap();
    assert!(!journal.contains("Gizli"));
    // Nor does who knows the note find its digest: it is salted.
    let content = (shop.opportunity.clone(), body);
    let digest = infra::fingerprint("draft-quote", &content).unwrap();
    assert!(!journal.contains(digest.as_str()));
}

#[tokio::test]
async fn what_makes_no_sense_is_refused_by_its_field() {
    let shop = Shop::open().await;
    let line = json!({"template_id": shop.template});
    for (body, says) in [
        (json!({"lines": [{}]}), "either service_id or template_id"),
        (json!({"lines": {}}), "lines"),
        (
            json!({"lines": [line], "deposit": {}}),
            "deposit has either",
        ),
        (json!({"lines": [line], "deposit": []}), "deposit"),
        (
            json!({"lines": [line], "instalments": {"count": 2}}),
            "monthly_day",
        ),
        (
            json!({"lines": [line], "valid_until": "31.12.2026"}),
            "valid_until",
        ),
        (json!({"lines": [line], "note": 7}), "note"),
        (json!({"lines": [line], "sent": true}), "sent"),
    ] {
        let problem = shop.drafting(body).refused(422, "invalid-body").await;
        let detail = problem["detail"].as_str().unwrap();
        assert!(detail.contains(says), "{detail}");
    }
    for (field, value, status, code) in [
        ("valid_until", json!("2026-11-21"), 422, "day-out-of-range"),
        (
            "deposit",
            json!({"amount": lira(100_001)}),
            422,
            "quote-terms",
        ),
        ("deposit", json!({"percent": 0}), 422, "quote-terms"),
        (
            "instalments",
            json!({"count": 61, "monthly_day": 1}),
            422,
            "package-terms",
        ),
    ] {
        let mut body = json!({"lines": [line]});
        body[field] = value;
        shop.drafting(body).refused(status, code).await;
    }
    assert_eq!(shop.happened().await, ["opportunity-opened"]);
}
