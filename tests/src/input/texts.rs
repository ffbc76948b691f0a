//! Names, addresses, phone numbers, colours.

use serde_json::{Value, json};

use super::{Bad, replaced, with_body};
use crate::harness::{Business, World};

/// Everything that has a name.
const NAMED: [&str; 12] = [
    "PUT /v1/settings",
    "POST /v1/services",
    "PUT /v1/services/{id}",
    "POST /v1/package-templates",
    "PUT /v1/package-templates/{id}",
    "POST /v1/customers",
    "PATCH /v1/customers/{id}",
    "POST /v1/companies",
    "PUT /v1/companies/{id}",
    "POST /v1/stage-schemes",
    "POST /v1/quotas",
    "PUT /v1/quotas/{id}",
];

async fn refused(business: &Business<'_>, route: &str, field: &str, texts: &[String]) {
    let request = business.request(route, &business.one).await;
    let mut bad = Bad::begin(business).await;
    for text in texts {
        let body = replaced(&request, &format!("/{field}"), &json!(text).to_string());
        let what = format!("{route} with {field} {text:?}");
        let call = with_body(business, &request, body);
        bad.send(&what, call, (422, "invalid-body"), field).await;
    }
    bad.end().await;
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}

#[tokio::test]
async fn a_name_is_1_to_120_characters_on_one_line() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut names = owned(&[
        "",
        " ",
        "\t",
        "\u{a0}",
        "\u{3000}",
        "a\nb",
        "a\r\nb",
        "a\tb",
        "a\0b",
        "\u{7}a\u{7}b",
        "a\u{7f}",
        "a\u{85}b",
        "a\u{1b}[31mb",
        "a\u{2028}b",
        "a\u{2029}b",
    ]);
    names.push("ş".repeat(121));
    names.push("💅".repeat(121));
    names.push("x".repeat(20_000));
    for route in NAMED {
        refused(&business, route, "name", &names).await;
    }
}

#[tokio::test]
async fn a_name_in_any_script_is_taken_and_given_back_as_it_was_sent() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let long = "ş".repeat(120);
    for name in [
        "x",
        "Gül & Söhne <GmbH> \"1\" 'a'; --",
        "مركز الجمال",
        "שלום",
        "美容院",
        "💅🏽 Nails 👩‍👩‍👧",
        "a\u{301}",
        "{\"a\": [1]}",
        concat!("B", "#gul#C#1"),
        "%00%2F../..",
        &long,
    ] {
        for route in NAMED {
            let mut request = business.request(route, &business.one).await;
            request.body.as_mut().unwrap()["name"] = json!(name);
            let answer = request.call(&world).by(&business.owner).ok().await;
            assert_eq!(answer["name"], name, "{route}");
        }
    }
    let mut request = business.request("POST /v1/services", &business.one).await;
    request.body.as_mut().unwrap()["name"] = json!("  Manikür  ");
    let answer = request.call(&world).by(&business.owner).ok().await;
    assert_eq!(answer["name"], "Manikür");
}

#[tokio::test]
async fn an_address_is_one_mailbox() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut addresses = owned(&[
        "",
        " ",
        "ana",
        "ana@",
        "@example.com",
        "ana@example",
        "ana@@example.com",
        "ana example@example.com",
        "Ana <ana@example.com>",
        "ana@example.com, b@example.com",
        "ana@[127.0.0.1]",
        "ana@example..com",
        "ana\n@example.com",
        "ana\0@example.com",
        "ana@exam ple.com",
    ]);
    addresses.push(format!("{}@example.com", "a".repeat(65)));
    addresses.push(format!("ana@{}.com", "a.".repeat(5_000)));
    for route in ["POST /v1/customers", "PATCH /v1/customers/{id}"] {
        refused(&business, route, "email", &addresses).await;
    }
}

#[tokio::test]
async fn a_phone_number_is_5_to_32_characters_of_those_that_people_write() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut numbers = owned(&[
        "",
        "1234",
        "phone",
        "+90 532 CALL ME",
        "０５３２０００００００",
        "0532\n000",
        "0532#000",
    ]);
    numbers.push("1".repeat(33));
    for route in ["POST /v1/customers", "PATCH /v1/customers/{id}"] {
        refused(&business, route, "phone", &numbers).await;
    }
}

#[tokio::test]
async fn a_colour_is_one_of_the_palette_or_hexadecimal() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let colours = owned(&[
        "",
        "sparkly",
        "#12345",
        "#1234567",
        "#12345g",
        "123456",
        "rgb(0,0,0)",
        "#１２３４５６",
    ]);
    for route in [
        "POST /v1/package-templates",
        "PUT /v1/package-templates/{id}",
    ] {
        refused(&business, route, "colour", &colours).await;
    }
}

#[tokio::test]
async fn a_name_cannot_be_cleared_and_an_address_can() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let mut request = business
        .request("PATCH /v1/customers/{id}", &business.one)
        .await;
    let mut bad = Bad::begin(&business).await;
    let call = with_body(&business, &request, "{\"name\": null}");
    bad.send("a name of null", call, (422, "invalid-body"), "name")
        .await;
    bad.end().await;
    request.body = Some(json!({"email": null, "phone": null}));
    let answer = request.call(&world).by(&business.owner).ok().await;
    assert_eq!(
        (&answer["email"], &answer["phone"]),
        (&Value::Null, &Value::Null)
    );
}
