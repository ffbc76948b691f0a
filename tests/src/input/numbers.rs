//! Numbers and money that are not what the field takes.

use super::{CREDIT, SERVICE, SERVICE_EDIT, VISITS, VISITS_EDIT, refused};
use crate::harness::{Business, World};

/// What no field for a whole number takes.
const NO_NUMBERS: [&str; 14] = [
    "-1",
    "-9223372036854775808",
    "18446744073709551616",
    "1e400",
    "-1e400",
    "1.5",
    "1.0",
    "1e2",
    "\"1\"",
    "\"\"",
    "true",
    "[1]",
    "{}",
    "\"1 000\"",
];

#[tokio::test]
async fn an_amount_is_a_whole_number_of_minor_units_below_a_trillion() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let places = [
        (SERVICE, "/list_price/amount_minor"),
        (SERVICE_EDIT, "/list_price/amount_minor"),
        (VISITS, "/price/amount_minor"),
        (VISITS_EDIT, "/price/amount_minor"),
        (CREDIT, "/price/amount_minor"),
        (CREDIT, "/credit/amount_minor"),
        ("POST /v1/opportunities", "/estimate/amount_minor"),
    ];
    refused(
        &business,
        &places,
        &NO_NUMBERS,
        "invalid-body",
        "amount_minor",
    )
    .await;
    refused(
        &business,
        &places,
        &["null"],
        "invalid-body",
        "amount_minor",
    )
    .await;
    // These are whole numbers, and too large.
    let large = [
        "1000000000000",
        "9223372036854775807",
        "9223372036854775808",
        "18446744073709551615",
    ];
    refused(&business, &places, &large, "invalid-body", "").await;
}

#[tokio::test]
async fn a_currency_is_a_code_of_iso_4217_with_minor_units() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    let places = [
        (SERVICE, "/list_price/currency"),
        (VISITS, "/price/currency"),
        (CREDIT, "/credit/currency"),
    ];
    let unknown = [
        "\"\"",
        "\"try\"",
        "\"TRYY\"",
        "\"TR\"",
        "\"ABC\"",
        "\"XXX\"",
        "\"XTS\"",
        "\"XAU\"",
        "\"₺\"",
        "\" TRY\"",
        "\"TRY\\u0000\"",
    ];
    refused(&business, &places, &unknown, "invalid-body", "ISO 4217").await;
    refused(
        &business,
        &places,
        &["949", "null", "[]"],
        "invalid-body",
        "currency",
    )
    .await;
}

#[tokio::test]
async fn counts_have_their_ranges() {
    let world = World::new().await;
    let business = Business::open(&world).await;
    for (places, beyond) in [
        (
            &[
                (SERVICE, "/tax_basis_points"),
                (SERVICE_EDIT, "/tax_basis_points"),
            ],
            &["10001", "65536"],
        ),
        (
            &[
                (SERVICE, "/duration_minutes"),
                (SERVICE_EDIT, "/duration_minutes"),
            ],
            &["0", "1441"],
        ),
    ] {
        let field = places[0].1.trim_start_matches('/');
        refused(&business, places, &NO_NUMBERS, "invalid-body", field).await;
        refused(&business, places, beyond, "invalid-body", field).await;
    }
    for (places, field) in [
        (
            &[(VISITS, "/quantity"), (VISITS_EDIT, "/quantity")],
            "quantity",
        ),
        (
            &[
                (VISITS, "/services/0/units"),
                (VISITS_EDIT, "/services/0/units"),
            ],
            "units",
        ),
        (
            &[(VISITS, "/validity/count"), (CREDIT, "/validity/count")],
            "count",
        ),
    ] {
        refused(&business, places, &NO_NUMBERS, "invalid-body", field).await;
    }
    let units = [(VISITS, "/services/0/units")];
    refused(&business, &units, &["4294967296"], "invalid-body", "units").await;
    refused(
        &business,
        &[(VISITS, "/validity/count")],
        &["65536"],
        "invalid-body",
        "count",
    )
    .await;
}
