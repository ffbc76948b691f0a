//! The pipeline: nobody who was erased is written down again, and nothing that was done is lost.

use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, ALONE_OR_OTHERS, by_hand, overtaken};
use crate::harness::{Answer, Call, Left, Salon, id, lira};

fn open(salon: &Salon, customer: &str) -> Call {
    let body = json!({"customer_id": customer, "title": "Gelin paketi", "estimate": lira(40_000)});
    salon.world.post("/v1/opportunities", body)
}

pub(super) async fn opened(salon: &Salon) -> String {
    let opportunity = id(&open(salon, &salon.ayse).ok().await);
    format!("/v1/opportunities/{opportunity}")
}

fn erase(salon: &Salon) -> Call {
    let path = format!("/v1/customers/{}/erase", salon.ayse);
    salon.world.post(&path, json!({"confirm": salon.ayse}))
}

/// What an answer refuses, if it does.
pub(super) fn code(answer: &Answer) -> Option<&str> {
    answer.body["code"].as_str()
}

#[tokio::test]
async fn what_was_decided_before_somebody_was_erased_is_refused_by_the_salt_and_nothing_else() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let path = opened(&salon).await;
        let title = json!({"title": "Ayşe yine"});
        let slow = salon.world.call("PATCH", &path).json(title).if_match(1);
        let salt = ("Put OPPORTUNITY salt present", left);
        let ended = overtaken(&salon.world, salt, slow.send(), erase(&salon).ok()).await;
        assert_eq!(
            (&ended.then["title"], &ended.then["salt"]),
            (&Value::Null, &Value::Null)
        );
        match left == Left::Alone {
            true => assert_eq!(
                (code(&ended.slow), &ended.now["title"]),
                (Some("customer-erased"), &Value::Null)
            ),
            false => assert_eq!(
                (ended.slow.status, &ended.now["title"]),
                (200, &json!("Ayşe yine"))
            ),
        }
    }
}

#[tokio::test]
async fn an_opportunity_of_somebody_who_is_erased_meanwhile_is_refused_by_their_record_alone() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let slow = open(&salon, &salon.ayse).send();
        let check = ("ConditionCheck CUSTOMER erased_at absent", left);
        let ended = overtaken(&salon.world, check, slow, erase(&salon).ok()).await;
        let list = salon.world.get("/v1/opportunities").ok().await;
        match left == Left::Alone {
            true => assert_eq!(
                (code(&ended.slow), &list["items"]),
                (Some("customer-erased"), &json!([]))
            ),
            false => assert_eq!(
                (ended.slow.status, &list["items"][0]["title"]),
                (201, &json!("Gelin paketi"))
            ),
        }
    }
}

/// No customer is ever deleted: the record is, by hand.
#[tokio::test]
async fn an_opportunity_of_nobody_is_refused() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let world = &salon.world;
        let slow = open(&salon, &salon.ayse).send();
        let check = ("ConditionCheck CUSTOMER present", left);
        let done = async |key: &_| world.delete_stored(key).await;
        assert_eq!(
            by_hand(world, check, slow, done).await,
            left == Left::Others
        );
    }
}

/// An id has 80 bits of chance, and nothing is there: something else is put there by hand.
#[tokio::test]
async fn an_activity_takes_the_place_of_nothing() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let world = &salon.world;
        let path = format!("{}/activities", opened(&salon).await);
        let note = world
            .post(&path, json!({"kind": "note", "text": "Aradı"}))
            .send();
        let activity = ("Put ACTIVITY absent", left);
        let done = async |key: &_| world.put_another(key).await;
        assert_eq!(
            by_hand(world, activity, note, done).await,
            left == Left::Others
        );
    }
}

#[tokio::test]
async fn one_activity_sent_twice_is_entered_once_because_of_its_key_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let path = format!("{}/activities", opened(&salon).await);
        let note = || {
            let note = json!({"kind": "note", "text": "Aradı"});
            salon.world.post(&path, note).key("same")
        };
        let key = ("Put ACTIVITY-KEY absent", left);
        let ended = overtaken(&salon.world, key, note().send(), note().ok()).await;
        let listed = salon.world.get(&path).ok().await;
        let listed = listed["items"].as_array().unwrap().len();
        match left == Left::Alone {
            true => assert_eq!((ended.slow.replayed, listed), (true, 1)),
            false => assert_eq!((ended.slow.replayed, listed), (false, 2)),
        }
    }
}

#[tokio::test]
async fn of_two_quotes_changed_at_once_the_opportunitys_version_alone_refuses_the_later() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let path = format!("{}/quotes", opened(&salon).await);
        let quote = || {
            let body = json!({"lines": [{"service_id": salon.manicure}]});
            salon.world.post(&path, body)
        };
        let version = ("Put OPPORTUNITY version = ?", left);
        let ended = overtaken(&salon.world, version, quote().send(), quote().ok()).await;
        assert_eq!(
            (ended.written, ended.slow.status),
            (left == Left::Nothing, 201)
        );
        let listed = salon.world.get(&path).ok().await;
        let listed = listed["items"].as_array().unwrap().len();
        // The opportunity forgot one of them.
        assert_eq!(listed, if left == Left::Alone { 2 } else { 1 });
    }
}

/// Of somebody who was erased nothing is known, and the change goes without the salt.
#[tokio::test]
async fn of_two_changes_of_what_is_of_nobody_any_more_the_version_alone_refuses_the_later() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let path = opened(&salon).await;
        erase(&salon).ok().await;
        let change = |verb: &str, body: Value| {
            let call = salon.world.post(&format!("{path}/{verb}"), body);
            call.if_match(1)
        };
        let slow = change("stage", json!({"stage": 2}));
        let fast = change("assign", json!({"representative_id": "rep-2"}));
        let version = ("Put OPPORTUNITY version = ?", left);
        let ended = overtaken(&salon.world, version, slow.send(), fast.ok()).await;
        let whose = salon.world.get(&path).ok().await["representative_id"].clone();
        match left == Left::Alone {
            true => assert_eq!((ended.slow.status, whose), (412, json!("rep-2"))),
            false => assert_eq!((ended.slow.status, whose), (200, json!("someone"))),
        }
    }
}

#[tokio::test]
async fn the_last_two_schemes_archived_at_once_are_refused_by_their_steps_and_nothing_else() {
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        let world = &salon.world;
        let schemes = world.get("/v1/stage-schemes").ok().await;
        let stages = schemes["items"][0]["stages"].clone();
        let mut body = json!({"name": "İkinci", "stages": stages});
        for stage in body["stages"].as_array_mut().unwrap() {
            for made in ["number", "archived"] {
                stage.as_object_mut().unwrap().remove(made);
            }
        }
        let second = id(&world.post("/v1/stage-schemes", body).ok().await);
        let archive = |id: &str| world.call("POST", &format!("/v1/stage-schemes/{id}/archive"));
        let (slow, fast) = (archive(&second), archive(&id(&schemes["items"][0])));
        let step = ("Put SCHEME-STEP absent", left);
        let ended = overtaken(world, step, slow.send(), fast.ok()).await;
        let schemes = world.get("/v1/stage-schemes").ok().await;
        let schemes = schemes["items"].as_array().unwrap().iter();
        let usable = schemes.filter(|it| it["archived"] != true).count();
        match left == Left::Alone {
            true => assert_eq!((code(&ended.slow), usable), (Some("last-stage-scheme"), 1)),
            false => assert_eq!((ended.slow.status, usable), (200, 0)),
        }
    }
}
