//! GET /v1/journal.

use local::Role;
use serde_json::{Value, json};

use super::{at, check_pages, facts};
use crate::harness::{Salon, World};

/// Five customers who came at 9:01 to 9:05, after the salon opened at 8:00.
async fn busy() -> Salon {
    let salon = Salon::open().await;
    for minute in 1..=5 {
        at(&salon, minute);
        let email = format!("c-{minute}@example.com");
        salon.customer("Someone", &email).await;
    }
    salon
}

async fn read(world: &World, query: &str) -> Vec<Value> {
    let page = world.get(&format!("/v1/journal?{query}")).ok().await;
    assert!(page["next_cursor"].is_null(), "{query}");
    page["items"].as_array().unwrap().clone()
}

/// The minutes after nine of entries.
fn minutes(entries: &[Value]) -> Vec<u32> {
    let minute = |entry: &Value| entry["at"].as_str().unwrap()[14..16].parse().unwrap();
    entries.iter().map(minute).collect()
}

#[tokio::test]
async fn the_business_s_journal_tells_everything_the_newest_first() {
    let salon = busy().await;
    at(&salon, 6);
    salon.sell_visits(10, &[&salon.manicure]).await;
    let whole = read(&salon.world, "limit=100").await;
    let mut told = facts(&whole);
    // The sale comes after its template; the opening was all at once.
    told[..2].sort_unstable();
    assert_eq!(told[..2], ["package-sold", "package-template-saved"]);
    assert_eq!(told[2..7], ["customer-created"; 5]);
    let mut opening = told[7..].to_vec();
    opening.sort_unstable();
    let opened = [
        "customer-created",
        "service-saved",
        "service-saved",
        "settings-changed",
        "stage-scheme-saved",
    ];
    assert_eq!(opening, opened);
    let ids: Vec<&str> = whole.iter().map(|e| e["id"].as_str().unwrap()).collect();
    assert!(ids.is_sorted_by(|newer, older| newer > older));
    assert_eq!(ids.len(), salon.world.journal().await.len());
    check_pages(&salon.world, "/v1/journal", &whole).await;
}

#[tokio::test]
async fn since_is_the_first_instant_and_until_is_the_first_one_after() {
    let salon = busy().await;
    for (since, until, expected) in [
        (Some("09:02:00Z"), None, vec![5, 4, 3, 2]),
        (Some("09:02:00.001Z"), None, vec![5, 4, 3]),
        (Some("09:02:00Z"), Some("09:04:00Z"), vec![3, 2]),
        (Some("09:01:30Z"), Some("09:04:00.001Z"), vec![4, 3, 2]),
        (Some("09:02:00Z"), Some("09:02:00Z"), vec![]),
        (Some("09:04:00Z"), Some("09:02:00Z"), vec![]),
        (Some("09:05:00.001Z"), None, vec![]),
        // The same instants elsewhere on earth.
        (Some("12:04:00%2B03:00"), None, vec![5, 4]),
        (Some("11:01:00%2B02:00"), Some("04:03:00-05:00"), vec![2, 1]),
    ] {
        let mut bounds = String::new();
        for (name, bound) in [("since", since), ("until", until)] {
            if let Some(bound) = bound {
                bounds += &format!("&{name}=2026-11-22T{bound}");
            }
        }
        let whole = read(&salon.world, &format!("limit=100{bounds}")).await;
        assert_eq!(minutes(&whole), expected, "{bounds}");
        for limit in 1..=3 {
            let path = format!("/v1/journal?limit={limit}{bounds}");
            assert_eq!(salon.world.pages(&path).await.concat(), whole, "{path}");
        }
    }
    let opening = read(&salon.world, "until=2026-11-22T09:01:00Z").await;
    assert_eq!(opening.len(), 5);
    let all = read(&salon.world, "since=2026-11-22T08:00:00Z").await;
    assert_eq!(all.len(), 10);
}

#[tokio::test]
async fn the_bounds_are_instants() {
    let salon = Salon::open().await;
    for query in [
        "since=yesterday",
        "since=2026-11-22",
        "until=2026-11-22T08:00:00",
        "until=1700000000",
        "from=2026-11-22T08:00:00Z",
    ] {
        let path = format!("/v1/journal?{query}");
        salon.world.get(&path).refused(400, "malformed-query").await;
    }
}

#[tokio::test]
async fn the_business_s_journal_is_the_owner_s_alone() {
    let salon = Salon::open().await;
    let customer = salon.ayses_token().await;
    let others = [Role::Staff, Role::Sales, Role::Machine].map(|role| salon.world.token(role));
    for token in others.iter().chain([&customer]) {
        let call = salon.world.get("/v1/journal").by(token);
        call.refused(403, "forbidden").await;
    }
    let next_door = salon.world.get("/v1/journal").by(&salon.world.next_door());
    let nothing = json!({"items": [], "next_cursor": null});
    assert_eq!(next_door.ok().await, nothing);
}
