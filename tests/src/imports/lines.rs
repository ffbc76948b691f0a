//! Lines that cannot be taken over: where, why, and the others all the same.

use serde_json::Value;

use super::example::DOCUMENT;
use super::{counts, errors, import};
use crate::harness::Salon;

/// A sound line with one of its cells replaced.
fn line(column: &str, cell: &str) -> String {
    let sound = [
        ("email", "ayse@example.com"),
        ("name", ""),
        ("phone", ""),
        ("package", "On Seans"),
        ("kind", "visits"),
        ("services", "Manikür"),
        ("quantity", "10"),
        ("used", "4"),
        ("price", "1000"),
        ("currency", "TRY"),
        ("paid", "900"),
        ("sold_on", "2026-05-01"),
        ("expires_on", "2026-12-31"),
        ("id", ""),
    ];
    let cells = sound.map(|(name, text)| if name == column { cell } else { text });
    cells.join(",")
}

#[tokio::test]
async fn every_cell_that_cannot_be_read_is_named_with_its_line() {
    let salon = Salon::open().await;
    salon.service("Cilt Bakımı", 90_000).await;
    salon.service("cilt bakımı", 80_000).await;
    let cases = [
        ("email", "", "missing-cell"),
        ("email", "ayse", "malformed-cell"),
        ("email", "new@example.com", "name customer-name-required"),
        ("phone", "phone", "malformed-cell"),
        ("package", "", "missing-cell"),
        ("package", "tpl_1", "malformed-cell"),
        (
            "package",
            "tpl_00000000000000000000000001",
            "package-template-not-found",
        ),
        ("kind", "", "missing-cell"),
        ("kind", "tickets", "malformed-cell"),
        ("services", "Pedikür", "service-not-found"),
        (
            "services",
            "svc_00000000000000000000000001",
            "service-not-found",
        ),
        ("services", "Cilt Bakımı", "service-ambiguous"),
        ("services", "Manikür||Masaj", "service-not-found"),
        (
            "services",
            "Manikür|Manikür",
            "quantity package-template-contents",
        ),
        ("services", "", "quantity package-template-contents"),
        ("quantity", "", "import-terms"),
        ("quantity", "0", "package-template-contents"),
        ("quantity", "10|10", "import-terms"),
        ("quantity", "2.5", "malformed-cell"),
        ("quantity", "-1", "malformed-cell"),
        ("quantity", "+1", "malformed-cell"),
        ("quantity", "99999999999999999999", "malformed-cell"),
        ("used", "11", "used-above-quantity"),
        ("used", "1|1", "import-terms"),
        ("used", "x", "malformed-cell"),
        ("price", "", "missing-cell"),
        ("price", "1.000", "malformed-cell"),
        ("price", "800", "paid paid-above-price"),
        ("currency", "", "missing-cell"),
        ("currency", "lira", "malformed-cell"),
        ("paid", "1000.01", "paid-above-price"),
        ("sold_on", "", "missing-cell"),
        ("sold_on", "01.05.2026", "malformed-cell"),
        ("sold_on", "2026-5-1", "malformed-cell"),
        ("sold_on", "2026-02-29", "malformed-cell"),
        ("sold_on", "+12026-05-01", "malformed-cell"),
        ("sold_on", "2026-11-23", "import-terms"),
        ("sold_on", "0206-05-01", "import-terms"),
        ("expires_on", "2026-04-30", "expires-before-sold"),
        ("expires_on", "never", "malformed-cell"),
    ];
    let lines: Vec<String> = cases
        .iter()
        .map(|(column, cell, _)| line(column, cell))
        .collect();
    let mut lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let sound = line("", "");
    lines.push(&sound);
    let answer = import(&salon, &lines).await;
    let expected: Vec<String> = cases
        .iter()
        .enumerate()
        .map(|(index, (column, _, code))| match code.split_once(' ') {
            Some((column, code)) => format!("{} {column} {code}", index + 2),
            None => format!("{} {column} {code}", index + 2),
        })
        .collect();
    assert_eq!(errors(&answer), expected);
    for error in expected {
        let code = error.rsplit(' ').next().unwrap();
        let named = DOCUMENT.contains(&format!("`{code}`"));
        assert!(named, "docs/moving.md does not say what {code} is");
    }
    let failed = cases.len() as u64;
    assert_eq!(counts(&answer), [failed + 1, 1, 0, failed, 0]);
}

#[tokio::test]
async fn a_line_is_told_all_its_mistakes_at_once() {
    let salon = Salon::open().await;
    let wrong = "ayse,,x,On,visits,Pedikür,ten,y,1 000,TRY,z,yesterday,tomorrow,";
    let answer = import(&salon, &[wrong]).await;
    let columns: Vec<String> = errors(&answer)
        .iter()
        .map(|error| error.split(' ').nth(1).unwrap().to_owned())
        .collect();
    assert_eq!(
        columns,
        [
            "email",
            "phone",
            "services",
            "price",
            "quantity",
            "sold_on",
            "expires_on"
        ]
    );
    assert_eq!(counts(&answer), [1, 0, 0, 1, 0]);
}

#[tokio::test]
async fn a_template_leaves_no_room_for_another_kind_currency_or_number_of_balances() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure]).await;
    let line = |kind: &str, services: &str, quantity: &str, currency: &str| {
        format!(
            "ayse@example.com,,,{template},{kind},{services},{quantity},,,{currency},,2026-05-01,,"
        )
    };
    let lines = [
        line("visits", "", "", ""),
        line("", "Manikür", "", ""),
        line("", "", "5|5", ""),
        line("", "", "", "EUR"),
        line("", "", "0", "TRY"),
    ];
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    let answer = import(&salon, &lines).await;
    assert_eq!(
        errors(&answer),
        [
            "2 kind import-terms",
            "3 services import-terms",
            "4 quantity import-terms",
            "5 currency import-terms",
            "6 quantity import-terms",
        ]
    );
}

#[tokio::test]
async fn nobody_is_added_for_a_line_that_cannot_be_taken_over() {
    let salon = Salon::open().await;
    let before = salon.world.journal().await.len();
    let answer = import(
        &salon,
        &["new@example.com,Yeni Biri,,A,credit,,100,101,100,TRY,,2026-01-01,,"],
    )
    .await;
    assert_eq!(errors(&answer), ["2 used used-above-quantity"]);
    assert_eq!(salon.world.journal().await.len(), before);
}

#[tokio::test]
async fn what_is_said_of_a_mistake_names_nobody() {
    let salon = Salon::open().await;
    let answer = import(
        &salon,
        &["gizli@ornek,Gizli Kişi,0532-x,Gizli Paket,visits,Gizli Hizmet,10,4,1,TRY,,x,x,G-1"],
    )
    .await;
    let errors: &Value = &answer["errors"];
    assert!(errors.as_array().unwrap().len() > 3, "{errors}");
    let said = errors.to_string().to_lowercase();
    assert!(!said.contains("gizli") && !said.contains("0532"), "{said}");
}
