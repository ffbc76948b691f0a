//! Templates that could never pay, and words that are none of those there are.

use super::{CREDIT, SETTINGS, VISITS, VISITS_EDIT, refused};
use crate::harness::{Business, World};

#[tokio::test]
async fn a_template_must_be_able_to_pay() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let code = "package-template-contents";
    let quantity = [(VISITS, "/quantity"), (VISITS_EDIT, "/quantity")];
    refused(
        &business,
        &quantity,
        &["0", "100001", "18446744073709551615"],
        code,
        "100000",
    )
    .await;
    let units = [
        (VISITS, "/services/0/units"),
        (VISITS_EDIT, "/services/0/units"),
    ];
    refused(
        &business,
        &units,
        &["0", "1001", "4294967295"],
        code,
        "units",
    )
    .await;
    refused(
        &business,
        &[(VISITS, "/services")],
        &["[]"],
        code,
        "services",
    )
    .await;
    refused(
        &business,
        &[(CREDIT, "/credit/amount_minor")],
        &["0"],
        code,
        "credit",
    )
    .await;
}

#[tokio::test]
async fn a_validity_is_between_a_day_and_ten_years() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let code = "validity-out-of-range";
    let places = [
        (VISITS, "/validity"),
        (VISITS_EDIT, "/validity"),
        (CREDIT, "/validity"),
    ];
    let out_of_range = [
        r#"{"count": 0, "unit": "days"}"#,
        r#"{"count": 0, "unit": "years"}"#,
        r#"{"count": 3661, "unit": "days"}"#,
        r#"{"count": 121, "unit": "months"}"#,
        r#"{"count": 11, "unit": "years"}"#,
        r#"{"count": 65535, "unit": "years"}"#,
    ];
    refused(&business, &places, &out_of_range, code, "10 years").await;
}

#[tokio::test]
async fn what_does_not_belong_to_a_kind_is_refused() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let quantity = [(VISITS, "/quantity")];
    refused(&business, &quantity, &["null"], "invalid-body", "quantity").await;
    let price = r#"{"amount_minor": 1, "currency": "TRY"}"#;
    refused(
        &business,
        &[(VISITS, "/credit")],
        &[price],
        "invalid-body",
        "credit",
    )
    .await;
    refused(
        &business,
        &[(CREDIT, "/credit")],
        &["null"],
        "invalid-body",
        "credit",
    )
    .await;
    refused(
        &business,
        &[(CREDIT, "/quantity")],
        &["1"],
        "invalid-body",
        "quantity",
    )
    .await;
    refused(
        &business,
        &[(CREDIT, "/services/0/units")],
        &["1"],
        "invalid-body",
        "units",
    )
    .await;
    refused(
        &business,
        &[(VISITS, "/kind")],
        &["\"credit\""],
        "invalid-body",
        "credit",
    )
    .await;
    refused(
        &business,
        &[(CREDIT, "/kind")],
        &["\"visits\""],
        "invalid-body",
        "visits",
    )
    .await;
}

#[tokio::test]
async fn a_word_is_one_of_those_there_are() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let no_words = [
        "\"\"",
        "\"Visits\"",
        "\"bundle\"",
        "\"booking \"",
        "\"never\"",
        "\"weeks\"",
        "0",
        "null",
        "[]",
    ];
    for (route, pointer) in [
        (VISITS, "/kind"),
        (VISITS_EDIT, "/kind"),
        (SETTINGS, "/deduct_at"),
        (SETTINGS, "/no_show"),
        (VISITS, "/validity/unit"),
    ] {
        let field = pointer.rsplit('/').next().unwrap();
        refused(
            &business,
            &[(route, pointer)],
            &no_words,
            "invalid-body",
            field,
        )
        .await;
    }
    let no_zones = [
        "\"\"",
        "\"Mars/Phobos\"",
        "\"UTC+3\"",
        "\"europe/istanbul\"",
        "\"+03:00\"",
        "3",
        "null",
    ];
    refused(
        &business,
        &[(SETTINGS, "/time_zone")],
        &no_zones,
        "invalid-body",
        "time_zone",
    )
    .await;
}
