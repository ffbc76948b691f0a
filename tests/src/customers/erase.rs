//! POST /v1/customers/{id}/erase.

use serde_json::{Value, json};

use crate::harness::{Salon, dump, id, look_ups};

/// What nobody may find any more, in lower case: as it was written, and as it is looked up.
const PERSONAL: [&str; 7] = [
    "zerrin",
    "kılıç",
    "kilic",
    "zerrin.k@",
    "posta.example",
    "765 43",
    "hürrem",
];

async fn erase(salon: &Salon, customer: &str) -> Value {
    let path = format!("/v1/customers/{customer}/erase");
    let body = json!({"confirm": customer});
    salon.world.post(&path, body).ok().await
}

/// Zerrin with a long history and a booking to come; her id and her token.
async fn zerrin(salon: &Salon) -> (String, String) {
    let world = &salon.world;
    let body = json!({
        "name": "Hürrem Kılıçoğlu", "email": "zerrin.k@posta.example", "phone": "0532 765 43 21",
    });
    let customer = id(&world.post("/v1/customers", body).key("k").ok().await);
    let path = format!("/v1/customers/{customer}");
    let edit = json!({"name": "Zerrin Kılıç"});
    world.call("PATCH", &path).json(edit).if_match(1).ok().await;
    let token = world.customer_token("account-9", "zerrin.k@posta.example");
    world.call("POST", "/v1/me/claim").by(&token).ok().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    salon.sell(&customer, &template).await;
    for (booking, verb) in [
        ("z-1", Some("complete")),
        ("z-2", Some("cancel")),
        ("z-3", None),
    ] {
        let body = json!({
            "booking_id": booking, "customer_id": customer, "pay_with": "auto",
            "services": [{"service_id": salon.manicure}], "starts_at": "2026-11-23T10:00:00Z",
        });
        world.post("/v1/bookings", body).ok().await;
        if let Some(verb) = verb {
            salon.resolve(booking, verb).await;
        }
    }
    (customer, token)
}

#[tokio::test]
async fn nothing_that_is_stored_says_any_more_who_it_was() {
    let salon = Salon::open().await;
    let (customer, _) = zerrin(&salon).await;
    let found = |items: &[String], text: &str| {
        let mut items = items.iter().map(|item| item.to_lowercase());
        items.any(|item| item.contains(text))
    };
    let before = dump(&salon.world).await;
    for personal in ["zerrin", "kilic", "posta.example", "765 43", "account-9"] {
        assert!(found(&before, personal), "{personal} was not there before");
    }
    assert_eq!(look_ups(&before, &customer), 4);
    erase(&salon, &customer).await;
    let after = dump(&salon.world).await;
    for personal in PERSONAL {
        assert!(!found(&after, personal), "{personal} is still there");
    }
    assert_eq!(look_ups(&after, &customer), 0);
    // Of others everything is there.
    for others in ["ayşe", "ayse@example.com"] {
        assert!(found(&after, others), "{others}");
    }
    assert_eq!(after.len(), before.len() - 4 + 1);
}

#[tokio::test]
async fn the_id_the_packages_the_journal_and_every_total_stay() {
    let salon = Salon::open().await;
    let (customer, _) = zerrin(&salon).await;
    let wallet = format!("/v1/customers/{customer}/wallet");
    let (held, journal) = (
        salon.world.get(&wallet).ok().await,
        salon.world.journal().await,
    );
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let erased = erase(&salon, &customer).await;
    assert_eq!(erased["id"], customer.as_str());
    assert_eq!(erased["name"], "Erased customer");
    assert_eq!(
        (&erased["email"], &erased["phone"]),
        (&Value::Null, &Value::Null)
    );
    assert_eq!(
        (&erased["claimed"], &erased["version"]),
        (&json!(false), &json!(4))
    );
    assert_eq!(erased["erased_at"], "2026-11-22T09:00:00Z");
    assert_eq!(salon.world.get(&wallet).ok().await, held);
    let mut now = salon.world.journal().await;
    let last = now.pop().unwrap();
    assert_eq!((last.fact.name(), now), ("customer-erased", journal));
    // What was booked takes place.
    let completed = salon.resolve("z-3", "complete").await;
    assert_eq!(completed["status"], "completed");
}

#[tokio::test]
async fn nothing_new_is_agreed_with_someone_who_was_erased() {
    let salon = Salon::open().await;
    let (customer, token) = zerrin(&salon).await;
    erase(&salon, &customer).await;
    let world = &salon.world;
    let before = world.journal().await.len();
    let template = salon.visits(10, &[&salon.manicure]).await;
    let services = json!([{"service_id": salon.manicure}]);
    let booking = json!({
        "booking_id": "z-4", "customer_id": customer, "services": services,
        "starts_at": "2026-11-24T10:00:00Z",
    });
    let quote =
        json!({"customer_id": customer, "services": services, "starts_at": "2026-11-24T10:00:00Z"});
    let walk_in = json!({"customer_id": customer, "walk_in": {"services": services}});
    let sale = json!({"customer_id": customer, "template_id": template});
    let path = format!("/v1/customers/{customer}");
    for call in [
        world.post("/v1/packages", sale).key("z"),
        world.post("/v1/bookings", booking),
        world.post("/v1/redemption-quotes", quote),
        world.post("/v1/bookings/z-5/complete", walk_in),
        world
            .call("PATCH", &path)
            .json(json!({"name": "Zerrin"}))
            .if_match(4),
    ] {
        call.refused(409, "customer-erased").await;
    }
    // The account is nobody's, and its address finds nothing.
    world
        .get("/v1/me")
        .by(&token)
        .refused(404, "not-claimed")
        .await;
    let claim = world.call("POST", "/v1/me/claim").by(&token);
    claim.refused(404, "nothing-to-claim").await;
    world
        .get(&path)
        .by(&token)
        .refused(404, "customer-not-found")
        .await;
    for query in ["email=zerrin.k@posta.example", "name=zerrin", "name=erased"] {
        let found = world.get(&format!("/v1/customers?{query}")).ok().await;
        assert_eq!(found["items"], json!([]), "{query}");
    }
    assert_eq!(world.journal().await.len(), before + 1);
    // The address is free: a new customer is another one.
    let again = salon.customer("Zerrin", "zerrin.k@posta.example").await;
    assert_ne!(again, customer);
}

#[tokio::test]
async fn erasing_twice_is_erasing_once() {
    let salon = Salon::open().await;
    let path = format!("/v1/customers/{}/erase", salon.ayse);
    let send = || {
        salon
            .world
            .post(&path, json!({"confirm": salon.ayse}))
            .send()
    };
    let (first, before) = (send().await, salon.world.journal().await.len());
    salon.world.set_clock("2026-11-23T08:00:00Z");
    let again = send().await;
    assert_eq!((first.status, first.replayed), (200, false));
    assert_eq!((again.status, again.replayed), (200, true));
    assert_eq!((again.body, again.etag), (first.body, first.etag));
    assert_eq!(salon.world.journal().await.len(), before);
}

#[tokio::test]
async fn nobody_is_erased_by_a_slip() {
    let salon = Salon::open().await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let path = format!("/v1/customers/{}/erase", salon.ayse);
    let post = |body| salon.world.post(&path, body);
    post(json!({"confirm": fatma}))
        .refused(422, "erasure-unconfirmed")
        .await;
    post(json!({"confirm": true}))
        .refused(422, "invalid-body")
        .await;
    post(json!({})).refused(422, "invalid-body").await;
    let nobody = "cus_00000000000000000000000001";
    let path = format!("/v1/customers/{nobody}/erase");
    let call = salon.world.post(&path, json!({"confirm": nobody}));
    call.refused(404, "customer-not-found").await;
    let ayse = salon
        .world
        .get(&format!("/v1/customers/{}", salon.ayse))
        .ok()
        .await;
    assert_eq!(
        (&ayse["name"], &ayse["erased_at"]),
        (&json!("Ayşe Yılmaz"), &Value::Null)
    );
}

#[tokio::test]
async fn who_was_erased_and_comes_again_in_a_file_is_added_anew() {
    let salon = Salon::open().await;
    let head = "email,name,package,kind,quantity,price,currency,sold_on";
    let line = |name: &str| format!("ayse@example.com,Ayşe,{name},credit,100,100,TRY,2026-01-01");
    let import = |file: String| {
        salon
            .world
            .call("POST", "/v1/imports/packages")
            .raw("text/csv", file)
            .ok()
    };
    import(format!("{head}\n{}", line("A"))).await;
    erase(&salon, &salon.ayse).await;
    let again = import(format!("{head}\n{}\n{}", line("A"), line("B"))).await;
    assert_eq!(
        (
            &again["already"],
            &again["imported"],
            &again["customers_added"]
        ),
        (&json!(1), &json!(1), &json!(1))
    );
    let old = salon
        .world
        .get(&format!("/v1/customers/{}", salon.ayse))
        .ok()
        .await;
    assert_eq!(old["name"], "Erased customer");
}
