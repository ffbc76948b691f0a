//! Imports, exports and erasures.

use serde_json::json;

use super::{Budget, salon_with_package};
use crate::harness::Salon;

#[tokio::test]
async fn a_line_of_an_import_takes_two_round_trips_and_eleven_wru() {
    let salon = Salon::open().await;
    let head = "email,package,kind,services,quantity,used,price,currency,sold_on,expires_on,id";
    let line = |n| {
        format!(
            "ayse@example.com,Paket,visits,Manikür|Masaj,10,4,900,TRY,2026-05-01,2026-12-31,{n}"
        )
    };
    let lines: Vec<String> = (0..20).map(line).collect();
    let import = |lines: &[String]| {
        let file = format!("{head}\n{}", lines.join("\n"));
        let call = salon.world.call("POST", "/v1/imports/packages");
        call.raw("text/csv", file)
    };
    // Three for what is looked up for all of them: the catalogue, earlier imports, the customers.
    // An entry with its package and two lines is between one and two kilobytes.
    let budget = Budget(3 + 2 * 20, 11.0 * 20.0, 4.0 + 1.5 * 20.0);
    budget.check(&salon, "import", import(&lines)).await;
    let again = Budget(2, 0.0, 2.0 + 20.0);
    again.check(&salon, "import again", import(&lines)).await;
}

#[tokio::test]
async fn exporting_a_customer_is_one_round_trip_and_erasing_one_is_three() {
    let (salon, _) = salon_with_package().await;
    let path = format!("/v1/customers/{}", salon.ayse);
    let call = salon.world.get(&format!("{path}/export"));
    Budget(1, 0.0, 5.0).check(&salon, "export", call).await;
    let body = json!({"confirm": salon.ayse});
    let call = salon.world.post(&format!("{path}/erase"), body);
    // The record, the entry, the mandate if there is one, an address and two names; then whether there
    // are opportunities.
    Budget(3, 14.0, 1.5).check(&salon, "erase", call).await;
}
