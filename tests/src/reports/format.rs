//! JSON or CSV.

use local::{Claims, Role};
use serde_json::json;

use super::{read, report, sell_days};
use crate::harness::Salon;

const REPORTS: [&str; 5] = [
    "liability",
    "roll-forward",
    "sales",
    "utilisation",
    "breakage",
];

#[tokio::test]
async fn every_report_is_the_same_lines_as_csv() {
    let salon = Salon::open().await;
    sell_days(&salon, 3, 30).await;
    salon.world.pump().await;
    for name in REPORTS {
        let call = salon.world.get(&format!("/v1/reports/{name}"));
        let answer = call.header("accept", "text/csv").send().await;
        assert_eq!(answer.status, 200, "{name}");
        assert_eq!(answer.content_type, "text/csv; charset=utf-8", "{name}");
        let text = answer.body.as_str().unwrap().to_owned();
        let lines: Vec<&str> = text.lines().collect();
        let report = read(&salon, name).await;
        let items = report["items"].as_array().unwrap();
        assert_eq!(lines.len(), items.len() + 1, "{name}");
        let columns: Vec<&str> = lines[0].split(',').collect();
        let mut fields: Vec<&String> = items[0].as_object().unwrap().keys().collect();
        fields.sort_by_key(|field| columns.iter().position(|column| column == field));
        assert_eq!(columns, fields, "{name}");
        for (line, item) in lines[1..].iter().zip(items) {
            for (cell, column) in line.split(',').zip(&columns) {
                let value = &item[column];
                let told = value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned);
                let told = if value.is_null() { String::new() } else { told };
                assert_eq!(cell, told, "{name} {column}");
            }
        }
    }
}

#[tokio::test]
async fn a_seller_s_account_is_no_formula() {
    let salon = Salon::open().await;
    let template = salon.visits(1, &[&salon.manicure]).await;
    let claims = Claims::new(Role::Staff, &salon.world.business, "=1+1#x");
    let token = salon.world.tokens().mint(&claims).unwrap();
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    salon
        .world
        .post("/v1/packages", body)
        .key("k")
        .by(&token)
        .ok()
        .await;
    let whole = report(&salon, "sales").await;
    assert_eq!(whole["items"][1]["id"], "=1+1#x");
    let call = salon
        .world
        .get("/v1/reports/sales")
        .header("accept", "text/csv");
    let text = call.send().await.body.as_str().unwrap().to_owned();
    assert!(
        text.contains("seller,'=1+1#x,TRY,1,100000,0,0,1,100000"),
        "{text}"
    );
}
