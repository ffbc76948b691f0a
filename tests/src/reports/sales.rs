//! GET /v1/reports/sales.

use local::{Claims, Role};
use serde_json::{Value, json};

use super::report;
use crate::harness::{Salon, lira};

/// What the lines of a report say: by, id, currency, how many, for how much.
fn lines(report: &Value) -> Vec<Value> {
    let items = report["items"].as_array().unwrap().iter();
    items
        .map(|line| {
            let names = ["by", "id", "currency", "net_count", "net_minor"];
            json!(names.map(|name| line[name].clone()))
        })
        .collect()
}

async fn sold_by(salon: &Salon, role: Role, seller: &str, template: &str) {
    let claims = Claims::new(role, &salon.world.business, seller);
    let token = salon.world.tokens().mint(&claims).unwrap();
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let key = format!("{:x}", infra::random_128().unwrap());
    let sale = salon.world.post("/v1/packages", body).key(&key);
    sale.by(&token).ok().await;
}

#[tokio::test]
async fn every_sale_counts_once_by_template_and_once_by_seller() {
    let salon = Salon::open().await;
    let visits = salon.visits(5, &[&salon.manicure]).await;
    let credit = salon.credit(20_000).await;
    sold_by(&salon, Role::Staff, "ela", &visits).await;
    sold_by(&salon, Role::Staff, "ela", &visits).await;
    sold_by(&salon, Role::Sales, "can", &credit).await;
    sold_by(&salon, Role::Owner, "can", &visits).await;
    let report = report(&salon, "sales").await;
    let mut by_template = [
        json!(["template", visits, "TRY", 3, 300_000]),
        json!(["template", credit, "TRY", 1, 20_000]),
    ];
    by_template.sort_by_key(|line| line[1].to_string());
    let by_seller = [
        json!(["seller", "can", "TRY", 2, 120_000]),
        json!(["seller", "ela", "TRY", 2, 200_000]),
    ];
    assert_eq!(lines(&report), [by_template, by_seller].concat());
}

#[tokio::test]
async fn a_sale_counts_on_its_day_in_its_currency_and_for_nothing_too() {
    let salon = Salon::open().await;
    let template = |price: Value| json!({"name": "Kredi", "kind": "credit", "credit": lira(100), "price": price});
    let dear = salon
        .template(template(json!({"amount_minor": 900, "currency": "EUR"})))
        .await;
    let free = salon.template(template(lira(0))).await;
    for (at, template) in [
        ("2026-11-22T20:59:59Z", &dear),
        ("2026-11-22T21:00:00Z", &free),
        ("2026-11-30T20:00:00Z", &dear),
    ] {
        salon.world.set_clock(at);
        salon.sell(&salon.ayse, template).await;
    }
    for (days, expected) in [
        (
            "from=2026-11-22&to=2026-11-22",
            vec![json!(["seller", "someone", "EUR", 1, 900])],
        ),
        (
            "from=2026-11-23&to=2026-11-29",
            vec![json!(["seller", "someone", "TRY", 1, 0])],
        ),
        (
            "from=2026-11-01&to=2026-11-30",
            vec![
                json!(["seller", "someone", "EUR", 2, 1800]),
                json!(["seller", "someone", "TRY", 1, 0]),
            ],
        ),
        ("from=2026-10-01&to=2026-11-21", vec![]),
    ] {
        let report = report(&salon, &format!("sales?{days}")).await;
        let mut sellers = lines(&report);
        sellers.retain(|line| line[0] == "seller");
        assert_eq!(sellers, expected, "{days}");
    }
}
