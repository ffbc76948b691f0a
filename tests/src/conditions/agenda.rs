//! What falls due: what an older version of a record says, or who comes late, undoes nothing.

use std::collections::BTreeSet;
use std::time::Duration;

use aws_lambda_events::dynamodb::EventRecord;
use domain::due::{Due, DueOf, What};
use domain::{BusinessId, Instant};
use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, overtaken};
use crate::due_work::{opportunity, salon};
use crate::harness::{Left, Salon, World};

pub(super) const LATER: &str = "DUE absent OR version < ?";

/// Something that is due tomorrow, of a record whose versions say so or do not.
pub(super) struct Record<'w> {
    pub(super) world: &'w World,
    business: BusinessId,
    of: DueOf,
    due: Due,
}

impl<'w> Record<'w> {
    pub(super) fn of(world: &'w World) -> Self {
        let at: Instant = "2026-11-23T10:00:00Z".parse().unwrap();
        Self {
            world,
            business: world.business.parse().unwrap(),
            of: DueOf::Opportunity("opp_00000000000000000000000007".parse().unwrap()),
            due: Due {
                what: What::CloseDate,
                at,
            },
        }
    }

    /// This version has it on its agenda, where the one before had not; or the other way round.
    pub(super) async fn says(&self, version: u64, on: bool) {
        let due = [self.due];
        let (before, after): (&[Due], &[Due]) = match on {
            true => (&[], &due),
            false => (&due, &[]),
        };
        let now = self.world.clock.now();
        let moved =
            self.world
                .store
                .move_agenda((&self.business, self.of), (before, after), version, now);
        moved.await.unwrap();
    }

    /// What stands there.
    pub(super) async fn found(&self) -> Option<infra::OnAgenda> {
        let month = self.due.at.date_naive();
        let found = self.world.store.next_on_agenda(month, None, self.due.at);
        let found = found.await.unwrap().into_iter();
        let mut found = found.map(|found| found.due.unwrap());
        found.find(|found| found.of == self.of)
    }

    pub(super) async fn stands(&self) -> bool {
        self.found().await.is_some()
    }

    /// An attempt fails: it is set aside, if that is the last one of so many.
    pub(super) async fn fails(&self, most: u32) {
        let item = self.found().await.unwrap();
        let failed = self.world.store.failed_on_agenda(&item, "broken", most);
        failed.await.unwrap();
    }

    /// What is set aside, in the version of it.
    pub(super) async fn aside(&self) -> Vec<u64> {
        let aside = self.world.store.set_aside().await.unwrap().into_iter();
        aside.map(|found| found.due.unwrap().version).collect()
    }

    /// It is to be done again what is set aside; whether it is on the agenda for that.
    pub(super) async fn is_tried_again(&self) -> bool {
        let aside = self.world.store.set_aside().await.unwrap().remove(0);
        let now = self.world.clock.now();
        let tried = self.world.store.retry_set_aside(&aside, now);
        tried.await.unwrap()
    }

    /// It stands there, cannot be read, and is set aside; whether it was.
    async fn is_set_aside_unread(&self) -> bool {
        let month = self.due.at.date_naive();
        let found = self.world.store.next_on_agenda(month, None, self.due.at);
        let found = found.await.unwrap().remove(0);
        assert!(found.due.is_err());
        let aside = self.world.store.set_unreadable_aside(&found, "unreadable");
        aside.await.unwrap()
    }
}

/// What is sent with all of this.
pub(super) async fn flow() -> BTreeSet<String> {
    let (salon, first, _) = moved_twice().await;
    let world = &salon.world;
    world.deliver(&first).await;
    world.work(Duration::from_secs(60)).await;
    let record = Record::of(world);
    record.says(2, true).await;
    record.fails(5).await;
    record.fails(1).await;
    record.is_tried_again().await;
    record.fails(1).await;
    record.says(4, true).await;
    record.is_tried_again().await;
    let end = format!("#{}", record.due.what.name());
    world.spoil_on_agenda(&end, "due, version").await;
    record.is_set_aside_unread().await;
    world.faults.conditions().sent()
}

#[tokio::test]
async fn what_an_older_version_puts_on_the_agenda_late_does_not_replace_what_a_later_one_did() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        let condition = format!("PutItem {LATER}");
        let ended = overtaken(
            &world,
            (&condition, left),
            record.says(2, true),
            record.says(4, true),
        )
        .await;
        let spoilt = left == Left::Nothing;
        assert_eq!(
            (&ended.then["version"], ended.now["version"] == 2),
            (&json!(4), spoilt)
        );
        // Told late as well: it takes away what version 2 put there, and nothing of version 4.
        record.says(3, false).await;
        assert_eq!(record.stands().await, !spoilt);
    }
}

#[tokio::test]
async fn what_an_older_version_takes_off_the_agenda_late_stays_where_a_later_one_put_it() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        record.says(2, true).await;
        let before = ("DeleteItem DUE version < ?", left);
        overtaken(&world, before, record.says(3, false), record.says(4, true)).await;
        assert_eq!(record.stands().await, left == Left::Alone);
    }
}

#[tokio::test]
async fn what_was_done_and_is_due_again_meanwhile_stays_on_the_agenda() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        record.says(2, true).await;
        let done = record.found().await.unwrap();
        let version = ("DeleteItem DUE version = ?", left);
        overtaken(
            &world,
            version,
            world.store.done_on_agenda(&done),
            record.says(4, true),
        )
        .await;
        assert_eq!(record.stands().await, left == Left::Alone);
    }
}

#[tokio::test]
async fn what_failed_and_was_done_by_another_meanwhile_does_not_come_back() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        record.says(2, true).await;
        let item = record.found().await.unwrap();
        let failed = world.store.failed_on_agenda(&item, "broken", 5);
        let version = ("PutItem DUE version = ?", left);
        overtaken(&world, version, failed, world.store.done_on_agenda(&item)).await;
        assert_eq!(record.stands().await, left == Left::Nothing);
    }
}

#[tokio::test]
async fn what_failed_too_often_and_was_done_by_another_meanwhile_is_not_set_aside() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        record.says(2, true).await;
        let item = record.found().await.unwrap();
        let failed = world.store.failed_on_agenda(&item, "broken", 1);
        let version = ("Delete DUE version = ?", left);
        let ended = overtaken(&world, version, failed, world.store.done_on_agenda(&item)).await;
        let aside = world.store.set_aside().await.unwrap().len();
        let spoilt = left == Left::Nothing;
        assert_eq!((ended.slow.unwrap(), aside), (spoilt, usize::from(spoilt)));
    }
}

#[tokio::test]
async fn what_cannot_be_read_and_is_due_again_meanwhile_stays_on_the_agenda() {
    for left in ALONE_OR_NOTHING {
        let world = World::alone().await;
        let record = Record::of(&world);
        record.says(2, true).await;
        let end = format!("#{}", record.due.what.name());
        assert_eq!(world.spoil_on_agenda(&end, "due").await, 1);
        let version = ("Delete DUE version = ?", left);
        let aside = record.is_set_aside_unread();
        let ended = overtaken(&world, version, aside, record.says(4, true)).await;
        assert_eq!(ended.slow, left == Left::Nothing);
        let stands = ended.now["version"] == 4;
        assert_eq!(stands, left == Left::Alone, "{}", ended.now);
    }
}

/// The business moves to a zone; what the stream tells of that.
async fn moved(salon: &Salon, version: u64, zone: &str) -> Vec<EventRecord> {
    let mut settings = salon.world.get("/v1/settings").ok().await;
    settings["time_zone"] = json!(zone);
    let put = salon.world.call("PUT", "/v1/settings").if_match(version);
    put.json(settings).ok().await;
    salon.world.told().await
}

/// A salon that moved twice, and what the stream tells of each move.
async fn moved_twice() -> (Salon, Vec<EventRecord>, Vec<EventRecord>) {
    let salon = salon().await;
    opportunity(&salon, "2026-12-05").await;
    salon.world.due_work().await;
    let first = moved(&salon, 1, "Asia/Tokyo").await;
    let second = moved(&salon, 2, "Europe/London").await;
    (salon, first, second)
}

/// The version of the settings that an agenda is to be made anew for.
async fn asked(world: &World) -> Vec<Value> {
    let anew = world.store.agendas_anew().await.unwrap();
    let anew = anew.into_iter().map(|it| serde_json::to_value(it).unwrap());
    anew.map(|it| it["version"].clone()).collect()
}

#[tokio::test]
async fn an_agenda_that_is_asked_for_late_by_older_settings_does_not_replace_what_newer_ones_ask() {
    for left in ALONE_OR_NOTHING {
        let (salon, first, second) = moved_twice().await;
        let world = &salon.world;
        let condition = format!("PutItem {}", LATER.replace("DUE", "AGENDA-ANEW"));
        let (slow, fast) = (world.deliver(&first), world.deliver(&second));
        overtaken(world, (&condition, left), slow, fast).await;
        let version = if left == Left::Alone { 3 } else { 2 };
        assert_eq!(asked(world).await, [version]);
    }
}

/// What it comes to and its end are written on the version that was begun with.
#[tokio::test]
async fn an_agenda_that_is_asked_for_again_while_it_is_made_is_made_again_from_the_beginning() {
    for condition in [
        "PutItem AGENDA-ANEW version = ?",
        "DeleteItem AGENDA-ANEW version = ?",
    ] {
        for left in ALONE_OR_NOTHING {
            let (salon, first, second) = moved_twice().await;
            let world = &salon.world;
            world.deliver(&first).await;
            let work = world.work(Duration::from_secs(60));
            let ended = overtaken(world, (condition, left), work, world.deliver(&second)).await;
            assert_eq!(
                (&ended.then["version"], &ended.then["next"]),
                (&json!(3), &json!("packages"))
            );
            let waits = asked(world).await == [json!(3)];
            assert_eq!(waits, left == Left::Alone, "{condition}");
        }
    }
}
