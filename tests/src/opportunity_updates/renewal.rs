//! Opening the opportunity to sell a package again.

use local::{Claims, Role};
use serde_json::{Value, json};

use crate::harness::{Answer, Salon, id, lira};

/// A package of so many visits, of which so many are used today.
async fn used(salon: &Salon, quantity: u64, visits: u64) -> String {
    let template = salon.visits(quantity, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    use_of(salon, &package, visits).await;
    package
}

async fn use_of(salon: &Salon, package: &str, visits: u64) {
    for visit in 0..visits {
        let walk_in = json!({
            "services": [{"service_id": salon.manicure}],
            "starts_at": salon.world.clock.now(), "pay_with": [package],
        });
        let path = format!("/v1/bookings/{package}-{visit}/complete");
        let body = json!({"customer_id": salon.ayse, "walk_in": walk_in});
        salon.world.post(&path, body).ok().await;
    }
}

async fn renew(salon: &Salon, package: &str, body: Value) -> Answer {
    let path = format!("/v1/packages/{package}/renewal");
    salon.world.post(&path, body).send().await
}

#[tokio::test]
async fn a_package_that_will_be_used_up_is_offered_again_once() {
    let salon = Salon::open().await;
    let package = used(&salon, 10, 4).await;
    // Four on the first day: six are left, and last two days.
    let opened = renew(&salon, &package, json!({})).await;
    assert_eq!((opened.status, opened.replayed), (201, false), "{opened:?}");
    let view = &opened.body;
    assert_eq!(view["origin"]["renewal_of"], json!(package));
    assert_eq!(view["expected_close_on"], "2026-11-24");
    assert_eq!(view["starts_on"], "2026-11-24");
    assert_eq!(
        (&view["title"], &view["amount"]),
        (&json!("Paket"), &lira(100_000))
    );
    assert_eq!(view["amount_from"], "lines");
    assert_eq!(view["customer_id"], salon.ayse);
    assert_eq!(view["representative_id"], "someone");

    // It is used up meanwhile, and somebody else asks: there is one still.
    use_of(&salon, &package, 10).await;
    let whose = json!({"representative_id": "rep-2"});
    let again = renew(&salon, &package, whose).await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, opened.body);
    let all = salon.world.get("/v1/opportunities").ok().await;
    assert_eq!(all["items"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn what_will_not_be_used_up_in_time_is_left_alone() {
    let salon = Salon::open().await;
    for (quantity, visits, code) in [
        (10, 0, "renewal-without-use"),
        (10, 1, "renewal-without-use"),
        // Two a day of a thousand last longer than six months.
        (1000, 2, "renewal-not-needed"),
        (2, 2, "renewal-uncounted"),
    ] {
        let package = used(&salon, quantity, visits).await;
        let refused = renew(&salon, &package, json!({})).await;
        assert_eq!(
            (refused.status, refused.body["code"].as_str()),
            (409, Some(code))
        );
    }
    let none = "pkg_00000000000000000000000007";
    let refused = renew(&salon, none, json!({})).await;
    assert_eq!(
        (refused.status, &refused.body["code"]),
        (404, &json!("package-not-found"))
    );
    let package = used(&salon, 10, 2).await;
    for body in [
        json!({"note": "x"}),
        json!({"representative_id": ""}),
        json!([]),
    ] {
        let refused = renew(&salon, &package, body).await;
        assert_eq!(
            (refused.status, &refused.body["code"]),
            (422, &json!("invalid-body"))
        );
    }
    assert_eq!(
        salon.world.get("/v1/opportunities").ok().await["items"],
        json!([])
    );
}

#[tokio::test]
async fn a_template_that_is_sold_no_longer_leaves_the_price_as_an_estimate() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let package = salon.sell(&salon.ayse, &template).await;
    use_of(&salon, &package, 4).await;
    let path = format!("/v1/package-templates/{template}/archive");
    salon.world.call("POST", &path).ok().await;
    let whose = json!({"representative_id": "rep-2"});
    let opened = renew(&salon, &package, whose).await.body;
    assert_eq!(opened["amount_from"], "estimate");
    assert_eq!(opened["amount"], lira(100_000));
    assert_eq!(opened["representative_id"], "rep-2");
}

#[tokio::test]
async fn sales_renew_for_themselves_alone() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let package = used(&salon, 10, 4).await;
    let path = format!("/v1/packages/{package}/renewal");
    let token = |sub: &str| {
        let claims = Claims::new(Role::Sales, &world.business, sub);
        world.tokens().mint(&claims).unwrap()
    };
    let for_another = world.post(&path, json!({"representative_id": "rep-2"}));
    for_another
        .by(&token("rep-1"))
        .refused(403, "forbidden")
        .await;
    let own = world.post(&path, json!({"representative_id": "rep-1"}));
    let own = own.by(&token("rep-1")).ok().await;
    assert_eq!(own["representative_id"], "rep-1");
    // Another's is not shown, only that there is one.
    let another = world.post(&path, json!({})).by(&token("rep-2"));
    another.refused(409, "renewed-by-another").await;
    let seen = world.get(&format!("/v1/opportunities/{}", id(&own)));
    seen.by(&token("rep-1")).ok().await;
}
