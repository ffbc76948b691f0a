//! POST /v1/packages: what is not sold.

use serde_json::{Value, json};

use crate::harness::{Salon, lira};

async fn check(salon: &Salon, body: Value, status: u16, code: &str) {
    let call = salon.world.post("/v1/packages", body).key("k");
    call.refused(status, code).await;
}

#[tokio::test]
async fn a_sale_needs_an_idempotency_key() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let without = salon.world.post("/v1/packages", body.clone());
    without.refused(400, "idempotency-key-required").await;
    let empty = salon.world.post("/v1/packages", body).key("");
    empty.refused(400, "malformed-idempotency-key").await;
    assert_eq!(salon.wallet().await["packages"], json!([]));
}

#[tokio::test]
async fn a_key_is_not_for_another_sale() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    salon.world.post("/v1/packages", body).key("k").ok().await;
    let another = salon.credit(2).await;
    for body in [
        json!({"customer_id": salon.ayse, "template_id": another}),
        json!({"customer_id": fatma, "template_id": template}),
        json!({"customer_id": fatma, "template_id": format!("tpl_{:026}", 7)}),
    ] {
        check(&salon, body, 422, "idempotency-key-reused").await;
    }
    assert_eq!(
        salon.wallet().await["packages"].as_array().unwrap().len(),
        1
    );
}

#[tokio::test]
async fn a_key_that_led_to_a_refusal_may_be_used_again() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    let nobody = json!({"customer_id": format!("cus_{:026}", 7), "template_id": template});
    check(&salon, nobody, 404, "customer-not-found").await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    let sold = salon.world.post("/v1/packages", body).key("k").send().await;
    assert_eq!((sold.status, sold.replayed), (201, false));
}

#[tokio::test]
async fn a_sale_is_of_a_template_there_is_to_a_customer_there_is() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    let nobody = format!("cus_{:026}", 7);
    let nothing = format!("tpl_{:026}", 7);
    for (customer, template, code) in [
        (&nobody, &template, "customer-not-found"),
        (&salon.ayse, &nothing, "package-template-not-found"),
        (&nobody, &nothing, "customer-not-found"),
    ] {
        let body = json!({"customer_id": customer, "template_id": template});
        check(&salon, body, 404, code).await;
    }
    assert_eq!(salon.wallet().await["packages"], json!([]));
}

#[tokio::test]
async fn neither_the_customer_nor_the_template_may_be_another_businesss() {
    let salon = Salon::open().await;
    let next_door = salon.world.next_door();
    let add = async |path: &str, body: Value| {
        let call = salon.world.post(path, body).by(&next_door);
        call.ok().await["id"].clone()
    };
    let customer = add("/v1/customers", json!({"name": "Elif"})).await;
    let credit = json!({"name": "Kredi", "kind": "credit", "credit": lira(1), "price": lira(1)});
    let template = add("/v1/package-templates", credit).await;
    let ours = salon.credit(1).await;
    let body = json!({"customer_id": customer, "template_id": ours});
    check(&salon, body, 404, "customer-not-found").await;
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    check(&salon, body, 404, "package-template-not-found").await;
}

#[tokio::test]
async fn a_sale_names_a_customer_and_either_a_template_or_terms() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    let terms = json!({"name": "Kredi", "kind": "credit", "credit": lira(1), "price": lira(1)});
    for body in [
        json!({"customer_id": salon.ayse}),
        json!({"template_id": template}),
        json!({"customer_id": "ayse", "template_id": template}),
        json!({"customer_id": template, "template_id": template}),
        json!({"customer_id": salon.ayse, "template_id": template, "visits": 1}),
        json!({"customer_id": salon.ayse, "template_id": template, "terms": terms}),
        json!({"customer_id": salon.ayse, "terms": terms, "price": lira(1)}),
        json!({"customer_id": salon.ayse, "terms": [terms]}),
        json!({"customer_id": salon.ayse, "template_id": template, "offer": true}),
        json!({"customer_id": salon.ayse, "template_id": template, "offer": [null]}),
        json!({"customer_id": salon.ayse, "template_id": template, "offer": {"until": "soon"}}),
        json!({"customer_id": salon.ayse, "template_id": template, "expires_on": "2026-13-01"}),
        json!([salon.ayse, template]),
    ] {
        check(&salon, body, 422, "invalid-body").await;
    }
}

#[tokio::test]
async fn a_template_is_sold_at_its_own_price() {
    let salon = Salon::open().await;
    let template = salon.credit(5).await;
    let body = json!({"customer_id": salon.ayse, "template_id": template, "price": lira(4)});
    check(&salon, body, 422, "package-template-price-fixed").await;
}

#[tokio::test]
async fn the_last_day_of_a_package_or_an_offer_is_from_today_to_ten_years_ahead() {
    let salon = Salon::open().await;
    let template = salon.credit(1).await;
    // It is the 22nd in Istanbul, too.
    for (day, ok) in [
        ("2026-11-21", false),
        ("2026-11-22", true),
        ("2036-11-22", true),
        ("2036-11-23", false),
        ("+99999-01-01", false),
    ] {
        let mut sale = json!({"customer_id": salon.ayse, "template_id": template});
        let mut offer = sale.clone();
        sale["expires_on"] = json!(day);
        offer["offer"] = json!({"until": day});
        for (key, body) in [("sale", sale), ("offer", offer)] {
            let call = salon.world.post("/v1/packages", body);
            let call = call.key(&format!("{key} {day}"));
            match ok {
                true => drop(call.ok().await),
                false => drop(call.refused(422, "day-out-of-range").await),
            }
        }
    }
}

#[tokio::test]
async fn what_ended_before_it_is_sold_is_not_sold() {
    let salon = Salon::open().await;
    let template = json!({
        "name": "Kış", "kind": "credit", "credit": lira(1), "price": lira(1),
        "validity": {"until": "2026-11-30"},
    });
    let template = salon.template(template).await;
    salon.world.set_clock("2026-11-30T21:00:00Z");
    let body = json!({"customer_id": salon.ayse, "template_id": template});
    check(&salon, body.clone(), 409, "ends-in-past").await;
    salon.world.set_clock("2026-11-30T20:59:59.999Z");
    salon.world.post("/v1/packages", body).key("k").ok().await;
}
