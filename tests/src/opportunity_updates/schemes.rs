//! Stage schemes.

use std::collections::BTreeMap;

use futures::future::join_all;
use serde_json::{Value, json};

use super::{body, entries, opened};
use crate::harness::{Call, Salon, tally};

const FIRST: &str = "sch_00000000000000000000000000";

fn stage(name: &str, phase: &str) -> Value {
    json!({"name": name, "phase": phase, "probability_percent": 50, "forecast": "pipeline"})
}

fn scheme(stages: &[Value]) -> Value {
    json!({"name": "Bridal", "stages": stages})
}

fn put(salon: &Salon, scheme: &Value, version: u64, body: Value) -> Call {
    let path = format!("/v1/stage-schemes/{}", scheme["id"].as_str().unwrap());
    salon.world.call("PUT", &path).json(body).if_match(version)
}

fn archive(salon: &Salon, scheme: &str) -> Call {
    salon
        .world
        .call("POST", &format!("/v1/stage-schemes/{scheme}/archive"))
}

#[tokio::test]
async fn a_new_business_has_a_scheme_to_begin_with() {
    let salon = Salon::open().await;
    let list = salon.world.get("/v1/stage-schemes").ok().await;
    assert_eq!(list["next_cursor"], Value::Null);
    let [first] = list["items"].as_array().unwrap().as_slice() else {
        panic!("one scheme, not {list}");
    };
    assert_eq!(
        (&first["id"], &first["version"]),
        (&json!(FIRST), &json!(1))
    );
    let get = salon.world.get(&format!("/v1/stage-schemes/{FIRST}"));
    let get = get.send().await;
    assert_eq!((&get.body, get.etag.as_deref()), (first, Some("\"1\"")));
    let stages = first["stages"].as_array().unwrap();
    assert_eq!(stages[3]["requires"], json!(["amount"]));
    assert_eq!(stages[5]["reached_by"], "first_capture");
    let missing = salon
        .world
        .get("/v1/stage-schemes/sch_00000000000000000000000009");
    missing.refused(404, "stage-scheme-not-found").await;
}

#[tokio::test]
async fn stages_that_are_sent_with_their_number_stay_and_the_others_are_archived() {
    let salon = Salon::open().await;
    let mut asking = stage("A", "pre_win");
    asking["requires"] = json!(["starts_on", "description", "lines"]);
    asking["rotting_days"] = json!(3);
    let stages = [asking, stage("B", "pre_win"), stage("C", "post_win")];
    let post = || {
        salon
            .world
            .post("/v1/stage-schemes", scheme(&stages))
            .key("k")
    };
    let first = post().send().await;
    assert_eq!((first.status, first.etag.as_deref()), (201, Some("\"1\"")));
    let again = post().send().await;
    assert_eq!((again.replayed, &again.body), (true, &first.body));
    let first = first.body;
    assert_eq!(
        first["stages"][0]["requires"],
        json!(["description", "lines", "starts_on"])
    );
    let mut kept = stage("B2", "pre_win");
    kept["number"] = json!(2);
    let edit = || {
        put(
            &salon,
            &first,
            1,
            scheme(&[kept.clone(), stage("D", "pre_win")]),
        )
    };
    let second = edit().ok().await;
    let stages = second["stages"].as_array().unwrap();
    let numbers: Vec<(&Value, &Value)> = stages
        .iter()
        .map(|stage| (&stage["number"], &stage["archived"]))
        .collect();
    let (yes, no) = (&json!(true), &json!(false));
    assert_eq!(
        numbers,
        [
            (&json!(2), no),
            (&json!(4), no),
            (&json!(1), yes),
            (&json!(3), yes)
        ]
    );
    assert!(edit().send().await.replayed);
    let stale = put(&salon, &first, 1, scheme(&[stage("X", "pre_win")]));
    stale.refused(412, "version-mismatch").await;
    // An opportunity is opened in it by its id.
    let more = json!({"scheme_id": first["id"], "stage": 4});
    let post = salon.world.post("/v1/opportunities", body(&salon, more));
    post.refused(409, "stage-not-skippable").await;
    let opened = opened(&salon, json!({"scheme_id": first["id"]})).await;
    assert_eq!(
        (&opened["stage"], &opened["stage_name"]),
        (&json!(2), &json!("B2"))
    );
}

#[tokio::test]
async fn drafts_that_make_no_scheme_are_refused() {
    let salon = Salon::open().await;
    let before = entries(&salon).await;
    let with = |name: &str, value: Value| {
        let mut stage = stage("B", "pre_win");
        stage[name] = value;
        scheme(&[self::stage("A", "pre_win"), stage])
    };
    let many: Vec<Value> = (0..31)
        .map(|n| stage(&format!("S{n}"), "pre_win"))
        .collect();
    for (body, code) in [
        (scheme(&[]), "stage-scheme-size"),
        (scheme(&many), "stage-scheme-size"),
        (scheme(&[stage("A", "post_win")]), "stage-scheme-size"),
        (with("number", json!(1)), "stage-unknown"),
        (with("probability_percent", json!(101)), "stage-terms"),
        (with("rotting_days", json!(0)), "stage-terms"),
        (with("average_days", json!(3651)), "stage-terms"),
        (with("reached_by", json!("fully_paid")), "stage-terms"),
        (with("name", json!("A")), "stage-name-taken"),
        (
            scheme(&[
                stage("A", "pre_win"),
                stage("B", "post_win"),
                stage("C", "pre_win"),
            ]),
            "stage-order",
        ),
        (with("phase", json!("won")), "invalid-body"),
        (with("requires", json!(["luck"])), "invalid-body"),
        (with("reached_by", json!("luck")), "invalid-body"),
        (with("archived", json!(true)), "invalid-body"),
        (with("probability_percent", json!(-1)), "invalid-body"),
        (json!({"name": "A"}), "invalid-body"),
    ] {
        let post = salon.world.post("/v1/stage-schemes", body);
        post.refused(422, code).await;
    }
    assert_eq!(entries(&salon).await, before);
}

#[tokio::test]
async fn the_last_scheme_in_use_stays_and_an_archived_one_takes_no_more() {
    let salon = Salon::open().await;
    let there = opened(&salon, json!({})).await;
    archive(&salon, FIRST)
        .refused(409, "last-stage-scheme")
        .await;
    let stages = [stage("A", "pre_win")];
    let second = salon
        .world
        .post("/v1/stage-schemes", scheme(&stages))
        .ok()
        .await;
    let archived = archive(&salon, FIRST).ok().await;
    assert_eq!(
        (&archived["archived"], &archived["version"]),
        (&json!(true), &json!(2))
    );
    let before = entries(&salon).await;
    let again = archive(&salon, FIRST).send().await;
    assert_eq!((again.replayed, &again.body), (true, &archived));
    assert_eq!(entries(&salon).await, before);
    let more = json!({"scheme_id": FIRST});
    let post = salon.world.post("/v1/opportunities", body(&salon, more));
    post.refused(409, "stage-scheme-archived").await;
    assert_eq!(opened(&salon, json!({})).await["scheme_id"], second["id"]);
    let moved = super::done(&salon, &there, "stage", json!({"stage": 2})).await;
    assert_eq!(moved["scheme_id"], FIRST);
}

#[tokio::test]
async fn a_business_has_twenty_schemes_at_most() {
    let salon = Salon::open().await;
    let post = || {
        salon
            .world
            .post("/v1/stage-schemes", scheme(&[stage("A", "pre_win")]))
    };
    for _ in 1..20 {
        post().ok().await;
    }
    post().refused(409, "stage-scheme-limit").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_archive_the_last_two_schemes_at_once_one_is_refused() {
    for _ in 0..5 {
        let salon = Salon::open().await;
        let body = scheme(&[stage("A", "pre_win")]);
        let other = salon.world.post("/v1/stage-schemes", body).ok().await;
        let other = other["id"].as_str().unwrap();
        let answers = join_all([FIRST, other].map(|id| archive(&salon, id).send())).await;
        let expected = BTreeMap::from([
            ((200, String::new()), 1),
            ((409, "last-stage-scheme".to_owned()), 1),
        ]);
        assert_eq!(tally(&answers), expected);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_thirty_schemes_that_are_added_at_once_there_is_room_for_nineteen() {
    let salon = Salon::open().await;
    let posts = (0..30).map(|number| {
        let body = scheme(&[stage("A", "pre_win")]);
        let post = salon.world.post("/v1/stage-schemes", body);
        // Each sent twice: with one key it is added once.
        post.key(&format!("scheme-{}", number % 15)).send()
    });
    let first = join_all(posts).await;
    assert_eq!(tally(&first), BTreeMap::from([((201, String::new()), 30)]));
    let posts = (0..9).map(|_| {
        let body = scheme(&[stage("A", "pre_win")]);
        salon.world.post("/v1/stage-schemes", body).send()
    });
    let expected = BTreeMap::from([
        ((201, String::new()), 4),
        ((409, "stage-scheme-limit".to_owned()), 5),
    ]);
    assert_eq!(tally(&join_all(posts).await), expected);
    let list = salon.world.get("/v1/stage-schemes").ok().await;
    assert_eq!(list["items"].as_array().unwrap().len(), 20);
}
