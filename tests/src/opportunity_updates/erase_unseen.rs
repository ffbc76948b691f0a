//! What is about somebody erased, and was not found when they were: the index is a moment behind.

use serde_json::{Value, json};

use super::activities::last;
use super::erase::{WRITTEN, erase, has, zerrin};
use crate::harness::{Salon, dump};

/// Erases Zerrin without her opportunity, which is as it was.
async fn erase_unseen(salon: &Salon, zerrin: &str, path: &str) {
    let kept = salon.world.keep(last(path)).await;
    erase(salon, zerrin).await;
    salon.world.put_back(&kept).await;
}

async fn version(salon: &Salon, path: &str) -> u64 {
    let read = salon.world.get(path).ok().await;
    read["version"].as_u64().unwrap()
}

#[tokio::test]
async fn what_was_not_found_is_erased_when_the_journal_tells_of_the_erasure() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    world.told().await;
    let before = version(&salon, &path).await;
    erase_unseen(&salon, &zerrin, &path).await;
    let left = dump(world).await;
    for written in WRITTEN {
        assert!(has(&left, written), "{written} was found at once");
    }
    let records = world.told().await;
    world.deliver(&records).await;
    let left = dump(world).await;
    for written in WRITTEN {
        assert!(!has(&left, written), "{written} is still there");
    }
    let ours = left.iter().filter(|item| item.contains(last(&path)));
    assert!(!ours.into_iter().any(|item| item.contains("\"salt\"")));
    assert_eq!(version(&salon, &path).await, before);
    // Told once more, it changes nothing.
    let entries = world.journal().await.len();
    world.deliver(&records).await;
    assert_eq!(dump(world).await.len(), left.len());
    assert_eq!(world.journal().await.len(), entries);
}

#[tokio::test]
async fn what_was_not_found_is_erased_when_the_journal_tells_that_it_was_opened() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    let opened = world.told().await;
    erase_unseen(&salon, &zerrin, &path).await;
    let left = dump(world).await;
    assert!(has(&left, WRITTEN[0]), "it was found at once");
    world.deliver(&opened).await;
    let left = dump(world).await;
    for written in WRITTEN {
        assert!(!has(&left, written), "{written} is still there");
    }
}

#[tokio::test]
async fn what_recurs_and_was_not_found_is_won_without_a_next_one() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    let recurs = json!({"recurs": {"every_months": 12}});
    let at = version(&salon, &path).await;
    let edit = world.call("PATCH", &path).json(recurs).if_match(at);
    edit.ok().await;
    erase_unseen(&salon, &zerrin, &path).await;
    let quotes = world.get(&format!("{path}/quotes")).ok().await;
    let quote = quotes["items"][0]["id"].as_str().unwrap();
    // Nothing is sold to somebody who was erased; what was sold to them is.
    let accept = world.post(&format!("/v1/quotes/{quote}/accept"), json!({}));
    accept.refused(409, "customer-erased").await;
    let win = || {
        let close = world.post(&format!("{path}/close"), json!({"outcome": "won"}));
        close.if_match(at + 1)
    };
    let won = win().ok().await;
    assert_eq!(
        (&won["status"], &won["next_opportunity_id"]),
        (&json!("won"), &Value::Null)
    );
    assert!(win().send().await.replayed);
    let list = world.get("/v1/opportunities").ok().await;
    assert_eq!(list["items"].as_array().unwrap().len(), 1);
    // And what is written in it goes all the same.
    world.pump().await;
    let left = dump(world).await;
    for written in WRITTEN {
        assert!(!has(&left, written), "{written} is still there");
    }
}

#[tokio::test]
async fn what_was_written_when_it_was_closed_goes_too() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let (zerrin, path) = zerrin(&salon).await;
    let at = version(&salon, &path).await;
    let lost = json!({"outcome": "lost", "reason": "price", "note": "Teyzesine gitti"});
    let close = world.post(&format!("{path}/close"), lost).if_match(at);
    close.ok().await;
    assert!(has(&dump(world).await, "teyzesine"));
    erase(&salon, &zerrin).await;
    assert!(!has(&dump(world).await, "teyzesine"));
    assert_eq!(world.get(&path).ok().await["reason"], "price");
}
