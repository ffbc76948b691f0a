//! A file that takes longer than a request.

use std::time::Duration;

use domain::journal::Entry;
use serde_json::{Value, json};

use super::{counts, file, importing};
use crate::harness::{Salon, Trouble, World};

fn lines(of: std::ops::Range<u32>, email: &str) -> Vec<String> {
    of.map(|n| format!("{email},Ana,,P{n},credit,,100,,100,TRY,,2026-01-01,,{n}"))
        .collect()
}

fn file_of(lines: &[String]) -> String {
    file(&lines.iter().map(String::as_str).collect::<Vec<_>>())
}

fn next(answer: &Value) -> (Option<u64>, bool) {
    (
        answer["next_line"].as_u64(),
        answer["done"].as_bool().unwrap(),
    )
}

#[tokio::test]
async fn a_file_is_worked_through_part_by_part() {
    let salon = Salon::open().await;
    let mut text = file_of(&lines(0..250, "a@example.com"));
    text.push_str(",,,,,,,,,,,,,\n\n");
    let mut from = String::new();
    let mut parts = Vec::new();
    loop {
        let query = format!("?limit=120{from}");
        let answer = importing(&salon.world, &query, text.clone()).ok().await;
        assert_eq!(answer["total_lines"], 250);
        parts.push((counts(&answer), next(&answer)));
        match answer["next_line"].as_u64() {
            Some(line) => from = format!("&from_line={line}"),
            None => break,
        }
    }
    assert_eq!(
        parts,
        [
            ([120, 120, 0, 0, 1], (Some(122), false)),
            ([120, 120, 0, 0, 0], (Some(242), false)),
            ([10, 10, 0, 0, 0], (None, true)),
        ]
    );
    let beyond = importing(&salon.world, "?from_line=300", text.clone())
        .ok()
        .await;
    assert_eq!((counts(&beyond), next(&beyond)), ([0; 5], (None, true)));
    let again = importing(&salon.world, "?from_line=2", text).ok().await;
    assert_eq!(
        (counts(&again), next(&again)),
        ([250, 0, 250, 0, 0], (None, true))
    );
}

#[tokio::test]
async fn equal_lines_are_counted_from_the_beginning_wherever_a_request_begins() {
    let salon = Salon::open().await;
    let line = "ayse@example.com,,,Kredi,credit,,100,,100,TRY,,2026-01-01,,";
    let text = file(&[line, line, line]);
    for (query, expected) in [
        ("?limit=1", [1, 1, 0, 0, 0]),
        ("?from_line=3&limit=1", [1, 1, 0, 0, 0]),
        ("?from_line=3", [2, 1, 1, 0, 0]),
    ] {
        let answer = importing(&salon.world, query, text.clone()).ok().await;
        assert_eq!(counts(&answer), expected, "{query}");
    }
}

#[tokio::test]
async fn no_line_is_begun_after_fifteen_seconds() {
    let salon = Salon::open().await;
    let text = file_of(&lines(0..5, "ayse@example.com"));
    let pause = salon.world.faults.pause();
    let slow = async {
        pause.reached().await;
        salon.world.set_clock("2026-11-22T08:00:15Z");
        pause.resume();
    };
    let (answer, ()) = tokio::join!(importing(&salon.world, "", text.clone()).ok(), slow);
    // The one that was under way is finished.
    assert_eq!(
        (counts(&answer), next(&answer)),
        ([1, 1, 0, 0, 0], (Some(3), false))
    );
    let rest = importing(&salon.world, "?from_line=3", text).ok().await;
    assert_eq!(
        (counts(&rest), next(&rest)),
        ([4, 4, 0, 0, 0], (None, true))
    );
}

#[tokio::test]
async fn what_was_taken_over_after_the_line_where_it_goes_on_is_counted_when_it_was() {
    let salon = Salon::open().await;
    salon.customer("Fatma", "fatma@example.com").await;
    let mut all = lines(0..2, "ayse@example.com");
    all.extend(lines(2..3, "fatma@example.com"));
    let text = file_of(&all);
    let pause = salon.world.faults.pause();
    let slow = async {
        pause.reached().await;
        // The other customer's line goes through meanwhile.
        let is_import = |entry: &Entry| entry.fact.name() == "package-imported";
        while !salon.world.journal().await.iter().any(is_import) {
            tokio::task::yield_now().await;
        }
        salon.world.set_clock("2026-11-22T08:00:15Z");
        pause.resume();
    };
    let (answer, ()) = tokio::join!(importing(&salon.world, "", text.clone()).ok(), slow);
    // Whichever of the two came first: the line after the one that was not begun is told now.
    let rest = match answer["next_line"].as_u64() {
        Some(line) => {
            let query = format!("?from_line={line}");
            importing(&salon.world, &query, text).ok().await
        }
        None => json!({"imported": 0}),
    };
    let imported = |answer: &Value| answer["imported"].as_u64().unwrap();
    assert_eq!(imported(&answer) + imported(&rest), 3, "{answer} {rest}");
    assert!(imported(&answer) >= 2, "{answer}");
}

#[tokio::test]
async fn a_customer_who_was_added_when_the_time_was_over_is_there_for_the_next_request() {
    let salon = Salon::open().await;
    let text = file_of(&lines(0..2, "a@example.com"));
    let pause = salon.world.faults.pause();
    let slow = async {
        pause.reached().await;
        salon.world.set_clock("2026-11-22T08:00:16Z");
        pause.resume();
    };
    let (answer, ()) = tokio::join!(importing(&salon.world, "", text.clone()).ok(), slow);
    // Counted when it was, and not again.
    assert_eq!(
        (counts(&answer), next(&answer)),
        ([0, 0, 0, 0, 1], (Some(2), false))
    );
    let rest = importing(&salon.world, "?from_line=2", text).ok().await;
    assert_eq!(
        (counts(&rest), next(&rest)),
        ([2, 2, 0, 0, 0], (None, true))
    );
}

#[tokio::test]
async fn a_database_out_of_reach_stops_the_file_where_it_is() {
    let world = World::with_patience(Duration::from_millis(700)).await;
    let salon = Salon::within(world, "booking", "forfeit").await;
    let text = file_of(&lines(0..3, "ayse@example.com"));
    let importing = |query: &str| importing(&salon.world, query, text.clone());
    salon.world.faults.expect(&[Trouble::Endless]);
    importing("").refused(503, "busy").await;
    assert_eq!(counts(&importing("?limit=1").ok().await), [1, 1, 0, 0, 0]);
    // The first line is there already, the second does not come through.
    salon.world.faults.expect(&[Trouble::Endless]);
    let answer = importing("").ok().await;
    assert_eq!(
        (counts(&answer), next(&answer)),
        ([1, 0, 1, 0, 0], (Some(3), false))
    );
    let rest = importing("?from_line=3").ok().await;
    assert_eq!(
        (counts(&rest), next(&rest)),
        ([2, 2, 0, 0, 0], (None, true))
    );
}

#[tokio::test]
async fn too_many_mistakes_are_told_in_parts() {
    let salon = Salon::open().await;
    let wrong = vec!["x,,,,,,,,,,,,,"; 500];
    let text = file(&wrong);
    let answer = importing(&salon.world, "?dry_run=true", text.clone())
        .ok()
        .await;
    let line = answer["next_line"].as_u64().unwrap();
    assert_eq!(line, answer["lines"].as_u64().unwrap() + 2);
    let told = answer["errors"].as_array().unwrap().len();
    assert!((1000..1500).contains(&told), "{told}");
    let query = format!("?dry_run=true&from_line={line}");
    let rest = importing(&salon.world, &query, text).ok().await;
    assert_eq!(rest["done"], json!(true));
    assert_eq!(
        rest["failed"].as_u64().unwrap() + answer["failed"].as_u64().unwrap(),
        500
    );
}
