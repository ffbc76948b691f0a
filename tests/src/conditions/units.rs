//! Packages: no unit is taken twice, none from a package that ended or was closed, and none against a cap.

use std::collections::BTreeSet;

use futures::future::join_all;
use serde_json::{Value, json};

use super::{ALONE_OR_NOTHING, ALONE_OR_OTHERS, overtaken};
use crate::due_work;
use crate::harness::{Call, Left, Salon, lira};
use crate::package_care::{care, sold};

/// Something that is asked for twice at once.
#[derive(Debug, Clone, Copy)]
enum Twice {
    LastUnit,
    Completed,
    Reversed,
    MissedReversed,
    Extended,
    PassCancelled,
    TakenBack,
}

/// What falls below zero when both are carried out, each a number that is looked after by itself.
const BELOW_ZERO: [(Twice, &[&str]); 7] = [
    (Twice::LastUnit, &["available"]),
    (Twice::Completed, &["held", "worth_minor"]),
    (Twice::Reversed, &["captured", "used_at_list_minor"]),
    (Twice::MissedReversed, &["forfeited"]),
    (Twice::Extended, &["expired", "expired_minor"]),
    (Twice::PassCancelled, &["granted", "days.day"]),
    (Twice::TakenBack, &["price_minor"]),
];

impl Twice {
    /// The two requests, in a salon where the first one of them leaves nothing for the second.
    async fn requests(self, salon: &Salon) -> [Call; 2] {
        let resolve = |verb: &str| {
            let path = format!("/v1/bookings/b/{verb}");
            salon.world.post(&path, json!({}))
        };
        let twice = |verb: &str| [resolve(verb), resolve(verb)];
        match self {
            Twice::LastUnit => {
                sold(salon, 1, 100).await;
                ["b-1", "b-2"].map(|id| book(salon, id, "2026-11-23"))
            }
            Twice::Completed | Twice::Reversed => {
                sold(salon, 1, 100).await;
                book(salon, "b", "2026-11-23").ok().await;
                if matches!(self, Twice::Completed) {
                    return twice("complete");
                }
                salon.resolve("b", "complete").await;
                twice("reverse")
            }
            Twice::MissedReversed => {
                sold(salon, 1, 100).await;
                book(salon, "b", "2026-11-23").ok().await;
                salon.world.set_clock("2026-11-23T12:00:00Z");
                salon.resolve("b", "no-show").await;
                twice("reverse")
            }
            Twice::Extended => {
                let package = sold(salon, 1, 100).await;
                salon.world.due_work().await;
                salon.world.set_clock("2026-12-24T08:00:00Z");
                salon.world.due_work().await;
                let until = |day: &str| json!({"expires_on": day});
                ["2027-02-28", "2027-03-31"].map(|day| care(salon, &package, "extend", until(day)))
            }
            Twice::PassCancelled => {
                pass(salon).await;
                book(salon, "b", "2026-11-23").ok().await;
                twice("cancel")
            }
            Twice::TakenBack => {
                let package = sold(salon, 1, 100).await;
                let body = json!({"units": -1, "reason": "correction"});
                [(), ()].map(|()| care(salon, &package, "adjustments", body.clone()))
            }
        }
    }
}

fn book(salon: &Salon, id: &str, day: &str) -> Call {
    let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
    body["starts_at"] = json!(format!("{day}T10:00:00Z"));
    salon.world.post("/v1/bookings", body)
}

/// A pass that may be used once a day.
async fn pass(salon: &Salon) -> String {
    let pass = json!({
        "name": "Sınırsız", "kind": "pass", "caps": {"per_day": 1}, "price": lira(100_000),
        "services": [{"service_id": salon.manicure}], "validity": {"count": 30, "unit": "days"},
    });
    salon.sell_as(pass).await
}

/// A number of the only pool of a stored package.
fn number(package: &Value, name: &str) -> i64 {
    let pool = &package["pools"][0];
    let number = match name {
        "days.day" => &pool["days"]["2026-11-23"],
        name => &pool[name],
    };
    number.as_i64().unwrap_or_default()
}

async fn salon(twice: Twice) -> Salon {
    match matches!(twice, Twice::Extended) {
        true => due_work::salon().await,
        false => Salon::open().await,
    }
}

/// What is sent with all of this.
pub(super) async fn flow() -> BTreeSet<String> {
    let sent = BELOW_ZERO.map(|(twice, _)| async move {
        let salon = salon(twice).await;
        let [one, _] = twice.requests(&salon).await;
        one.ok().await;
        salon.world.faults.conditions().sent()
    });
    join_all(sent).await.into_iter().flatten().collect()
}

async fn check(twice: Twice, names: &[&str], (condition, left): (&str, Left)) {
    let salon = salon(twice).await;
    let [slow, fast] = twice.requests(&salon).await;
    let ended = overtaken(&salon.world, (condition, left), slow.send(), fast.ok()).await;
    let spoilt = left == Left::Nothing;
    assert_eq!(ended.written, spoilt, "{twice:?}: {condition}");
    for name in names {
        let (then, now) = (number(&ended.then, name), number(&ended.now, name));
        assert!(then >= 0, "{twice:?}: {name} is {then}");
        assert_eq!(now < 0, spoilt, "{twice:?}: {name} is {now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_that_take_the_same_units_each_number_alone_refuses_the_later() {
    let checks = BELOW_ZERO.into_iter().flat_map(|(twice, names)| {
        let condition = |name: &&str| format!("Update PACKAGE pools[?].{name} >= ?");
        let alone = names.iter().map(condition);
        let alone = alone.map(|condition| (condition, Left::Alone));
        let nothing = (condition(&names[0]), Left::Nothing);
        alone
            .chain([nothing])
            .map(move |(condition, left)| async move {
                check(twice, names, (&condition, left)).await;
            })
    });
    join_all(checks).await;
}

#[tokio::test]
async fn of_two_changes_of_one_version_of_a_package_the_version_alone_refuses_the_later() {
    for (twice, names) in BELOW_ZERO {
        check(twice, names, ("Update PACKAGE version = ?", Left::Alone)).await;
    }
}

#[tokio::test]
async fn two_visits_on_one_day_of_a_pass_for_one_a_day_are_refused_by_the_version_and_nothing_else()
{
    for left in ALONE_OR_OTHERS {
        let salon = Salon::open().await;
        pass(&salon).await;
        let [slow, fast] = ["b-1", "b-2"].map(|id| book(&salon, id, "2026-11-23"));
        let version = ("Update PACKAGE version = ?", left);
        let ended = overtaken(&salon.world, version, slow.send(), fast.ok()).await;
        let visits = number(&ended.now, "days.day");
        match left == Left::Alone {
            true => assert_eq!(
                (ended.slow.body["code"].as_str(), visits),
                (Some("cap-reached"), 1)
            ),
            false => assert_eq!((ended.slow.status, visits), (201, 2)),
        }
    }
}

#[tokio::test]
async fn a_booking_overtaken_by_the_voiding_of_its_package_is_refused_by_the_stage_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let package = sold(&salon, 1, 100).await;
        let void = care(&salon, &package, "void", json!({"reason": "mistake"}));
        let stage = ("Update PACKAGE standing.stage = ?", left);
        let slow = book(&salon, "b", "2026-11-23").send();
        let ended = overtaken(&salon.world, stage, slow, void.ok()).await;
        assert_eq!(ended.now["standing"]["stage"], "voided");
        let held = number(&ended.now, "held");
        match left == Left::Alone {
            true => assert_eq!(
                (ended.slow.body["code"].as_str(), held),
                (Some("package-not-active"), 0)
            ),
            false => assert_eq!((ended.slow.status, held), (201, 1)),
        }
    }
}

/// Frozen until the 29th it lasts a week longer; unfrozen at once it does not.
#[tokio::test]
async fn a_booking_after_an_end_that_has_moved_is_refused_by_the_end_alone() {
    for left in ALONE_OR_NOTHING {
        let salon = Salon::open().await;
        let package = sold(&salon, 1, 100).await;
        let freeze = json!({"until": "2026-11-29"});
        care(&salon, &package, "freeze", freeze).ok().await;
        let unfreeze = care(&salon, &package, "unfreeze", json!({}));
        let end = "(standing.ends_at absent OR standing.ends_at > ?)";
        let end = format!("Update PACKAGE {end}");
        let slow = book(&salon, "b", "2026-12-27").send();
        let ended = overtaken(&salon.world, (&end, left), slow, unfreeze.ok()).await;
        assert_eq!(ended.fast["expires_at"], "2026-12-22T21:00:00Z");
        let held = number(&ended.now, "held");
        match left == Left::Alone {
            true => assert_eq!(
                (ended.slow.body["code"].as_str(), held),
                (Some("expired-at-appointment"), 0)
            ),
            false => assert_eq!((ended.slow.status, held), (201, 1)),
        }
    }
}
