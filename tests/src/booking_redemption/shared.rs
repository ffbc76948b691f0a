//! Redeeming from a package that another shares.

use serde_json::{Value, json};

use crate::harness::{Salon, lira, paid_by};

/// Ayşe's package of ten manicures, which she shares with Fatma; and Fatma.
async fn shared() -> (Salon, String, String) {
    let salon = Salon::open().await;
    let package = salon.sell_shareable(10, &[&salon.manicure]).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    salon.share(&package, &fatma, true).await;
    (salon, package, fatma)
}

fn booking(salon: &Salon, id: &str, customer: &str) -> Value {
    let mut body = salon.booking(id, &[&salon.manicure], json!("auto"));
    body["customer_id"] = json!(customer);
    body
}

#[tokio::test]
async fn a_member_books_completes_and_cancels_with_the_package_of_another() {
    let (salon, package, fatma) = shared().await;
    for (id, verb, pool) in [
        ("b-1", "complete", (9, 0, 1, 0)),
        ("b-2", "cancel", (9, 0, 1, 0)),
        ("b-3", "no-show", (8, 0, 1, 1)),
    ] {
        salon.world.set_clock("2026-11-22T09:00:00Z");
        let booked = salon
            .world
            .post("/v1/bookings", booking(&salon, id, &fatma))
            .ok()
            .await;
        assert_eq!(paid_by(&booked, 0), Some((package.as_str(), 1)));
        assert_eq!(booked["customer_id"], json!(fatma));
        salon.world.set_clock("2026-11-23T09:59:59Z");
        if verb == "no-show" {
            salon.world.set_clock("2026-11-23T10:00:00Z");
        }
        salon.resolve(id, verb).await;
        assert_eq!(salon.pool(&package).await, pool, "{verb}");
    }
    // The holder sees what the member did, once; the business too.
    let path = format!("/v1/packages/{package}/journal");
    let journal = salon.world.get(&path).ok().await;
    let of = |journal: &Value| -> Vec<String> {
        let entries = journal["items"].as_array().unwrap().iter();
        let booked = entries.filter(|entry| entry["booking_id"] == "b-1");
        booked
            .map(|entry| entry["fact"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(of(&journal), ["completed", "booked"]);
    let business = salon.world.get("/v1/journal").ok().await;
    assert_eq!(of(&business), ["completed", "booked"]);
}

#[tokio::test]
async fn who_is_a_member_no_longer_books_no_more_but_keeps_what_is_held() {
    let (salon, package, fatma) = shared().await;
    for id in ["b-1", "b-2", "b-3", "b-4"] {
        salon
            .world
            .post("/v1/bookings", booking(&salon, id, &fatma))
            .ok()
            .await;
    }
    salon.share(&package, &fatma, false).await;
    let more = salon
        .world
        .post("/v1/bookings", booking(&salon, "b-5", &fatma));
    more.refused(409, "no-package").await;
    // Moved, it would be drawn anew.
    let moved = json!({"starts_at": "2026-11-24T10:00:00Z"});
    let moved = salon.world.post("/v1/bookings/b-4/reschedule", moved);
    moved.refused(409, "not-a-member").await;
    let named = json!({"customer_id": fatma});
    salon
        .world
        .post("/v1/bookings/b-1/complete", named)
        .ok()
        .await;
    salon.resolve("b-2", "cancel").await;
    let walk_in =
        json!({"customer_id": fatma, "walk_in": {"services": [{"service_id": salon.manicure}]}});
    salon
        .world
        .post("/v1/bookings/b-3/complete", walk_in)
        .ok()
        .await;
    assert_eq!(salon.pool(&package).await, (7, 1, 2, 0));
    // A mistake is taken back to where it was.
    salon.resolve("b-1", "reverse").await;
    assert_eq!(salon.pool(&package).await, (7, 2, 1, 0));
}

#[tokio::test]
async fn a_member_sees_what_can_be_redeemed_and_not_what_was_paid() {
    let (salon, package, fatma) = shared().await;
    let path = format!("/v1/customers/{fatma}/wallet");
    let wallet = salon.world.get(&path).ok().await;
    assert_eq!(wallet["packages"], json!([]));
    assert_eq!(wallet["totals"]["services"], json!([]));
    let shared = &wallet["shared"][0];
    assert_eq!(shared["id"], json!(package));
    assert_eq!(shared["holder_id"], json!(salon.ayse));
    assert_eq!(shared["pools"][0]["available"], 10);
    for hidden in ["price", "paid", "outstanding", "worth", "members"] {
        assert!(
            !shared.to_string().contains(&format!("\"{hidden}\"")),
            "{shared}"
        );
    }
    // The package itself is its holder's.
    let token = salon.world.customer_token("fatmas", "fatma@example.com");
    salon
        .world
        .call("POST", "/v1/me/claim")
        .by(&token)
        .ok()
        .await;
    let read = salon
        .world
        .get(&format!("/v1/packages/{package}"))
        .by(&token);
    read.refused(404, "package-not-found").await;
    let own = salon.world.get("/v1/me/wallet").by(&token).ok().await;
    assert_eq!(own, wallet);
    salon.share(&package, &fatma, false).await;
    assert_eq!(salon.world.get(&path).ok().await["shared"], json!([]));
}

#[tokio::test]
async fn a_quote_for_a_member_says_what_the_shared_package_would_do() {
    let (salon, package, fatma) = shared().await;
    let body = json!({
        "customer_id": fatma, "starts_at": "2026-11-23T10:00:00Z",
        "services": [{"service_id": salon.manicure}],
    });
    let quote = salon.world.post("/v1/redemption-quotes", body).ok().await;
    assert_eq!(quote["covered"], true);
    assert_eq!(quote["packages"][0]["package_id"], json!(package));
}

/// Fatma books a manicure, which Ayşe's package pays, and a massage, which her own does.
#[tokio::test]
async fn neither_member_nor_holder_reads_in_a_journal_what_is_only_the_others() {
    let salon = Salon::open().await;
    let package = salon.sell_shareable(10, &[&salon.manicure]).await;
    let fatmas = salon.fatmas_token().await;
    let me = salon.world.get("/v1/me").by(&fatmas).ok().await;
    let fatma = me["id"].as_str().unwrap().to_owned();
    salon.share(&package, &fatma, true).await;
    let massages = salon.visits(5, &[&salon.massage]).await;
    let own = salon.sell(&fatma, &massages).await;
    let mut body = booking(&salon, "b", &fatma);
    body["services"] = json!([{"service_id": salon.manicure}, {"service_id": salon.massage}]);
    salon.world.post("/v1/bookings", body).ok().await;
    salon.resolve("b", "complete").await;

    let path = format!("/v1/customers/{fatma}/journal");
    let read = salon.world.get(&path).by(&fatmas).ok().await;
    let entries = read["items"].as_array().unwrap();
    let of = |fact: &str| entries.iter().find(|entry| entry["fact"] == fact).unwrap();
    assert_eq!(of("package-members-changed")["standings"], json!([]));
    let completed = of("completed")["lines"].as_array().unwrap();
    let line = |package: &str| {
        let mut lines = completed.iter();
        lines.find(|line| line["package_id"] == package).unwrap()
    };
    assert_eq!(line(&package)["units"], 1);
    assert_eq!(
        (&line(&package)["after"], &line(&package)["value"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(line(&own)["after"]["available"], 4);
    assert_eq!(line(&own)["value"], lira(20_000));

    let ayses = salon.ayses_token().await;
    for path in [
        format!("/v1/customers/{}/journal", salon.ayse),
        format!("/v1/packages/{package}/journal"),
    ] {
        let read = salon.world.get(&path).by(&ayses).ok().await;
        assert!(!read.to_string().contains(&own), "{path}: {read}");
        let entries = read["items"].as_array().unwrap().iter();
        let mut completed = entries.filter(|entry| entry["fact"] == "completed");
        let lines = &completed.next().unwrap()["lines"];
        assert_eq!(lines.as_array().unwrap().len(), 1);
        assert_eq!(lines[0]["after"]["used"], 1);
    }
}
