//! Erasing what is planned: the list of whoever is to do it has what was written, too.

use serde_json::json;

use super::activities::last;
use super::erase::{WRITTEN, erase, has, zerrin};
use crate::harness::{Salon, dump};

/// The activity of an opportunity that is planned, and its sort key.
async fn planned(salon: &Salon, path: &str) -> (String, String) {
    let page = salon.world.get(&format!("{path}/activities")).ok().await;
    let items = page["items"].as_array().unwrap();
    let planned = items.iter().find(|it| it["state"] == "planned").unwrap();
    let id = planned["id"].as_str().unwrap();
    (format!("{path}/activities/{id}"), format!("ACT#{id}"))
}

async fn nothing_is_left(salon: &Salon) {
    let left = dump(&salon.world).await;
    for written in WRITTEN {
        assert!(!has(&left, written), "{written} is still there");
    }
}

#[tokio::test]
async fn what_is_done_while_it_is_erased_loses_what_was_written_all_the_same() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let (task, sort_key) = planned(&salon, &path).await;
    // Read as planned, done before what was written is removed.
    let removal = salon.world.faults.pause_update(&sort_key);
    let meanwhile = async {
        removal.reached().await;
        let done = salon.world.post(&format!("{task}/complete"), json!({}));
        done.ok().await;
        removal.resume();
    };
    tokio::join!(erase(&salon, &zerrin), meanwhile);
    nothing_is_left(&salon).await;
    let left = dump(&salon.world).await;
    let done = left.iter().find(|item| item.contains(&sort_key)).unwrap();
    assert!(done.contains("done") && !done.contains("card"), "{done}");
    assert_eq!(last(&task), &sort_key["ACT#".len()..]);
}

#[tokio::test]
async fn what_may_not_be_removed_is_a_failure_and_not_half_removed() {
    let salon = Salon::open().await;
    let (zerrin, path) = zerrin(&salon).await;
    let (_, sort_key) = planned(&salon, &path).await;
    salon.world.faults.deny_update(&sort_key);
    let erasure = format!("/v1/customers/{zerrin}/erase");
    let erasure = salon.world.post(&erasure, json!({"confirm": zerrin}));
    let answer = erasure.send().await;
    assert_eq!(
        (answer.status, &answer.body["code"]),
        (500, &json!("broken"))
    );
    let left = dump(&salon.world).await;
    assert!(has(&left, "sabah arayın"));
    // Somebody who sends it again ends it.
    erase(&salon, &zerrin).await;
    nothing_is_left(&salon).await;
}
