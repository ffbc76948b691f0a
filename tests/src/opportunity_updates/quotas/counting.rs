//! What counts for a quota, and what it comes to.

use serde_json::{Value, json};

use super::{link, linked, november, of_lira, opened, read, set};
use crate::harness::{Salon, lira};

#[tokio::test]
async fn a_quota_counts_what_is_linked_to_it_and_says_what_it_leaves_out() {
    let salon = Salon::open().await;
    let quota = set(&salon, of_lira(100_000)).await;
    let won = opened(&salon, lira(40_000), "2026-12-24").await;
    let open = opened(&salon, lira(90_000), "2026-11-30").await;
    let late = opened(&salon, lira(7), "2026-12-01").await;
    let turned = opened(&salon, lira(9), "2026-11-30").await;
    let unlinked = opened(&salon, lira(11), "2026-11-30").await;
    for opportunity in [&won, &open, &late, &turned] {
        linked(&salon, opportunity, &quota).await;
    }
    // Its currency changes after it was linked.
    let euro = json!({"estimate": {"amount_minor": 500, "currency": "EUR"}});
    let path = format!("/v1/opportunities/{turned}");
    let turning = salon.world.call("PATCH", &path).if_match(2).json(euro);
    turning.ok().await;
    salon
        .world
        .win(&salon.world.business, &won, Vec::new())
        .await;
    salon
        .world
        .win(&salon.world.business, &unlinked, Vec::new())
        .await;

    let progress = read(&salon, &quota).await;
    let figures = |name: &str| progress[name].clone();
    assert_eq!(
        (figures("won_count"), figures("won")),
        (json!(1), lira(40_000))
    );
    assert_eq!(
        (figures("open_count"), figures("open")),
        (json!(1), lira(90_000))
    );
    assert_eq!(figures("gap"), 60_000);
    let rate = json!({"numerator": 40_000, "denominator": 100_000, "rate_basis_points": 4000});
    assert_eq!(figures("attainment"), rate);
    let rate = json!({"numerator": 90_000, "denominator": 60_000, "rate_basis_points": 15_000});
    assert_eq!(figures("coverage"), rate);
    assert_eq!(figures("won_in_other_currencies"), 0);
    assert_eq!(figures("open_in_other_currencies"), 1);
    assert_eq!(figures("frozen"), false);
    let listed = progress["opportunities"].as_array().unwrap();
    let listed: Vec<&Value> = listed.iter().map(|listed| &listed["id"]).collect();
    assert_eq!(listed.len(), 3);
    assert_eq!(listed[0], &json!(won));
    assert!(listed.contains(&&json!(open)) && listed.contains(&&json!(turned)));
}

#[tokio::test]
async fn a_quota_of_a_count_counts_any_currency() {
    let salon = Salon::open().await;
    let quota = set(&salon, november(json!({"target_count": 2}))).await;
    for estimate in [lira(1), json!({"amount_minor": 1, "currency": "EUR"})] {
        let won = opened(&salon, estimate, "2026-11-30").await;
        linked(&salon, &won, &quota).await;
        salon
            .world
            .win(&salon.world.business, &won, Vec::new())
            .await;
    }
    let progress = read(&salon, &quota).await;
    assert_eq!(
        (&progress["won_count"], &progress["won"]),
        (&json!(2), &json!(null))
    );
    assert_eq!(
        (&progress["gap"], &progress["coverage"]),
        (&json!(0), &json!(null))
    );
}

#[tokio::test]
async fn closing_freezes_the_figures_and_what_is_linked() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let quota = set(&salon, of_lira(100_000)).await;
    let won = opened(&salon, lira(40_000), "2026-11-30").await;
    let open = opened(&salon, lira(5000), "2026-11-30").await;
    let other = opened(&salon, lira(1), "2026-11-30").await;
    for opportunity in [&won, &open] {
        linked(&salon, opportunity, &quota).await;
    }
    world.win(&world.business, &won, Vec::new()).await;
    let path = format!("/v1/quotas/{quota}");
    let close = format!("{path}/close");
    // The last day ends at 21:00 UTC in Istanbul; what was won in its last moment has a minute more.
    world.set_clock("2026-11-30T21:00:59Z");
    world
        .call("POST", &close)
        .refused(409, "quota-running")
        .await;
    world.set_clock("2026-11-30T21:01:00Z");
    let closed = world.call("POST", &close).ok().await;
    assert_eq!(
        (&closed["frozen"], &closed["won"]),
        (&json!(true), &lira(40_000))
    );
    assert_eq!(closed["quota"]["version"], 2);
    let before = world.journal().await.len();
    let again = world.call("POST", &close).send().await;
    assert_eq!(
        (again.status, again.replayed, again.body),
        (200, true, closed)
    );
    assert_eq!(world.journal().await.len(), before);

    // Nothing is moved to it or from it, nor is it edited.
    let refused = link(&salon, &other, json!(quota), 1).await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (409, &json!("quota-closed"))
    );
    let refused = link(&salon, &won, json!(null), 3).await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (409, &json!("quota-closed"))
    );
    let edit = world.call("PUT", &path).if_match(2).json(of_lira(1));
    edit.refused(409, "quota-closed").await;

    // What was open then is won now, and counts no more: the figures stay.
    world.win(&world.business, &open, Vec::new()).await;
    let after = read(&salon, &quota).await;
    assert_eq!(
        (&after["won"], &after["open"]),
        (&lira(40_000), &lira(5000))
    );
    let listed = after["opportunities"].as_array().unwrap();
    assert_eq!((listed.len(), &listed[0]["id"]), (1, &json!(won)));
    assert_eq!(after["quota"]["closed_at"], "2026-11-30T21:01:00Z");
}

#[tokio::test]
async fn who_gives_an_opportunity_away_takes_it_out_of_the_figures() {
    let salon = Salon::open().await;
    let quota = set(&salon, of_lira(100)).await;
    let mine = opened(&salon, lira(40), "2026-11-30").await;
    linked(&salon, &mine, &quota).await;
    assert_eq!(read(&salon, &quota).await["open_count"], 1);
    let none = link(&salon, &mine, json!(null), 2).await;
    assert_eq!(none.status, 200);
    assert_eq!(read(&salon, &quota).await["open_count"], 0);
}
