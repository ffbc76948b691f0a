//! POST /v1/redemption-quotes.

use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira, paid_by};

fn ask(salon: &Salon, services: &[&str], pay_with: Value) -> Call {
    let mut body = salon.booking("b", services, pay_with);
    body.as_object_mut().unwrap().remove("booking_id");
    salon.world.post("/v1/redemption-quotes", body)
}

/// What a package of a quote does for a service: its units, or why it does not pay.
fn verdict<'q>(quote: &'q Value, package: &str, service: usize) -> Result<u64, &'q str> {
    let packages = quote["packages"].as_array().unwrap();
    let found = packages.iter().find(|shown| shown["package_id"] == package);
    let verdict = &found.unwrap()["services"][service];
    match verdict["chosen"].as_bool().unwrap() {
        true => Ok(verdict["units"].as_u64().unwrap()),
        false => {
            assert!(verdict["units"].is_null(), "{verdict}");
            Err(verdict["reason"].as_str().unwrap())
        }
    }
}

#[tokio::test]
async fn a_quote_names_what_would_pay_and_a_booking_then_draws_just_that() {
    let salon = Salon::open().await;
    let double = salon.sell_as(json!({
        "name": "Çift", "kind": "visits", "quantity": 9, "price": lira(1),
        "services": [{"service_id": salon.massage, "units": 2}],
    }));
    let double = double.await;
    let template = salon.credit(100_000).await;
    let credit = salon.sell(&salon.ayse, &template).await;
    let services = [salon.manicure.as_str(), &salon.massage];
    let quote = ask(&salon, &services, json!("auto")).ok().await;
    let draw =
        |package: &str, units: u64| json!({"package_id": package, "pool": 0, "units": units});
    let expected = json!({
        "covered": true,
        "services": [
            {"service_id": salon.manicure, "price": lira(60_000),
                "paid_by": draw(&credit, 60_000)},
            {"service_id": salon.massage, "price": lira(150_000), "paid_by": draw(&double, 2)},
        ],
        "packages": [
            {"package_id": double, "name": "Çift", "services": [
                {"service_id": salon.manicure, "chosen": false, "units": null,
                    "reason": "service-not-covered"},
                {"service_id": salon.massage, "chosen": true, "units": 2, "reason": null},
            ]},
            {"package_id": credit, "name": "Kredi", "services": [
                {"service_id": salon.manicure, "chosen": true, "units": 60_000, "reason": null},
                {"service_id": salon.massage, "chosen": false, "units": null,
                    "reason": "insufficient-units"},
            ]},
        ],
    });
    assert_eq!(quote, expected);
    let booked = salon.book("b", &services, json!("auto")).await;
    assert_eq!(booked["services"], quote["services"]);
}

#[tokio::test]
async fn a_quote_says_of_every_package_why_it_would_not_pay() {
    let salon = Salon::open().await;
    let manicure = salon.manicure.clone();
    let visits = |quantity: u64, services: Value, days: u32| {
        json!({
            "name": "Paket", "kind": "visits", "quantity": quantity, "price": lira(1),
            "services": services, "validity": {"count": days, "unit": "days"},
        })
    };
    let manicures = json!([{"service_id": manicure}]);
    let euros = json!({
        "name": "Euro", "kind": "credit", "price": lira(1),
        "credit": {"amount_minor": 90_000_000, "currency": "EUR"},
    });
    let other = visits(10, json!([{"service_id": salon.massage}]), 30);
    let other = salon.sell_as(other).await;
    let euros = salon.sell_as(euros).await;
    let empty = salon.sell_as(visits(1, manicures.clone(), 20)).await;
    let chosen = salon.sell_as(visits(9, manicures.clone(), 30)).await;
    let second = salon.sell_as(visits(9, manicures.clone(), 40)).await;
    salon.book("all", &[&manicure], json!([empty])).await;
    let short = salon.sell_as(visits(9, manicures, 1)).await;
    let mut body = salon.booking("b", &[&manicure], json!("auto"));
    body.as_object_mut().unwrap().remove("booking_id");
    body["starts_at"] = json!("2026-11-24T10:00:00Z");
    let quote = salon.world.post("/v1/redemption-quotes", body).ok().await;
    for (package, expected) in [
        (&chosen, Ok(1)),
        (&second, Err("another-preferred")),
        (&empty, Err("insufficient-units")),
        (&short, Err("expired-at-appointment")),
        (&euros, Err("currency-differs")),
        (&other, Err("service-not-covered")),
    ] {
        assert_eq!(verdict(&quote, package, 0), expected);
    }
    let shown = quote["packages"].as_array().unwrap().iter();
    let order: Vec<&str> = shown.map(|p| p["package_id"].as_str().unwrap()).collect();
    // Narrow before wide, then the earliest expiry; whether they pay makes no difference.
    assert_eq!(order[..3], [short.as_str(), &empty, order[2]]);
    assert_eq!(order[4..], [second.as_str(), &euros]);
}

#[tokio::test]
async fn packages_that_are_not_named_say_so() {
    let salon = Salon::open().await;
    let preferred = salon.sell_visits(5, &[&salon.manicure]).await;
    let named = salon
        .sell_visits(5, &[&salon.manicure, &salon.massage])
        .await;
    let quote = ask(&salon, &[&salon.manicure], json!([named])).ok().await;
    assert_eq!(verdict(&quote, &named, 0), Ok(1));
    assert_eq!(verdict(&quote, &preferred, 0), Err("not-named"));
    assert_eq!(quote["packages"][0]["package_id"], named.as_str());
}

#[tokio::test]
async fn with_pay_with_none_no_package_would_pay() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    let quote = ask(&salon, &[&salon.manicure], json!("none")).ok().await;
    assert_eq!(
        (&quote["covered"], paid_by(&quote, 0)),
        (&json!(false), None)
    );
    assert_eq!(verdict(&quote, &package, 0), Err("not-named"));
}

#[tokio::test]
async fn what_nothing_covers_is_no_refusal_but_an_answer() {
    let salon = Salon::open().await;
    let bare = ask(&salon, &[&salon.manicure], json!("auto")).ok().await;
    assert_eq!(
        (&bare["covered"], &bare["packages"]),
        (&json!(false), &json!([]))
    );
    let package = salon.sell_visits(1, &[&salon.manicure]).await;
    let services = [salon.massage.as_str(), &salon.manicure, &salon.manicure];
    let quote = ask(&salon, &services, json!("auto")).ok().await;
    assert_eq!(quote["covered"], false);
    assert_eq!(paid_by(&quote, 0), None);
    // Enough for the first manicure, but not for another one beside it.
    assert_eq!(paid_by(&quote, 1), Some((package.as_str(), 1)));
    assert_eq!(paid_by(&quote, 2), None);
    assert_eq!(verdict(&quote, &package, 0), Err("service-not-covered"));
    assert_eq!(verdict(&quote, &package, 1), Ok(1));
    assert_eq!(verdict(&quote, &package, 2), Err("insufficient-units"));
}

#[tokio::test]
async fn a_quote_writes_nothing() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    let (before, entries) = (salon.package(&package).await, salon.world.journal().await);
    let first = ask(&salon, &[&salon.manicure], json!("auto")).ok().await;
    let second = ask(&salon, &[&salon.manicure], json!("auto")).ok().await;
    assert_eq!(first, second);
    assert_eq!(salon.package(&package).await, before);
    assert_eq!(salon.world.journal().await, entries);
}

#[tokio::test]
async fn a_customer_asks_for_themselves_and_for_nobody_else() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let package = salon.sell_visits(5, &[&salon.manicure]).await;
    let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
    let fields = body.as_object_mut().unwrap();
    fields.remove("booking_id");
    fields.remove("customer_id");
    // Left out, pay_with is auto here.
    fields.remove("pay_with");
    let quote = salon.world.post("/v1/redemption-quotes", body.clone());
    let quote = quote.by(&token).ok().await;
    assert_eq!(verdict(&quote, &package, 0), Ok(1));
    body["customer_id"] = json!(salon.customer("Fatma", "fatma@example.com").await);
    let call = salon.world.post("/v1/redemption-quotes", body).by(&token);
    call.refused(404, "customer-not-found").await;
}

#[tokio::test]
async fn a_quote_is_of_what_could_be_booked() {
    let salon = Salon::open().await;
    salon.sell_visits(5, &[&salon.manicure]).await;
    for (field, value, status, code) in [
        (
            "customer_id",
            json!(format!("cus_{:026}", 7)),
            404,
            "customer-not-found",
        ),
        ("customer_id", Value::Null, 422, "customer-required"),
        (
            "services",
            json!([{"service_id": format!("svc_{:026}", 7)}]),
            404,
            "service-not-found",
        ),
        ("services", json!([]), 422, "invalid-body"),
        (
            "starts_at",
            json!("2026-11-20T10:00:00Z"),
            422,
            "starts-in-past",
        ),
        (
            "starts_at",
            json!("2036-11-20T10:00:00Z"),
            422,
            "starts-too-far",
        ),
        (
            "pay_with",
            json!([format!("pkg_{:026}", 7)]),
            404,
            "package-not-found",
        ),
        ("booking_id", json!("b"), 422, "invalid-body"),
    ] {
        let mut body = salon.booking("b", &[&salon.manicure], json!("auto"));
        body.as_object_mut().unwrap().remove("booking_id");
        body[field] = value;
        let call = salon.world.post("/v1/redemption-quotes", body);
        call.refused(status, code).await;
    }
}
