//! POST /v1/packages/{id}/decline.

use serde_json::json;

use super::{answer, offered};
use crate::harness::Salon;

#[tokio::test]
async fn a_declined_offer_is_declined_for_good() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let offer = offered(&salon, &template, json!({})).await;
    let ayse = salon.ayses_token().await;
    let first = answer(&salon, &offer, "decline").by(&ayse).send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!(first.body["status"], "declined");
    assert_eq!(first.body["pools"][0]["granted"], 0);
    let again = answer(&salon, &offer, "decline").by(&ayse).send().await;
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!(again.body, first.body);
    let accepted = answer(&salon, &offer, "accept");
    accepted.refused(409, "offer-answered").await;
    assert_eq!(salon.package(&offer).await, first.body);
}

#[tokio::test]
async fn a_lapsed_offer_needs_no_answer() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let until = json!({"offer": {"until": "2026-11-22"}});
    let offer = offered(&salon, &template, until).await;
    salon.world.set_clock("2026-11-22T21:00:00Z");
    let call = answer(&salon, &offer, "decline");
    call.refused(409, "offer-lapsed").await;
}
