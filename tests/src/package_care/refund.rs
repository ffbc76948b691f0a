//! POST /v1/packages/{id}/refund-quotes and refunds.

use serde_json::{Value, json};

use super::{care, sold};
use crate::harness::{Salon, id, lira};

async fn quote(salon: &Salon, package: &str, policy: &str) -> Value {
    let body = json!({"policy": policy});
    care(salon, package, "refund-quotes", body).ok().await
}

#[tokio::test]
async fn a_refund_is_carried_out_as_it_was_quoted() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let quoted = quote(&salon, &package, "used-at-list").await;
    assert!(id(&quoted).starts_with("rfq_"));
    let expected = json!({
        "id": quoted["id"], "package_id": package, "policy": "used-at-list",
        "pools": [{"units": 5, "value": lira(10_000)}], "price": lira(10_000),
        "paid": lira(0), "used_at_list": lira(0), "amount": lira(0),
        "valid_until": "2026-11-23T08:00:00Z",
    });
    assert_eq!(quoted, expected);
    let body = json!({"quote_id": quoted["id"]});
    let refunded = care(&salon, &package, "refunds", body).ok().await;
    assert_eq!(refunded["status"], "refunded");
    let pool = &refunded["pools"][0];
    assert_eq!((&pool["refunded"], &pool["worth"]), (&json!(5), &lira(0)));
    assert_eq!(refunded["outstanding"], lira(0));
    let payments = salon.world.get(&format!("/v1/packages/{package}/payments"));
    assert_eq!(payments.ok().await["refund"]["amount"], lira(0));
    let call = care(
        &salon,
        &package,
        "refund-quotes",
        json!({"policy": "pro-rata"}),
    );
    call.refused(409, "package-over").await;
}

#[tokio::test]
async fn a_quote_is_good_for_a_day_for_its_package_as_it_was() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    let other = sold(&salon, 5, 100).await;
    let quoted = quote(&salon, &package, "pro-rata").await;
    let refund = |package: &str, quote: &Value| {
        care(&salon, package, "refunds", json!({"quote_id": quote["id"]}))
    };
    let nothing = json!({"id": format!("rfq_{:026}", 7)});
    let call = refund(&package, &nothing);
    call.refused(404, "refund-quote-not-found").await;
    let call = refund(&other, &quoted);
    call.refused(404, "refund-quote-not-found").await;
    salon.world.set_clock("2026-11-23T08:00:00Z");
    let call = refund(&package, &quoted);
    call.refused(409, "refund-quote-expired").await;
    salon.world.set_clock("2026-11-23T07:59:59.999Z");
    let goodwill = json!({"units": 1, "reason": "goodwill"});
    care(&salon, &package, "adjustments", goodwill).ok().await;
    let call = refund(&package, &quoted);
    call.refused(409, "refund-quote-outdated").await;
    let quoted = quote(&salon, &package, "pro-rata").await;
    refund(&package, &quoted).ok().await;
}

#[tokio::test]
async fn while_bookings_hold_units_nothing_is_refunded() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 100).await;
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    let call = || {
        care(
            &salon,
            &package,
            "refund-quotes",
            json!({"policy": "pro-rata"}),
        )
    };
    call().refused(409, "units-held").await;
    salon.resolve("b", "cancel").await;
    call().ok().await;
}

#[tokio::test]
async fn what_was_paid_a_moment_ago_is_in_the_quote() {
    let salon = Salon::open().await;
    let package = sold(&salon, 5, 10_000).await;
    let lag = salon.world.faults.lag();
    lag.watch();
    quote(&salon, &package, "pro-rata").await;
    let payment = json!({"amount": lira(5_000), "method": "cash"});
    care(&salon, &package, "payments", payment).ok().await;
    // Whoever changes the package reads it as it is by now; a replica does not know yet.
    let units = json!({"units": 1, "reason": "goodwill"});
    care(&salon, &package, "adjustments", units).ok().await;
    lag.begin();
    let quoted = quote(&salon, &package, "pro-rata").await;
    lag.end();
    assert_eq!(quoted["paid"], lira(5_000));
}
