//! The same file again imports nothing twice.

use serde_json::json;

use super::{counts, errors, file, import, importing, wallet};
use crate::harness::{Salon, Trouble};

const LINES: [&str; 4] = [
    "a@example.com,Ana,,A,credit,,100,10,100,TRY,,2026-01-01,,7",
    "a@example.com,Ana,,B,credit,,100,,100,TRY,,2026-01-01,,",
    "a@example.com,Ana,,B,credit,,100,,100,TRY,,2026-01-01,,",
    "b@example.com,Bora,,C,credit,,100,,100,TRY,,2026-01-02,,",
];

#[tokio::test]
async fn a_file_that_is_sent_again_adds_nothing() {
    let salon = Salon::open().await;
    let first = import(&salon, &LINES).await;
    assert_eq!((errors(&first), counts(&first)), (vec![], [4, 4, 0, 0, 2]));
    let entries = salon.world.journal().await.len();
    let again = import(&salon, &LINES).await;
    assert_eq!((errors(&again), counts(&again)), (vec![], [4, 0, 4, 0, 0]));
    // In another order, with another separator and the people called otherwise.
    let turned: Vec<String> = LINES
        .iter()
        .rev()
        .map(|line| line.replace(',', ";").replace("Ana", "Ana Pop"))
        .collect();
    let turned = format!("{}\n{}", super::HEAD.replace(',', ";"), turned.join("\r\n"));
    let turned = importing(&salon.world, "", turned).ok().await;
    assert_eq!(
        (errors(&turned), counts(&turned)),
        (vec![], [4, 0, 4, 0, 0])
    );
    let dry = importing(&salon.world, "?dry_run=true", file(&LINES))
        .ok()
        .await;
    assert_eq!(counts(&dry), [4, 0, 4, 0, 0]);
    assert_eq!(salon.world.journal().await.len(), entries);
    // A line more is one package more.
    let mut more = LINES.to_vec();
    more.push(LINES[2]);
    assert_eq!(counts(&import(&salon, &more).await), [5, 1, 4, 0, 0]);
}

#[tokio::test]
async fn a_package_that_was_used_meanwhile_is_not_imported_again() {
    let salon = Salon::open().await;
    let line = "ayse@example.com,,,On,visits,Manikür,10,4,1000,TRY,,2026-05-01,2026-12-31,1";
    import(&salon, &[line]).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    salon.resolve("b", "complete").await;
    assert_eq!(counts(&import(&salon, &[line]).await), [1, 0, 1, 0, 0]);
    let wallet = wallet(&salon, "ayse@example.com").await;
    assert_eq!(wallet["packages"].as_array().unwrap().len(), 1);
    assert_eq!(wallet["packages"][0]["pools"][0]["used"], 5);
}

#[tokio::test]
async fn an_id_that_stands_for_something_else_by_now_is_refused() {
    let salon = Salon::open().await;
    import(&salon, &[LINES[0]]).await;
    let other = "a@example.com,Ana,,A,credit,,100,20,100,TRY,,2026-01-01,,7";
    let answer = import(&salon, &[other]).await;
    assert_eq!(errors(&answer), ["2 id import-differs"]);
    let answer = import(&salon, &[LINES[0], other]).await;
    assert_eq!(errors(&answer), ["3 id id-repeated"]);
    assert_eq!(counts(&answer), [2, 0, 1, 1, 0]);
}

#[tokio::test]
async fn the_same_file_from_two_sides_at_once_is_imported_once() {
    let salon = Salon::open().await;
    let send = || importing(&salon.world, "", file(&LINES)).ok();
    let (one, other) = tokio::join!(send(), send());
    let (one, other) = (counts(&one), counts(&other));
    assert_eq!((one[1] + other[1], one[2] + other[2]), (4, 4));
    assert_eq!(one[4] + other[4], 2, "{one:?} {other:?}");
    // Two customers and four packages beside the salon's own entries.
    let facts = salon.world.journal().await;
    let imported = facts
        .iter()
        .filter(|entry| entry.fact.name() == "package-imported");
    assert_eq!(imported.count(), 4);
}

#[tokio::test]
async fn an_answer_that_was_lost_is_no_second_package() {
    let salon = Salon::open().await;
    salon.world.faults.expect(&[Trouble::LostAnswer; 6]);
    let answer = import(&salon, &LINES[..1]).await;
    assert!(salon.world.faults.over());
    assert_eq!(
        (errors(&answer), counts(&answer)),
        (vec![], [1, 1, 0, 0, 1])
    );
    let wallet = wallet(&salon, "a@example.com").await;
    assert_eq!(wallet["packages"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn another_business_imports_the_same_file_for_itself() {
    let salon = Salon::open().await;
    import(&salon, &LINES).await;
    let next_door = salon.world.next_door();
    let settings = json!({"name": "Forta", "time_zone": "Europe/Bucharest", "deduct_at": "booking", "no_show": "release"});
    salon
        .world
        .call("PUT", "/v1/settings")
        .json(settings)
        .by(&next_door)
        .ok()
        .await;
    let answer = importing(&salon.world, "", file(&LINES))
        .by(&next_door)
        .ok()
        .await;
    assert_eq!(counts(&answer), [4, 4, 0, 0, 2]);
}
