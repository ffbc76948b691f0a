//! Paying for packages, and what comes back.

use domain::journal::{Entry, fold};
use serde_json::{Value, json};

use crate::harness::{Call, Salon, lira};

/// Ten visits for 1000.00, half of it down, the rest in two instalments on the last of the month.
async fn in_instalments(salon: &Salon) -> String {
    let services = json!([{"service_id": salon.manicure}]);
    salon
        .sell_as(json!({
            "name": "Paket", "kind": "visits", "quantity": 10, "services": services,
            "price": lira(100_000), "deposit": {"percent": 50},
            "instalments": {"count": 2, "monthly_day": 31},
        }))
        .await
}

fn pay(salon: &Salon, package: &str, amount: u64, method: &str) -> Call {
    let body = json!({"amount": lira(amount), "method": method});
    let path = format!("/v1/packages/{package}/payments");
    salon.world.post(&path, body)
}

fn give_back(salon: &Salon, package: &str, entry: &Value, reason: &str) -> Call {
    let entry = entry.as_str().unwrap();
    let path = format!("/v1/packages/{package}/payments/{entry}/return");
    salon.world.post(&path, json!({"reason": reason}))
}

/// Day, amount and what is paid of each instalment.
fn instalments(payments: &Value) -> Vec<(Option<&str>, u64, u64)> {
    let instalments = payments["instalments"].as_array().unwrap().iter();
    let minor = |amount: &Value| amount["amount_minor"].as_u64().unwrap();
    instalments
        .map(|one| {
            (
                one["due_on"].as_str(),
                minor(&one["amount"]),
                minor(&one["paid"]),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_deposit_makes_a_package_active_and_payments_fill_its_instalments() {
    let salon = Salon::open().await;
    let package = in_instalments(&salon).await;
    assert_eq!(salon.package(&package).await["status"], "pending-payment");
    let refused = salon.booking("b", &[&salon.manicure], json!([package]));
    let call = salon.world.post("/v1/bookings", refused);
    call.refused(409, "package-not-active").await;
    let paid = pay(&salon, &package, 50_000, "cash").key("k-1").ok().await;
    assert_eq!(paid["package"]["status"], "active");
    assert_eq!(paid["package"]["outstanding"], lira(50_000));
    pay(&salon, &package, 30_000, "transfer")
        .key("k-2")
        .ok()
        .await;
    let path = format!("/v1/packages/{package}/payments");
    let payments = salon.world.get(&path).ok().await;
    assert_eq!(
        instalments(&payments),
        [
            (Some("2026-11-22"), 50_000, 50_000),
            (Some("2026-11-30"), 25_000, 25_000),
            (Some("2026-12-31"), 25_000, 5_000),
        ]
    );
    assert_eq!(payments["outstanding"], lira(20_000));
    let methods: Vec<&Value> = payments["payments"].as_array().unwrap().iter().collect();
    assert_eq!(methods[0]["method"], "cash");
    assert_eq!(methods[0]["entry_id"], paid["payment"]["entry_id"]);
    assert_eq!(methods[1]["amount"], lira(30_000));
    // The holder sees it too, and nobody else.
    let own = salon.world.get(&path).by(&salon.ayses_token().await);
    assert_eq!(own.ok().await, payments);
    let other = salon.world.get(&path).by(&salon.fatmas_token().await);
    other.refused(404, "package-not-found").await;
    // The journal has the amount.
    let journal = format!("/v1/packages/{package}/journal");
    let journal = salon.world.get(&journal).ok().await;
    assert_eq!(journal["items"][0]["fact"], "payment-recorded");
    assert_eq!(journal["items"][0]["payment"]["amount"], lira(30_000));
    assert_eq!(journal["items"][0]["payment"]["method"], "transfer");
    assert_eq!(journal["items"][2]["payment"], Value::Null);
}

#[tokio::test]
async fn a_payment_is_refused_with_the_reason_that_comes_first() {
    let salon = Salon::open().await;
    let package = in_instalments(&salon).await;
    let path = format!("/v1/packages/{package}/payments");
    let euros = json!({"amount": {"amount_minor": 0, "currency": "EUR"}, "method": "cash"});
    let call = salon.world.post(&path, euros).key("k");
    call.refused(409, "payment-currency").await;
    let nothing = pay(&salon, &package, 0, "cash").key("k");
    nothing.refused(422, "payment-of-nothing").await;
    let too_much = pay(&salon, &package, 100_001, "cash").key("k");
    too_much.refused(409, "payment-too-large").await;
    let nowhere = pay(&salon, "pkg_00000000000000000000000007", 1, "cash").key("k");
    nowhere.refused(404, "package-not-found").await;
    for (field, bad) in [
        ("method", json!("cheque")),
        ("reference", json!("Ayşe Yılmaz")),
        ("reference", json!("ayse@example.com")),
        ("reference", json!("DE89370400440532013000")),
        ("customer_id", json!(package)),
    ] {
        let mut body = json!({"amount": lira(1), "method": "cash"});
        body[field] = bad;
        let call = salon.world.post(&path, body).key("k");
        call.refused(422, "invalid-body").await;
    }
    pay(&salon, &package, 100_000, "cash").key("k").ok().await;
}

#[tokio::test]
async fn a_repeated_payment_is_one_and_is_answered_as_it_was_then() {
    let salon = Salon::open().await;
    let package = in_instalments(&salon).await;
    let first = pay(&salon, &package, 50_000, "card").key("k").ok().await;
    pay(&salon, &package, 1_000, "cash").key("k-2").ok().await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let again = pay(&salon, &package, 50_000, "card").key("k").send().await;
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first);
    let other = pay(&salon, &package, 50_000, "cash").key("k");
    other.refused(422, "idempotency-key-reused").await;
    assert_eq!(salon.package(&package).await["paid"], lira(51_000));
}

#[tokio::test]
async fn a_returned_payment_blocks_what_is_not_paid_and_a_later_one_unblocks() {
    let salon = Salon::open().await;
    let package = salon.sell_visits(10, &[&salon.manicure]).await;
    let cash = pay(&salon, &package, 10_000, "cash").key("k-1").ok().await;
    let debit = pay(&salon, &package, 20_000, "direct-debit").key("k-2");
    let debit = debit.ok().await["payment"]["entry_id"].clone();
    let wrong = give_back(&salon, &package, &cash["payment"]["entry_id"], "AM04");
    wrong.refused(409, "payment-not-returnable").await;
    let sale = salon.world.journal().await;
    let sale = sale
        .iter()
        .find(|entry| entry.fact.name() == "package-sold");
    let sale = json!(sale.unwrap().id.to_string());
    let wrong = give_back(&salon, &package, &sale, "AM04");
    wrong.refused(404, "payment-not-found").await;

    let back = give_back(&salon, &package, &debit, "AM04").ok().await;
    assert_eq!(back["package"]["status"], "blocked");
    assert_eq!(back["package"]["paid"], lira(10_000));
    assert_eq!(back["payment"]["returned"]["reason"], "AM04");
    // One visit is paid; the second is not.
    salon
        .book("b-1", &[&salon.manicure], json!([package]))
        .await;
    let second = salon.booking("b-2", &[&salon.manicure], json!([package]));
    let call = salon.world.post("/v1/bookings", second.clone());
    call.refused(409, "not-paid").await;
    // The same report again is a repetition, another one is refused.
    let again = give_back(&salon, &package, &debit, "AM04").send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, back);
    let other = give_back(&salon, &package, &debit, "MD06");
    other.refused(409, "payment-returned").await;

    let less = pay(&salon, &package, 19_999, "cash").key("k-3").ok().await;
    assert_eq!(less["package"]["status"], "blocked");
    let rest = pay(&salon, &package, 1, "cash").key("k-4").ok().await;
    assert_eq!(rest["package"]["status"], "active");
    salon.world.post("/v1/bookings", second).ok().await;
    // The journal tells the same.
    let entries: Vec<Entry> = salon.world.journal().await;
    let folded = fold(package.parse().unwrap(), &entries).unwrap().unwrap();
    assert_eq!(folded.standing.paid_minor, 30_000);
    assert!(!folded.standing.blocked);
    let path = format!("/v1/packages/{package}/journal");
    let journal = salon.world.get(&path).ok().await;
    let mut items = journal["items"].as_array().unwrap().iter();
    let returned = items.find(|item| item["fact"] == "payment-returned");
    let returned = &returned.unwrap()["payment"];
    assert_eq!(returned["returned_payment_id"], debit);
    assert_eq!(
        (&returned["reason"], &returned["amount"]),
        (&json!("AM04"), &lira(20_000))
    );
}
