//! POST /v1/opportunities/{id}/close, suspend, resume, reopen and lines.

use serde_json::{Value, json};

use super::{done, entries, once, opened, read, verb};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn what_rests_leaves_the_forecast_until_it_is_resumed() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({"forecast": "commit"})).await;
    let until = |day: &str| json!({"resume_on": day});
    for (day, code) in [
        ("2026-11-22", "resume-today"),
        ("2026-11-21", "day-out-of-range"),
        ("2036-11-23", "day-out-of-range"),
    ] {
        let call = verb(&salon, &first, "suspend", until(day));
        call.refused(422, code).await;
    }
    let rests = once(&salon, &first, "suspend", until("2026-11-23")).await;
    assert_eq!(
        (&rests["status"], &rests["forecast"]),
        (&json!("suspended"), &json!("omitted"))
    );
    assert_eq!(
        (&rests["resume_on"], &rests["rots_on"]),
        (&json!("2026-11-23"), &Value::Null)
    );
    let again = verb(&salon, &rests, "suspend", until("2026-11-24"));
    again.refused(409, "opportunity-suspended").await;
    salon.world.set_clock("2026-12-01T08:00:00Z");
    let resume = || {
        salon
            .world
            .call("POST", &format!("{}/resume", super::path(&first)))
    };
    let resumed = resume().if_match(2).ok().await;
    assert_eq!(
        (&resumed["status"], &resumed["forecast"]),
        (&json!("open"), &json!("commit"))
    );
    assert_eq!(
        (&resumed["resume_on"], &resumed["rots_on"]),
        (&Value::Null, &json!("2026-12-07"))
    );
    assert!(resume().if_match(2).send().await.replayed);
    resume()
        .if_match(3)
        .refused(409, "opportunity-not-suspended")
        .await;
    resume().refused(428, "if-match-required").await;
}

#[tokio::test]
async fn what_is_closed_has_its_reason_and_day_and_is_reopened_for_another() {
    let salon = Salon::open().await;
    for (outcome, reason) in [
        ("won", None),
        ("lost", Some("price")),
        ("abandoned", Some("not-a-fit")),
    ] {
        let first = opened(&salon, json!({})).await;
        let closing = json!({"outcome": outcome, "reason": reason, "note": "So be it."});
        let closed = once(&salon, &first, "close", closing.clone()).await;
        assert_eq!(
            (&closed["status"], &closed["reason"]),
            (&json!(outcome), &json!(reason))
        );
        assert_eq!(
            (&closed["closed_on"], &closed["closing_note"]),
            (&json!("2026-11-22"), &json!("So be it."))
        );
        let forecast = if outcome == "won" {
            "commit"
        } else {
            "omitted"
        };
        assert_eq!(closed["forecast"], forecast);
        let again = verb(&salon, &closed, "close", closing);
        again.refused(409, "opportunity-closed").await;
        let unknown = verb(&salon, &closed, "reopen", json!({"reason": "price"}));
        unknown.refused(422, "reason-unknown").await;
        let reopened = once(&salon, &closed, "reopen", json!({"reason": "changed-mind"})).await;
        assert_eq!(
            (&reopened["status"], &reopened["stage"]),
            (&json!("open"), &json!(1))
        );
        for field in ["reason", "closed_on", "closing_note"] {
            assert_eq!(reopened[field], Value::Null, "{field}");
        }
    }
}

#[tokio::test]
async fn an_outcome_without_its_reason_is_refused() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    let before = entries(&salon).await;
    for (body, code) in [
        (json!({"outcome": "lost"}), "reason-required"),
        (
            json!({"outcome": "won", "reason": "price"}),
            "reason-required",
        ),
        (
            json!({"outcome": "lost", "reason": "rain"}),
            "reason-unknown",
        ),
        (
            json!({"outcome": "abandoned", "reason": "price"}),
            "reason-unknown",
        ),
        (json!({"outcome": "sold"}), "invalid-body"),
        (json!({}), "invalid-body"),
    ] {
        verb(&salon, &first, "close", body).refused(422, code).await;
    }
    let reopen = verb(&salon, &first, "reopen", json!({"reason": "mistake"}));
    reopen.refused(409, "opportunity-not-closed").await;
    assert_eq!(entries(&salon).await, before);
}

#[tokio::test]
async fn winning_what_recurs_opens_one_next_also_when_it_is_asked_and_won_again() {
    let salon = Salon::open().await;
    let more = json!({"recurs": {"every_months": 3}, "tags": ["bridal"]});
    let first = opened(&salon, more).await;
    let before = entries(&salon).await;
    let won = once(&salon, &first, "close", json!({"outcome": "won"})).await;
    assert_eq!(entries(&salon).await, before + 2);
    let next = read(&salon, &json!({"id": won["next_opportunity_id"]})).await;
    assert_eq!(next["origin"]["recurrence_of"], won["id"]);
    assert_eq!(
        (&next["status"], &next["version"]),
        (&json!("open"), &json!(1))
    );
    assert_eq!(
        (&next["tags"], &next["amount"]),
        (&won["tags"], &won["amount"])
    );
    assert_eq!(next["expected_close_on"], "2027-02-22");
    let reopened = done(&salon, &won, "reopen", json!({"reason": "mistake"})).await;
    let again = done(&salon, &reopened, "close", json!({"outcome": "won"})).await;
    assert_eq!(again["next_opportunity_id"], next["id"]);
    let list = salon.world.get("/v1/opportunities").ok().await;
    assert_eq!(list["items"].as_array().unwrap().len(), 2);
}

#[tokio::test]
async fn lines_replace_each_other_and_none_bring_the_estimate_back() {
    let salon = Salon::open().await;
    let first = opened(&salon, json!({})).await;
    let lines = json!({"lines": [
        {"service_id": salon.manicure, "quantity": 2}, {"service_id": salon.massage},
    ]});
    let second = once(&salon, &first, "lines", lines).await;
    assert_eq!(
        (&second["amount"], &second["amount_from"]),
        (&lira(270_000), &json!("lines"))
    );
    let third = json!({"lines": [{"service_id": salon.massage}]});
    let third = once(&salon, &second, "lines", third).await;
    assert_eq!(third["amount"], lira(150_000));
    let none = once(&salon, &third, "lines", json!({"lines": []})).await;
    assert_eq!(
        (&none["amount"], &none["amount_from"]),
        (&lira(900_000), &json!("estimate"))
    );
    let before = entries(&salon).await;
    let many = vec![json!({"service_id": salon.massage}); 51];
    for (body, status, code) in [
        (json!({}), 422, "invalid-body"),
        (json!({"lines": null}), 422, "invalid-body"),
        (json!({"lines": many}), 409, "pipeline-limit"),
        (
            json!({"lines": [{"service_id": salon.ayse}]}),
            422,
            "invalid-body",
        ),
        (
            json!({"lines": [{"service_id": "svc_00000000000000000000000009"}]}),
            404,
            "service-not-found",
        ),
    ] {
        verb(&salon, &none, "lines", body)
            .refused(status, code)
            .await;
    }
    assert_eq!(entries(&salon).await, before);
    let lost = json!({"outcome": "lost", "reason": "price"});
    let lost = done(&salon, &none, "close", lost).await;
    let call = verb(&salon, &lost, "lines", json!({"lines": []}));
    call.refused(409, "opportunity-closed").await;
}
