//! What is set aside and tried again: what another does with it meanwhile is neither undone nor lost.

use serde_json::json;

use super::agenda::{LATER, Record};
use super::{ALONE_OR_NOTHING, overtaken};
use crate::harness::{Left, World};

/// Version 2 failed too often.
async fn set_aside(world: &World) -> Record<'_> {
    let record = Record::of(world);
    record.says(2, true).await;
    record.fails(1).await;
    assert_eq!(
        (record.aside().await, record.stands().await),
        (vec![2], false)
    );
    record
}

#[tokio::test]
async fn what_is_tried_again_does_not_replace_what_a_later_version_put_on_the_agenda_meanwhile() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = set_aside(&world).await;
        let condition = format!("Put {LATER}");
        let slow = record.is_tried_again();
        let ended = overtaken(&world, (&condition, left), slow, record.says(4, true)).await;
        let version = if left == Left::Alone { 4 } else { 2 };
        assert_eq!((ended.slow, &ended.now["version"]), (true, &json!(version)));
        assert_eq!(record.aside().await, [0; 0]);
    }
}

#[tokio::test]
async fn what_is_set_aside_anew_while_it_is_tried_again_stays_there() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = set_aside(&world).await;
        let anew = async {
            record.says(4, true).await;
            record.fails(1).await;
        };
        let version = ("Delete SET-ASIDE version = ?", left);
        let ended = overtaken(&world, version, record.is_tried_again(), anew).await;
        let spoilt = left == Left::Nothing;
        assert_eq!((ended.slow, record.stands().await), (spoilt, spoilt));
        assert_eq!(record.aside().await.is_empty(), spoilt);
    }
}

#[tokio::test]
async fn what_is_set_aside_anew_while_an_older_version_of_it_is_taken_from_there_stays_there() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = set_aside(&world).await;
        record.says(4, true).await;
        let version = ("DeleteItem SET-ASIDE version = ?", left);
        let slow = record.is_tried_again();
        let ended = overtaken(&world, version, slow, record.fails(1)).await;
        let spoilt = left == Left::Nothing;
        assert_eq!((ended.slow, record.stands().await), (spoilt, false));
        assert_eq!(record.aside().await.is_empty(), spoilt);
    }
}

/// Of what was done by another who tried it again, nothing is left to be done.
#[tokio::test]
async fn what_another_tried_again_and_did_meanwhile_is_not_put_on_the_agenda_once_more() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = set_aside(&world).await;
        let done = async {
            assert!(record.is_tried_again().await);
            let item = record.found().await.unwrap();
            world.store.done_on_agenda(&item).await.unwrap();
        };
        let version = ("Delete SET-ASIDE version = ?", left);
        let ended = overtaken(&world, version, record.is_tried_again(), done).await;
        let spoilt = left == Left::Nothing;
        assert_eq!((ended.slow, record.stands().await), (spoilt, spoilt));
    }
}
