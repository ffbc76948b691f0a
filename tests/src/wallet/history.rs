//! Every figure is the fold of the journal, after each step of a long history.

use domain::journal::fold;
use domain::packages::{Package, Unit};
use serde_json::{Value, json};

use crate::harness::{Salon, lira};

/// The pool of a package as its journal tells it, in the words of the API.
fn told(package: &Package, now: &str) -> Value {
    let now = now.parse().unwrap();
    let (pool, balance) = package.balances(now).next().unwrap();
    let unit = match pool.unit {
        Unit::Visit => "visit",
        Unit::Money(_) => "money",
        Unit::Unlimited => "unlimited",
    };
    let sum =
        balance.available + balance.held + balance.captured + balance.forfeited + balance.expired;
    assert_eq!(balance.granted, sum, "{balance:?}");
    json!([
        unit,
        balance.granted,
        balance.available,
        balance.held,
        balance.captured,
        balance.forfeited,
        balance.expired,
        package.terms.name.as_str(),
        package.standing.expires_at,
    ])
}

fn shown(package: &Value) -> Value {
    let pool = &package["pools"][0];
    json!([
        pool["unit"],
        pool["granted"],
        pool["available"],
        pool["held"],
        pool["used"],
        pool["forfeited"],
        pool["expired"],
        package["name"],
        package["expires_at"]
            .as_str()
            .map(|at| at.parse::<domain::Instant>().unwrap()),
    ])
}

/// Expects every package to be what the journal tells. The balances.
async fn check(salon: &Salon, packages: &[String], now: &str) -> Vec<Value> {
    let journal = salon.world.journal().await;
    let mut balances = Vec::new();
    for id in packages {
        let folded = fold(id.parse().unwrap(), &journal).unwrap().unwrap();
        let package = salon.package(id).await;
        assert_eq!(told(&folded, now), shown(&package), "at {now}");
        balances.push(shown(&package));
    }
    balances
}

/// Sells what makes the histories worth telling: shared visits, double units, credit, a short life.
async fn sell_all(salon: &Salon) -> Vec<String> {
    let short = json!({
        "name": "Hafta", "kind": "visits", "quantity": 3, "price": lira(1),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": 7, "unit": "days"},
    });
    let double = json!({
        "name": "Çift", "kind": "visits", "quantity": 9, "price": lira(1),
        "services": [
            {"service_id": salon.manicure}, {"service_id": salon.massage, "units": 2},
        ],
        "validity": {"count": 6, "unit": "months"},
    });
    let credit = json!({
        "name": "Kredi", "kind": "credit", "credit": lira(700_000), "price": lira(1),
    });
    let mut packages = Vec::new();
    for body in [short, double, credit] {
        packages.push(salon.sell_as(body).await);
    }
    packages
}

#[tokio::test]
async fn every_package_is_the_fold_of_its_journal_at_every_step_of_a_long_history() {
    let salon = Salon::open().await;
    let packages = sell_all(&salon).await;
    let (manicure, massage) = (salon.manicure.as_str(), salon.massage.as_str());
    let both = [manicure, massage];
    let book = |id: &'static str, services: &[&str], at: &str, pay_with: Value| {
        let mut body = salon.booking(id, services, pay_with);
        body["starts_at"] = json!(at);
        ("/v1/bookings".to_owned(), body)
    };
    let step = |id: &str, verb: &str, body: Value| (format!("/v1/bookings/{id}/{verb}"), body);
    let to = |at: &str| json!({"starts_at": at});
    let walk_in = |services: &[&str]| {
        let services: Vec<Value> = services
            .iter()
            .map(|id| json!({"service_id": id}))
            .collect();
        json!({"customer_id": salon.ayse, "walk_in": {"services": services, "pay_with": "auto"}})
    };
    let credit = || json!([packages[2]]);
    let (day_1, day_2) = ("2026-11-23T10:00:00Z", "2026-11-24T10:00:00Z");
    let (day_6, later) = ("2026-11-28T10:00:00Z", "2026-12-10T10:00:00Z");
    let history = [
        (day_1, book("b-1", &[manicure], day_1, json!("auto"))),
        (day_1, book("b-2", &both, day_2, json!("auto"))),
        (day_1, book("b-3", &[massage, massage], day_2, credit())),
        (day_1, book("b-4", &[manicure], day_6, json!("auto"))),
        (day_1, book("b-5", &[massage], day_6, json!("none"))),
        (day_1, step("b-1", "complete", json!({}))),
        // Beyond the life of the short package: another one pays.
        (day_2, step("b-4", "reschedule", to(later))),
        (day_2, step("b-2", "reschedule", to(day_6))),
        (day_2, step("b-3", "cancel", json!({}))),
        (day_6, step("b-2", "no-show", json!({}))),
        (day_6, book("b-6", &both, later, json!("auto"))),
        (
            day_6,
            step("w-1", "complete", walk_in(&[manicure, massage, massage])),
        ),
        (day_6, book("b-7", &[manicure], later, credit())),
        (later, step("b-7", "complete", json!({}))),
        (later, step("b-5", "complete", json!({}))),
        (later, step("b-6", "complete", json!({}))),
        (later, step("w-2", "complete", walk_in(&[massage; 5]))),
        (later, step("b-4", "cancel", json!({}))),
    ];
    let mut prefixes = Vec::new();
    for (minute, (day, (path, body))) in history.into_iter().enumerate() {
        // Steps of one instant on different packages have no order.
        let now = day.replace(":00:", &format!(":{minute:02}:"));
        salon.world.set_clock(&now);
        salon.world.post(&path, body).ok().await;
        let balances = check(&salon, &packages, &now).await;
        prefixes.push((salon.world.journal().await.len(), now, balances));
    }
    // Any prefix of the journal still tells the balances of that moment.
    let journal = salon.world.journal().await;
    for (length, now, balances) in &prefixes {
        for (id, balance) in packages.iter().zip(balances) {
            let folded = fold(id.parse().unwrap(), &journal[..*length]).unwrap();
            assert_eq!(
                told(&folded.unwrap(), now),
                *balance,
                "after {length} entries"
            );
        }
    }
    let numbers = |index: usize| {
        let state = prefixes.last().unwrap().2[index].as_array().unwrap();
        let numbers = state[1..7].iter().map(|n| n.as_u64().unwrap());
        numbers.collect::<Vec<u64>>()
    };
    // granted, available, held, used, forfeited, expired
    assert_eq!(numbers(0), [3, 0, 0, 2, 1, 0]);
    assert_eq!(numbers(1), [9, 2, 0, 5, 2, 0]);
    assert_eq!(numbers(2), [700_000, 40_000, 0, 660_000, 0, 0]);
}
