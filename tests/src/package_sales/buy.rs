//! POST /v1/me/packages.

use serde_json::{Value, json};

use crate::harness::{Call, Salon, assert_shows, id, lira};

async fn template(salon: &Salon, fields: Value) -> String {
    let mut template = json!({
        "name": "10 Manikür", "kind": "visits", "quantity": 10, "price": lira(500_000),
        "services": [{"service_id": salon.manicure}], "online": true,
    });
    for (name, value) in fields.as_object().unwrap() {
        template[name] = value.clone();
    }
    salon.template(template).await
}

fn purchase(salon: &Salon, token: &str, template: &str) -> Call {
    let body = json!({"template_id": template});
    let call = salon.world.post("/v1/me/packages", body);
    call.by(token).key(template)
}

#[tokio::test]
async fn what_a_customer_buys_waits_for_all_of_its_price_unless_a_deposit_will_do() {
    let salon = Salon::open().await;
    let ayse = salon.ayses_token().await;
    let plan = json!({"count": 4, "monthly_day": 1});
    for (fields, deposit, instalments) in [
        (json!({}), lira(500_000), Value::Null),
        (json!({"instalments": plan}), lira(500_000), Value::Null),
        (
            json!({"instalments": plan, "deposit": {"percent": 10}}),
            lira(50_000),
            json!({"count": 4, "monthly_day": 1, "direct_debit": false}),
        ),
    ] {
        let template = template(&salon, fields).await;
        let bought = purchase(&salon, &ayse, &template).send().await;
        assert_eq!((bought.status, bought.replayed), (201, false));
        let expected = json!({
            "customer_id": salon.ayse, "status": "pending-payment", "price": lira(500_000),
            "paid": lira(0), "outstanding": lira(500_000), "deposit": deposit,
            "instalments": instalments,
        });
        assert_shows(&bought.body, &expected);
        let again = purchase(&salon, &ayse, &template).send().await;
        assert_eq!((again.status, again.replayed), (201, true));
        assert_eq!(again.body, bought.body);
    }
    assert_eq!(
        salon.wallet().await["packages"][2]["pools"][0]["granted"],
        10
    );
    assert_eq!(salon.wallet().await["totals"]["services"], json!([]));
    for (token, code) in [
        (ayse, "package-not-active"),
        (salon.world.token(local::Role::Owner), "package-not-active"),
    ] {
        let booking = salon.booking("b", &[&salon.manicure], json!("auto"));
        let booking = salon.world.post("/v1/bookings", booking).by(&token);
        booking.refused(409, code).await;
    }
}

#[tokio::test]
async fn what_costs_nothing_can_be_used_at_once() {
    let salon = Salon::open().await;
    let ayse = salon.ayses_token().await;
    let gift = template(&salon, json!({"price": lira(0)})).await;
    let bought = purchase(&salon, &ayse, &gift).ok().await;
    assert_shows(&bought, &json!({"status": "active", "deposit": null}));
    salon.book("b", &[&salon.manicure], json!("auto")).await;
    assert_eq!(salon.pool(&id(&bought)).await, (9, 1, 0, 0));
}

#[tokio::test]
async fn what_costs_nothing_is_had_once() {
    let salon = Salon::open().await;
    let token = salon.ayses_token().await;
    let gift = template(&salon, json!({"price": lira(0)})).await;
    let buy = async |key: &str, token: &str| {
        let body = json!({"template_id": gift});
        let call = salon.world.post("/v1/me/packages", body);
        call.by(token).key(key).send().await
    };
    let first = buy("k-1", &token).await;
    let again = buy("k-2", &token).await;
    assert_eq!((first.status, first.replayed), (201, false));
    assert_eq!((again.status, again.replayed), (201, true));
    assert_eq!(again.body, first.body);
    // What became of it since is told, whatever the key.
    let path = format!("/v1/packages/{}/void", id(&first.body));
    let void = salon.world.post(&path, json!({"reason": "mistake"}));
    void.key("v").ok().await;
    assert_eq!(buy("k-3", &token).await.body["status"], "voided");
    // By each customer.
    let other = buy("k-1", &salon.fatmas_token().await).await;
    assert_eq!((other.status, other.replayed), (201, false));
}

#[tokio::test]
async fn a_customer_buys_what_is_in_the_shop_and_nothing_else() {
    let salon = Salon::open().await;
    let ayse = salon.ayses_token().await;
    let offline = template(&salon, json!({"online": false})).await;
    let call = purchase(&salon, &ayse, &offline);
    call.refused(409, "not-sold-online").await;
    let archived = template(&salon, json!({})).await;
    let archive = format!("/v1/package-templates/{archived}/archive");
    salon.world.call("POST", &archive).ok().await;
    let call = purchase(&salon, &ayse, &archived);
    call.refused(409, "package-template-archived").await;
    let nothing = format!("tpl_{:026}", 7);
    let call = purchase(&salon, &ayse, &nothing);
    call.refused(404, "package-template-not-found").await;
    let online = template(&salon, json!({})).await;
    let stranger = salon.world.customer_token("s", "s@example.com");
    let call = purchase(&salon, &stranger, &online);
    call.refused(404, "not-claimed").await;
    for more in [
        json!({"price": lira(1)}),
        json!({"customer_id": salon.ayse}),
        json!({"offer": {}}),
    ] {
        let mut body = json!({"template_id": online});
        for (name, value) in more.as_object().unwrap() {
            body[name] = value.clone();
        }
        let call = salon.world.post("/v1/me/packages", body).by(&ayse).key("k");
        call.refused(422, "invalid-body").await;
    }
    assert_eq!(salon.wallet().await["packages"], json!([]));
}

#[tokio::test]
async fn the_key_of_one_customer_does_not_show_another_what_they_bought() {
    let salon = Salon::open().await;
    let (ayse, fatma) = (salon.ayses_token().await, salon.fatmas_token().await);
    let online = template(&salon, json!({})).await;
    purchase(&salon, &ayse, &online).ok().await;
    let call = purchase(&salon, &fatma, &online);
    call.refused(422, "idempotency-key-reused").await;
}
