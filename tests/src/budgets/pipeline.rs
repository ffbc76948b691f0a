//! Opening, changing and listing opportunities.

use serde_json::{Value, json};

use super::Budget;
use crate::harness::{Salon, allowed, id, lira};

fn body(salon: &Salon) -> Value {
    json!({
        "customer_id": salon.ayse, "title": "Gelin paketi, Haziran", "estimate": lira(900_000),
        "lines": [{"service_id": salon.manicure, "quantity": 2}, {"service_id": salon.massage}],
        "tags": ["bridal"], "recurs": {"every_months": 12},
    })
}

#[tokio::test]
async fn opening_and_changing_an_opportunity_take_two_round_trips() {
    let salon = Salon::open().await;
    let open = || salon.world.post("/v1/opportunities", body(&salon));
    let budget = Budget::of(allowed::OPEN_OPPORTUNITY);
    budget.check(&salon, "open", open()).await;
    let opportunity = id(&open().ok().await);
    let change = |verb: &str, version: u64, body: Value| {
        let path = format!("/v1/opportunities/{opportunity}/{verb}");
        salon.world.post(&path, body).if_match(version)
    };
    let mother = salon.customer("Fatma", "fatma@example.com").await;
    let mother = json!({"customer_id": mother, "role": "mother"});
    let (_, moving, of_moving) = allowed::MOVE_STAGE;
    for (verb, version, body, wru, rru) in [
        ("stage", 1, json!({"stage": 2}), moving, of_moving),
        (
            "assign",
            2,
            json!({"representative_id": "sales-1"}),
            15.0,
            2.5,
        ),
        ("lines", 3, json!({"lines": []}), 14.0, 2.5),
        ("links", 4, mother, 10.0, 3.0),
        // Its status moves it in all four; the entry of a resumption is below 1 KB, the others above.
        ("suspend", 5, json!({"resume_on": "2027-01-15"}), 18.0, 2.5),
        ("resume", 6, json!({}), 15.0, 2.5),
        (
            "close",
            7,
            json!({"outcome": "lost", "reason": "price"}),
            18.0,
            2.5,
        ),
        ("reopen", 8, json!({"reason": "mistake"}), 18.0, 2.5),
    ] {
        let call = change(verb, version, body);
        Budget(2, wru, rru).check(&salon, verb, call).await;
    }
    // With the next one, its entry, and that its customer was not erased: who that is stands in it.
    let win = change("close", 9, json!({"outcome": "won"}));
    Budget(3, 31.0, 3.0).check(&salon, "win", win).await;
    // Who the customer is stands in the model.
    let copy = salon.world.call(
        "POST",
        &format!("/v1/opportunities/{opportunity}/duplicate"),
    );
    Budget(3, 13.0, 3.5).check(&salon, "duplicate", copy).await;
}

#[tokio::test]
async fn what_changes_nothing_is_answered_by_what_was_read_to_see_that() {
    let salon = Salon::open().await;
    let opened = salon.world.post("/v1/opportunities", body(&salon));
    let path = format!("/v1/opportunities/{}", id(&opened.ok().await));
    let edit = salon.world.call("PATCH", &path).if_match(1);
    let edit = edit.json(json!({"title": "Gelin paketi, Haziran"}));
    Budget(2, 0.0, 7.5)
        .check(&salon, "edit of nothing", edit)
        .await;
    let quote = salon.world.post(&format!("{path}/quotes"), json!({}));
    let path = format!("/v1/quotes/{}", id(&quote.ok().await));
    let send = || salon.world.post(&format!("{path}/send"), json!({}));
    send().ok().await;
    Budget(4, 0.0, 9.0)
        .check(&salon, "send again", send())
        .await;
}

#[tokio::test]
async fn counting_for_a_quota_takes_a_trip_and_two_writes_more_than_another_change() {
    let salon = Salon::open().await;
    let opened = salon.world.post("/v1/opportunities", body(&salon));
    let path = format!("/v1/opportunities/{}/quota", id(&opened.ok().await));
    let quota = json!({
        "name": "Kasım 2026", "representative_id": "someone", "from": "2026-11-01",
        "to": "2026-11-30", "target_amount": lira(1),
    });
    let quota = id(&salon.world.post("/v1/quotas", quota).ok().await);
    let link = salon.world.post(&path, json!({"quota_id": quota}));
    Budget(3, 14.0, 3.0)
        .check(&salon, "link", link.if_match(1))
        .await;
    // Of what the quota does not know, nothing is written to it.
    let edit = |version: u64, body: Value| {
        let path = path.trim_end_matches("/quota");
        salon.world.call("PATCH", path).if_match(version).json(body)
    };
    let described = edit(2, json!({"description": "Haziran"}));
    Budget(2, 10.0, 2.5)
        .check(&salon, "describe", described)
        .await;
    let renamed = edit(3, json!({"title": "Gelin"}));
    Budget(2, 16.0, 2.5).check(&salon, "rename", renamed).await;
}

#[tokio::test]
async fn a_quota_reads_what_is_linked_to_it_and_nothing_else() {
    let salon = Salon::open().await;
    let quota = json!({
        "name": "Kasım 2026", "representative_id": "someone", "from": "2026-11-01",
        "to": "2026-11-30", "target_amount": lira(1),
    });
    let quota = id(&salon.world.post("/v1/quotas", quota).ok().await);
    for n in 0..60 {
        let opened = salon.world.post("/v1/opportunities", body(&salon));
        let path = format!("/v1/opportunities/{}/quota", id(&opened.ok().await));
        if n < 40 {
            let link = salon.world.post(&path, json!({"quota_id": quota}));
            link.if_match(1).ok().await;
        }
    }
    let path = format!("/v1/quotas/{quota}");
    let read = salon.world.call("GET", &path);
    Budget(2, 0.0, 2.5).check(&salon, "quota", read).await;
}

#[tokio::test]
async fn what_the_pipeline_is_made_of_is_saved_in_two_round_trips() {
    let salon = Salon::open().await;
    let stage = json!({
        "name": "New", "phase": "pre_win", "probability_percent": 10, "forecast": "pipeline",
    });
    let scheme = json!({"name": "Bridal", "stages": [stage]});
    let scheme = salon.world.post("/v1/stage-schemes", scheme);
    Budget(2, 7.0, 1.0).check(&salon, "scheme", scheme).await;
    let reason = json!([{"code": "price", "name": "Too expensive"}]);
    let reasons = json!({
        "lost_reasons": reason, "abandoned_reasons": reason, "reopen_reasons": reason,
    });
    let reasons = salon
        .world
        .call("PUT", "/v1/settings/pipeline")
        .json(reasons);
    Budget(2, 5.0, 1.0).check(&salon, "reasons", reasons).await;
    let company = salon
        .world
        .post("/v1/companies", json!({"name": "Gelin Evi"}));
    Budget(2, 5.0, 1.0).check(&salon, "company", company).await;
}

#[tokio::test]
async fn a_page_of_40_opportunities_is_one_read_of_three_rru() {
    let salon = Salon::open().await;
    for _ in 0..51 {
        let open = salon.world.post("/v1/opportunities", body(&salon));
        open.ok().await;
    }
    let of_customer = format!("customer_id={}", salon.ayse);
    let representative = "representative_id=someone";
    let stage = "scheme_id=sch_00000000000000000000000000&stage=1";
    for query in ["status=open", representative, stage, &of_customer] {
        let call = salon.world.get(&format!("/v1/opportunities?{query}"));
        Budget(1, 0.0, 3.0).check(&salon, query, call).await;
    }
    let rotting = salon.world.get("/v1/opportunities?rotting=true");
    Budget(2, 0.0, 3.0).check(&salon, "rotting", rotting).await;
}
