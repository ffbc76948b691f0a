//! Quotes.

use serde_json::json;

use super::Budget;
use crate::opportunity_updates::quotes::Shop;

#[tokio::test]
async fn accepting_two_packages_takes_three_round_trips_and_one_more_beside_other_quotes() {
    for (others, round_trips, wru) in [(0, 3, 34.0), (1, 4, 36.0)] {
        let shop = Shop::open().await;
        for _ in 0..others {
            shop.drafted(shop.packages(1)).await;
        }
        let quote = shop.sent(shop.packages(2)).await;
        let accept = shop.to(&quote, "accept").json(json!({}));
        Budget(round_trips, wru, 3.5)
            .check(&shop.salon, "accept", accept)
            .await;
    }
}
