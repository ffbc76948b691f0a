//! GET /v1/opportunities.

use serde_json::{Value, json};

use super::{body, done, opened, sales};
use crate::harness::{Salon, lira};

/// The titles of what is listed, page by page.
async fn titles(salon: &Salon, query: &str) -> Vec<String> {
    let pages = salon
        .world
        .pages(&format!("/v1/opportunities?{query}"))
        .await;
    let cards = pages.concat().into_iter();
    cards
        .map(|card| card["title"].as_str().unwrap().to_owned())
        .collect()
}

/// Opportunities of every status, stage, representative and customer, some on the same day.
async fn shelf(salon: &Salon) {
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let open = |title: &'static str, close: &'static str, more: Value| {
        let mut body = json!({"title": title, "expected_close_on": close});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        async move { opened(salon, body).await }
    };
    open("late", "2026-12-20", json!({"customer_id": fatma})).await;
    let moved = open(
        "soon",
        "2026-11-30",
        json!({"representative_id": "sales-1"}),
    )
    .await;
    done(salon, &moved, "stage", json!({"stage": 2})).await;
    open(
        "middle",
        "2026-12-10",
        json!({"representative_id": "sales-1"}),
    )
    .await;
    let rests = open("rests", "2026-12-01", json!({"customer_id": fatma})).await;
    done(salon, &rests, "suspend", json!({"resume_on": "2027-01-01"})).await;
    let won = open("won", "2026-12-05", json!({})).await;
    done(salon, &won, "close", json!({"outcome": "won"})).await;
    let lost = open(
        "lost",
        "2026-12-05",
        json!({"representative_id": "sales-1"}),
    )
    .await;
    let why = json!({"outcome": "lost", "reason": "price"});
    done(salon, &lost, "close", why).await;
    let given_up = open("given up", "2026-12-05", json!({})).await;
    let why = json!({"outcome": "abandoned", "reason": "not-a-fit"});
    done(salon, &given_up, "close", why).await;
}

#[tokio::test]
async fn opportunities_are_listed_by_status_and_then_by_day_whatever_is_asked_for() {
    let salon = Salon::open().await;
    shelf(&salon).await;
    let fatma = salon
        .world
        .get("/v1/customers?email=fatma@example.com")
        .ok()
        .await;
    let fatma = fatma["items"][0]["id"].as_str().unwrap().to_owned();
    let of_fatma = format!("customer_id={fatma}");
    let open_of_fatma = format!("customer_id={fatma}&status=open");
    let elsewhere_of_fatma = format!("customer_id={fatma}&stage=7");
    let by_sales = "representative_id=sales-1";
    for (query, expected) in [
        (
            "",
            &["soon", "middle", "late", "rests", "won", "lost", "given up"][..],
        ),
        ("status=open", &["soon", "middle", "late"]),
        ("status=suspended", &["rests"]),
        ("status=won", &["won"]),
        ("status=lost", &["lost"]),
        ("status=abandoned", &["given up"]),
        (&elsewhere_of_fatma, &[]),
        ("close_from=2026-12-10", &["middle", "late"]),
        ("close_to=2026-12-10", &["soon", "middle"]),
        ("close_from=2026-12-01&close_to=2026-12-19", &["middle"]),
        ("close_from=2026-12-19&close_to=2026-12-01", &[]),
        // Decided today.
        (
            "status=won&close_from=2026-11-22&close_to=2026-11-22",
            &["won"],
        ),
        ("status=won&close_from=2026-11-23", &[]),
        ("stage=2", &["soon"]),
        ("stage=1&status=open", &["middle", "late"]),
        (
            "stage=1",
            &["middle", "late", "rests", "won", "lost", "given up"],
        ),
        (
            "scheme_id=sch_00000000000000000000000000&stage=2",
            &["soon"],
        ),
        ("scheme_id=sch_00000000000000000000000009&stage=2", &[]),
        (by_sales, &["soon", "middle", "lost"]),
        ("representative_id=sales-1&stage=1", &["middle", "lost"]),
        (&of_fatma, &["late", "rests"]),
        (&open_of_fatma, &["late"]),
        ("representative_id=nobody", &[]),
        // Whoever opened them yesterday or today, none has been there too long.
        ("rotting=true", &[]),
        ("rotting=false&status=won", &["won"]),
    ] {
        for limit in ["", "&limit=1", "&limit=2"] {
            let asked = format!("{query}{limit}");
            assert_eq!(titles(&salon, &asked).await, expected, "{asked}");
            let reversed: Vec<&str> = expected.iter().rev().copied().collect();
            let asked = format!("{query}{limit}&descending=true");
            assert_eq!(titles(&salon, &asked).await, reversed, "{asked}");
        }
    }
    // Those in the first stage rot after 6 days, those in the second after 14.
    for (at, expected) in [
        ("2026-11-27T20:59:59Z", &[][..]),
        ("2026-11-27T21:00:00Z", &["middle", "late"]),
        ("2026-12-05T21:00:00Z", &["soon", "middle", "late"]),
    ] {
        salon.world.set_clock(at);
        assert_eq!(titles(&salon, "rotting=true").await, expected, "{at}");
        let one = titles(&salon, "rotting=true&limit=1").await;
        assert_eq!(one, expected, "{at}");
    }
}

#[tokio::test]
async fn a_card_shows_what_the_opportunity_does() {
    let salon = Salon::open().await;
    let more = json!({"period": "monthly", "term_months": 6});
    let opened = opened(&salon, more).await;
    let list = salon.world.get("/v1/opportunities").ok().await;
    let card = &list["items"][0];
    for (field, value) in card.as_object().unwrap() {
        let expected = match field.as_str() {
            "close_on" => &opened["expected_close_on"],
            "next_activity_at" => &Value::Null,
            field => &opened[field],
        };
        assert_eq!(value, expected, "{field}");
    }
    assert_eq!(card["value"], lira(5_400_000));
}

#[tokio::test]
async fn many_on_one_day_are_paged_without_gaps_or_doubles_in_every_list() {
    let salon = Salon::open().await;
    let mut open = Vec::new();
    for n in 0..65 {
        let day = ["2026-12-01", "2026-12-02"][usize::from(n % 13 == 0)];
        let more = json!({"expected_close_on": day, "representative_id": "sales-1"});
        let one = opened(&salon, more).await;
        open.push((day.to_owned(), one["id"].as_str().unwrap().to_owned()));
    }
    open.sort();
    let ids: Vec<&str> = open.iter().map(|(_, id)| id.as_str()).collect();
    let customer = format!("customer_id={}", salon.ayse);
    for list in [
        "status=open",
        "stage=1",
        "representative_id=sales-1",
        &customer,
    ] {
        for (limit, pages) in [(7, 10), (40, 2), (13, 5)] {
            for descending in [false, true] {
                let query = format!("{list}&limit={limit}&descending={descending}");
                let found = salon
                    .world
                    .pages(&format!("/v1/opportunities?{query}"))
                    .await;
                assert_eq!(found.len(), pages, "{query}");
                let found = found.concat();
                let mut found: Vec<&str> = found
                    .iter()
                    .map(|card| card["id"].as_str().unwrap())
                    .collect();
                if descending {
                    found.reverse();
                }
                assert_eq!(found, ids, "{query}");
            }
        }
    }
    let token = sales(&salon, "sales-1");
    let page = salon
        .world
        .get("/v1/opportunities?limit=40")
        .by(&token)
        .ok()
        .await;
    assert_eq!(page["items"].as_array().unwrap().len(), 40);
    let nobody = sales(&salon, "sales-2");
    let cursor = page["next_cursor"].as_str().unwrap();
    let path = format!("/v1/opportunities?cursor={cursor}");
    let page = salon.world.get(&path).by(&nobody);
    page.refused(400, "malformed-cursor").await;
}

#[tokio::test]
async fn a_query_that_makes_no_sense_is_refused() {
    let salon = Salon::open().await;
    for (query, code) in [
        ("limit=0", "malformed-limit"),
        ("limit=51", "malformed-limit"),
        ("cursor=QUFB", "malformed-cursor"),
        ("cursor=!!!", "malformed-cursor"),
        ("status=sold", "malformed-query"),
        (
            "scheme_id=sch_00000000000000000000000000",
            "malformed-query",
        ),
        ("stage=x", "malformed-query"),
        ("customer_id=x", "malformed-query"),
        ("close_from=2026-02-30", "malformed-query"),
        ("rotting=yes", "malformed-query"),
        ("unknown=1", "malformed-query"),
    ] {
        let get = salon.world.get(&format!("/v1/opportunities?{query}"));
        get.refused(400, code).await;
    }
}

#[tokio::test]
async fn no_cursor_tells_sales_of_what_is_not_theirs() {
    let salon = Salon::open().await;
    for _ in 0..3 {
        opened(&salon, json!({})).await;
    }
    let token = sales(&salon, "sales-1");
    let own = salon
        .world
        .post("/v1/opportunities", body(&salon, json!({})));
    let own: Value = own.by(&token).ok().await;
    let ayse = &salon.ayse;
    for path in [
        "/v1/opportunities?limit=1".to_owned(),
        "/v1/opportunities?stage=1&limit=1".to_owned(),
        format!("/v1/opportunities?customer_id={ayse}&limit=1"),
        "/v1/opportunities?representative_id=someone&limit=1".to_owned(),
    ] {
        let page = salon.world.get(&path).by(&token).ok().await;
        assert_eq!(page["items"][0]["id"], own["id"], "{path}");
        assert_eq!(page["next_cursor"], Value::Null, "{path}");
    }
    let page = format!("/v1/customers/{ayse}/opportunities?limit=1");
    let page = salon.world.get(&page).by(&token).ok().await;
    assert_eq!(page["items"][0]["opportunity"]["id"], own["id"]);
    assert_eq!(page["next_cursor"], Value::Null);
    let stranger = format!(
        "/v1/opportunities?customer_id={}",
        "cus_00000000000000000000000001"
    );
    let none = salon.world.get(&stranger).by(&token).ok().await;
    assert_eq!(none["items"], json!([]));
}

#[tokio::test]
async fn a_cursor_goes_on_in_its_own_list_and_in_no_other() {
    let salon = Salon::open().await;
    for _ in 0..2 {
        opened(&salon, json!({})).await;
    }
    let ayse = &salon.ayse;
    let lists = [
        "/v1/opportunities?".to_owned(),
        "/v1/opportunities?status=open".to_owned(),
        "/v1/opportunities?stage=1".to_owned(),
        "/v1/opportunities?descending=true".to_owned(),
        "/v1/opportunities?rotting=true".to_owned(),
        "/v1/opportunities?close_from=2026-11-22".to_owned(),
        "/v1/opportunities?representative_id=someone".to_owned(),
        format!("/v1/opportunities?customer_id={ayse}"),
        format!("/v1/customers/{ayse}/opportunities?"),
    ];
    let page = salon.world.get(&format!("{}&limit=1", lists[0])).ok().await;
    let cursor = page["next_cursor"].as_str().unwrap();
    for (place, list) in lists.iter().enumerate() {
        let next = salon.world.get(&format!("{list}&cursor={cursor}"));
        match place {
            0 => assert_eq!(next.ok().await["items"].as_array().unwrap().len(), 1),
            _ => drop(next.refused(400, "malformed-cursor").await),
        }
    }
    let next_door = salon.world.get(&format!("{}&cursor={cursor}", lists[0]));
    let next_door = next_door.by(&salon.world.next_door());
    next_door.refused(400, "malformed-cursor").await;
}
