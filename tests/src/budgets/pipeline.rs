//! Opening, changing and listing opportunities.

use serde_json::{Value, json};

use super::Budget;
use crate::harness::{Salon, id, lira};

fn body(salon: &Salon) -> Value {
    json!({
        "customer_id": salon.ayse, "title": "Gelin paketi, Haziran", "estimate": lira(900_000),
        "lines": [{"service_id": salon.manicure, "quantity": 2}, {"service_id": salon.massage}],
        "tags": ["bridal"],
    })
}

#[tokio::test]
async fn opening_and_changing_an_opportunity_take_two_round_trips() {
    let salon = Salon::open().await;
    let open = || salon.world.post("/v1/opportunities", body(&salon));
    Budget(2, 0.0, 0.0).check(&salon, "open", open()).await;
    let opportunity = id(&open().ok().await);
    let change = |verb: &str, version: u64, body: Value| {
        let path = format!("/v1/opportunities/{opportunity}/{verb}");
        salon.world.post(&path, body).if_match(version)
    };
    for (verb, version, body, wru) in [
        ("stage", 1, json!({"stage": 2}), 0.0),
        ("suspend", 2, json!({"resume_on": "2027-01-15"}), 0.0),
        ("resume", 3, json!({}), 0.0),
        ("assign", 4, json!({"representative_id": "sales-1"}), 0.0),
        ("lines", 5, json!({"lines": []}), 0.0),
        ("close", 6, json!({"outcome": "won"}), 0.0),
    ] {
        let call = change(verb, version, body);
        Budget(2, wru, 4.0).check(&salon, verb, call).await;
    }
}

#[tokio::test]
async fn a_page_of_50_opportunities_is_one_read_of_three_rru() {
    let salon = Salon::open().await;
    for _ in 0..51 {
        salon
            .world
            .post("/v1/opportunities", body(&salon))
            .ok()
            .await;
    }
    let of_customer = format!("customer_id={}", salon.ayse);
    for query in ["status=open", "representative_id=someone", &of_customer] {
        let call = salon.world.get(&format!("/v1/opportunities?{query}"));
        Budget(1, 0.0, 3.0).check(&salon, query, call).await;
    }
}
