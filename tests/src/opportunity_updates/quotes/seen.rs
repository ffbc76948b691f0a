//! Who sees a quote and answers it.

use local::{Claims, Role};
use serde_json::json;

use super::Shop;

#[tokio::test]
async fn a_customer_sees_and_answers_what_was_sent_to_them_and_nothing_else() {
    let shop = Shop::open().await;
    let (ayse, fatma) = (
        shop.salon.ayses_token().await,
        shop.salon.fatmas_token().await,
    );
    let quote = shop.drafted(shop.packages(1)).await;
    let reading = |token: &str| shop.reading(&quote).by(token);
    let missing = (404, "quote-not-found");
    reading(&ayse).refused(missing.0, missing.1).await;
    for verb in ["accept", "reject"] {
        let draft = shop.to(&quote, verb).by(&ayse);
        draft.refused(missing.0, missing.1).await;
    }
    shop.to(&quote, "send").ok().await;
    let seen = reading(&ayse).ok().await;
    assert_eq!(seen, shop.reading(&quote).ok().await);
    assert!(seen.get("probability_percent").is_none());
    reading(&fatma).refused(missing.0, missing.1).await;
    for verb in ["accept", "reject"] {
        let of_another = shop.to(&quote, verb).by(&fatma);
        of_another.refused(missing.0, missing.1).await;
    }
    for verb in ["send", "primary", "revise", "withdraw"] {
        let not_theirs = shop.to(&quote, verb).by(&ayse);
        not_theirs.refused(403, "forbidden").await;
    }
    for path in ["", "/quotes"] {
        let path = format!("/v1/opportunities/{}{path}", shop.opportunity);
        let get = shop.salon.world.get(&path).by(&ayse);
        get.refused(403, "forbidden").await;
    }
    // What was withdrawn before it was sent was never theirs.
    let draft = shop.drafted(shop.packages(1)).await;
    shop.to(&draft, "withdraw").ok().await;
    let never = shop.reading(&draft).by(&ayse);
    never.refused(missing.0, missing.1).await;
    let rejected = shop.to(&quote, "reject").by(&ayse).ok().await;
    assert_eq!(rejected["status"], "rejected");
    reading(&ayse).ok().await;
    let journal = shop.salon.world.journal().await;
    let last = journal.last().unwrap();
    assert_eq!(last.actor.id.as_str(), shop.salon.ayse);
}

#[tokio::test]
async fn sales_see_and_work_on_the_quotes_of_their_own_opportunities() {
    let shop = Shop::open().await;
    let world = &shop.salon.world;
    let other = Claims::new(Role::Sales, &world.business, "another");
    let other = world.tokens().mint(&other).unwrap();
    let own = world.token(Role::Sales);
    let staff = world.token(Role::Staff);
    let draft = || shop.drafting(shop.packages(1));
    draft()
        .by(&other)
        .refused(404, "opportunity-not-found")
        .await;
    draft().by(&staff).refused(403, "forbidden").await;
    let quote = draft().by(&own).ok().await;
    let quote = crate::harness::id(&quote);
    shop.reading(&quote).by(&staff).ok().await;
    let missing = shop.reading(&quote).by(&other);
    missing.refused(404, "quote-not-found").await;
    for verb in ["send", "primary", "revise", "withdraw", "reject", "accept"] {
        let missing = shop.to(&quote, verb).by(&other);
        missing.refused(404, "quote-not-found").await;
    }
    let path = format!("/v1/opportunities/{}/quotes", shop.opportunity);
    let list = world.get(&path).by(&other);
    list.refused(404, "opportunity-not-found").await;
    shop.to(&quote, "send").by(&own).ok().await;
    shop.to(&quote, "accept")
        .by(&staff)
        .refused(403, "forbidden")
        .await;
    let accepted = shop.to(&quote, "accept").by(&own).ok().await;
    assert_eq!(accepted["status"], "accepted");
    let nowhere = shop.reading("qte_00000000000000000000000000");
    nowhere.refused(404, "quote-not-found").await;
    let next_door = shop.reading(&quote).by(&world.next_door());
    next_door.refused(404, "quote-not-found").await;
    let body = json!({"lines": []});
    let empty = shop.drafting(body);
    empty.refused(409, "opportunity-closed").await;
}
