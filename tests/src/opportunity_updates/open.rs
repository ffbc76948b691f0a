//! POST /v1/opportunities.

use local::Role;
use serde_json::{Value, json};

use super::{body, entries, opened, path, read, sales};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn an_opportunity_is_opened_in_the_first_stage_for_who_opens_it() {
    let salon = Salon::open().await;
    let more = json!({
        "description": "In June.", "period": "monthly", "term_months": 6, "tags": ["bridal"],
        "recurs": {"every_months": 12}, "starts_on": "2027-06-01",
    });
    let answer = salon.world.post("/v1/opportunities", body(&salon, more));
    let answer = answer.send().await;
    assert_eq!(
        (answer.status, answer.etag.as_deref()),
        (201, Some("\"1\""))
    );
    let opened = answer.body;
    for (field, expected) in [
        ("title", json!("Gelin paketi")),
        ("customer_id", json!(salon.ayse)),
        ("status", json!("open")),
        ("scheme_id", json!("sch_00000000000000000000000000")),
        ("stage", json!(1)),
        ("stage_name", json!("New")),
        ("stage_since", json!("2026-11-22T08:00:00Z")),
        ("probability_percent", json!(10)),
        ("forecast", json!("pipeline")),
        ("amount", lira(900_000)),
        ("amount_from", json!("estimate")),
        ("mrr", lira(900_000)),
        ("arr", lira(10_800_000)),
        ("tcv", lira(5_400_000)),
        ("value", lira(5_400_000)),
        ("lines", json!([])),
        // The five stages before the win take 32 days.
        ("expected_close_on", json!("2026-12-24")),
        ("rots_on", json!("2026-11-28")),
        ("representative_id", json!("someone")),
        ("creator_id", json!("someone")),
        ("tags", json!(["bridal"])),
        ("recurs", json!({"every_months": 12})),
        ("next_opportunity_id", Value::Null),
        ("closed_on", Value::Null),
        ("version", json!(1)),
    ] {
        assert_eq!(opened[field], expected, "{field}");
    }
    assert_eq!(read(&salon, &opened).await, opened);
}

#[tokio::test]
async fn lines_say_the_amount_and_keep_the_price_they_were_written_with() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let lines = json!([
        {"service_id": salon.manicure, "quantity": 2, "discount": {"percent": 10}},
        {"template_id": template, "unit_price": lira(90_000), "discount": {"amount": lira(1)}},
    ]);
    let opened = opened(&salon, json!({"lines": lines})).await;
    assert_eq!(opened["amount"], lira(108_000 + 89_999));
    assert_eq!(opened["amount_from"], "lines");
    assert_eq!(opened["lines"][0]["name"], "Manikür");
    assert_eq!(opened["lines"][0]["total"], lira(108_000));
    let dearer = json!({
        "name": "Manikür", "list_price": lira(1), "tax_basis_points": 0, "duration_minutes": 30,
    });
    let service = format!("/v1/services/{}", salon.manicure);
    let edit = salon.world.call("PUT", &service).json(dearer).if_match(1);
    edit.ok().await;
    assert_eq!(read(&salon, &opened).await, opened);
}

#[tokio::test]
async fn with_a_key_it_is_opened_once_and_answered_as_it_is_now() {
    let salon = Salon::open().await;
    let post = |title: &str| {
        let body = body(&salon, json!({"title": title}));
        salon.world.post("/v1/opportunities", body).key("k")
    };
    let first = post("One").ok().await;
    let edit = salon.world.call("PATCH", &path(&first)).if_match(1);
    let edited = edit.json(json!({"estimate": lira(5)})).ok().await;
    let before = entries(&salon).await;
    let again = post("One").send().await;
    assert_eq!(
        (again.status, again.replayed, &again.body),
        (201, true, &edited)
    );
    post("Two").refused(422, "idempotency-key-reused").await;
    assert_eq!(entries(&salon).await, before);
}

#[tokio::test]
async fn sales_open_their_own_and_see_no_others() {
    let salon = Salon::open().await;
    let (one, two) = (sales(&salon, "sales-1"), sales(&salon, "sales-2"));
    let post = |more: Value| salon.world.post("/v1/opportunities", body(&salon, more));
    let own = post(json!({})).by(&one).ok().await;
    assert_eq!(own["representative_id"], "sales-1");
    let other = json!({"representative_id": "sales-2"});
    post(other.clone()).by(&one).refused(403, "forbidden").await;
    let given = post(other).ok().await;
    assert_eq!(
        (&given["representative_id"], &given["creator_id"]),
        (&json!("sales-2"), &json!("someone"))
    );
    for (opportunity, theirs, others) in [(&own, &one, &two), (&given, &two, &one)] {
        salon.world.get(&path(opportunity)).by(theirs).ok().await;
        let get = salon.world.get(&path(opportunity)).by(others);
        get.refused(404, "opportunity-not-found").await;
        let edit = salon.world.call("PATCH", &path(opportunity)).by(others);
        let edit = edit.json(json!({"title": "Mine"})).if_match(1);
        edit.refused(404, "opportunity-not-found").await;
        let list = salon.world.get("/v1/opportunities").by(theirs).ok().await;
        let ids: Vec<&Value> = list["items"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| &one["id"])
            .collect();
        assert_eq!(ids, [&opportunity["id"]]);
        // Also where they ask for another's.
        let asked = "/v1/opportunities?representative_id=someone";
        assert_eq!(salon.world.get(asked).by(theirs).ok().await, list);
    }
    let staff = salon.world.token(Role::Staff);
    salon.world.get(&path(&own)).by(&staff).ok().await;
    let key = |token: &str| post(json!({})).key("the-same").by(token);
    key(&one).ok().await;
    key(&two).refused(404, "opportunity-not-found").await;
}

#[tokio::test]
async fn what_cannot_be_opened_is_refused_and_nothing_is_written() {
    let salon = Salon::open().await;
    let erased = salon.customer("Elif Demir", "elif@example.com").await;
    let erase = format!("/v1/customers/{erased}/erase");
    salon
        .world
        .post(&erase, json!({"confirm": erased}))
        .ok()
        .await;
    let missing = "cus_00000000000000000000000009";
    let before = entries(&salon).await;
    let line = |more: Value| {
        let mut line = json!({"service_id": salon.manicure});
        for (name, value) in more.as_object().unwrap() {
            line[name] = value.clone();
        }
        json!({"lines": [line]})
    };
    let no_template = json!("tpl_00000000000000000000000009");
    for (more, status, code) in [
        (json!({"customer_id": missing}), 404, "customer-not-found"),
        (json!({"customer_id": erased}), 409, "customer-erased"),
        (
            json!({"scheme_id": "sch_00000000000000000000000009"}),
            404,
            "stage-scheme-not-found",
        ),
        (json!({"stage": 9}), 422, "stage-not-found"),
        (json!({"stage": 2}), 409, "stage-not-skippable"),
        (json!({"stage": 6}), 409, "stage-after-win"),
        (json!({"period": "weekly"}), 422, "invalid-body"),
        (
            json!({"period": "yearly", "term_months": 0}),
            422,
            "term-out-of-range",
        ),
        (
            json!({"recurs": {"every_months": 61}}),
            422,
            "recurrence-out-of-range",
        ),
        (
            json!({"expected_close_on": "2046-01-01"}),
            422,
            "expected-close-out-of-range",
        ),
        (json!({"tags": ["Bridal"]}), 422, "invalid-body"),
        (json!({"title": null}), 422, "invalid-body"),
        (json!({"description": ""}), 422, "invalid-body"),
        (
            json!({"estimate": {"amount_minor": -1, "currency": "TRY"}}),
            422,
            "invalid-body",
        ),
        (line(json!({"quantity": 0})), 422, "line-terms"),
        (
            line(json!({"discount": {"percent": 101}})),
            422,
            "line-terms",
        ),
        (line(json!({"discount": {}})), 422, "invalid-body"),
        (
            line(json!({"template_id": no_template})),
            422,
            "invalid-body",
        ),
        (json!({"lines": [{"quantity": 1}]}), 422, "invalid-body"),
        (
            json!({"lines": [{"template_id": no_template}]}),
            404,
            "package-template-not-found",
        ),
        (
            json!({"lines": [
                {"service_id": salon.manicure},
                {"service_id": salon.massage, "unit_price": {"amount_minor": 1, "currency": "EUR"}},
            ]}),
            422,
            "line-currencies-differ",
        ),
        (
            line(json!({"unit_price": lira(999_999_999_999), "quantity": 2})),
            422,
            "amounts-too-large",
        ),
    ] {
        let post = salon.world.post("/v1/opportunities", body(&salon, more));
        post.refused(status, code).await;
    }
    assert_eq!(entries(&salon).await, before);
}

#[tokio::test]
async fn the_journal_has_ids_and_figures_and_nothing_that_people_wrote() {
    let salon = Salon::open().await;
    let secret = json!({"title": "Kleopatra", "description": "Kleopatra", "tags": ["kleopatra"]});
    let opened = opened(&salon, secret).await;
    let journal = salon.world.get("/v1/journal?limit=100").ok().await;
    let text = journal.to_string().to_lowercase();
    assert!(!text.contains("kleopatra"), "{text}");
    assert!(text.contains("opportunity-opened"), "{text}");
    assert!(!opened["id"].is_null());
}

#[tokio::test]
async fn a_business_without_settings_opens_nothing() {
    let world = crate::harness::World::new().await;
    let customer = json!({"name": "Ayşe"});
    let ayse = crate::harness::id(&world.post("/v1/customers", customer).ok().await);
    let body = json!({"customer_id": ayse, "title": "A", "estimate": lira(1)});
    let post = world.post("/v1/opportunities", body);
    post.refused(409, "settings-missing").await;
}
