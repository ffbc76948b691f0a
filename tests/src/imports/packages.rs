//! What a line becomes.

use serde_json::json;

use super::{counts, errors, file, import, importing, wallet};
use crate::harness::{Salon, id, lira};

#[tokio::test]
async fn each_kind_goes_on_with_what_is_left_of_it() {
    let salon = Salon::open().await;
    let answer = import(
        &salon,
        &[
            "ayse@example.com,,,On Seans,visits,Manikür,10,4,1000,TRY,,2026-05-01,2026-12-31,1",
            "ayse@example.com,,,Karma,bundle,manikür|MASAJ,5|3,2|0,\"2000,50\",TRY,500,2026-06-01,,2",
            "ayse@example.com,,,Kredi,credit,,1500,250.25,1200,try,1200,2026-07-01,2027-06-30,3",
            "ayse@example.com,,,Aylık,pass,,,6,3000,TRY,,2026-11-01,2026-11-30,4",
        ],
    )
    .await;
    assert_eq!(
        (errors(&answer), counts(&answer)),
        (vec![], [4, 4, 0, 0, 0])
    );
    assert_eq!(
        (&answer["done"], &answer["next_line"]),
        (&json!(true), &json!(null))
    );
    let wallet = wallet(&salon, "ayse@example.com").await;
    let packages = wallet["packages"].as_array().unwrap();
    let shown: Vec<String> = packages
        .iter()
        .map(|package| {
            let pools = package["pools"].as_array().unwrap().iter();
            let pools: Vec<String> = pools
                .map(|pool| {
                    format!(
                        "{} of {}, {} used",
                        pool["available"], pool["granted"], pool["used"]
                    )
                })
                .collect();
            let [name, kind, status] =
                ["name", "kind", "status"].map(|of| package[of].as_str().unwrap());
            format!("{name} {kind} {status}: {}", pools.join("; "))
        })
        .collect();
    assert_eq!(
        shown,
        [
            "On Seans visits active: 6 of 10, 4 used",
            "Karma bundle active: 3 of 5, 2 used; 3 of 3, 0 used",
            "Kredi credit active: 124975 of 150000, 25025 used",
            "Aylık pass active: 0 of 6, 6 used",
        ]
    );
    let [visits, bundle, credit, _] = &packages[..] else {
        panic!("four packages");
    };
    assert_eq!(
        (&visits["price"], &visits["paid"]),
        (&lira(100_000), &lira(100_000))
    );
    assert_eq!(visits["sold_at"], "2026-04-30T21:00:00Z");
    assert_eq!(visits["expires_at"], "2026-12-31T21:00:00Z");
    assert_eq!(
        (&bundle["paid"], &bundle["outstanding"]),
        (&lira(50_000), &lira(150_050))
    );
    assert_eq!(bundle["expires_at"], json!(null));
    assert_eq!(credit["price"], lira(120_000));
    // And it pays.
    let booked = salon
        .book("b", &[&salon.manicure], json!([visits["id"]]))
        .await;
    assert_eq!(booked["services"][0]["paid_by"]["package_id"], visits["id"]);
}

#[tokio::test]
async fn a_template_says_what_the_line_does_not() {
    let salon = Salon::open().await;
    let template = salon.visits(10, &[&salon.manicure, &salon.massage]).await;
    let archive = format!("/v1/package-templates/{template}/archive");
    salon.world.call("POST", &archive).ok().await;
    let lines = [
        format!("ayse@example.com,,,{template},,,,3,,,,2026-09-10,,"),
        format!("ayse@example.com,,,{template},,,12,12,900,,0,2026-09-11,2026-12-01,"),
    ];
    let answer = import(&salon, &[&lines[0], &lines[1]]).await;
    assert_eq!(
        (errors(&answer), counts(&answer)),
        (vec![], [2, 2, 0, 0, 0])
    );
    let wallet = wallet(&salon, "ayse@example.com").await;
    let [first, second] = &wallet["packages"].as_array().unwrap()[..] else {
        panic!("two packages: {wallet}");
    };
    assert_eq!(first["template_id"], template.as_str());
    assert_eq!(
        (&first["name"], &first["price"]),
        (&json!("Paket"), &lira(100_000))
    );
    assert_eq!(first["pools"][0]["available"], 7);
    // Six months from the sale, in Istanbul.
    assert_eq!(first["expires_at"], "2027-03-10T21:00:00Z");
    assert_eq!(
        (&second["status"], &second["price"]),
        (&json!("exhausted"), &lira(90_000))
    );
    assert_eq!(
        (&second["paid"], &second["outstanding"]),
        (&lira(0), &lira(90_000))
    );
}

#[tokio::test]
async fn whoever_is_not_there_is_added_once_and_whoever_is_there_stays_as_they_are() {
    let salon = Salon::open().await;
    let answer = import(
        &salon,
        &[
            "Zeynep@Example.com,Zeynep Ak,0532 111 22 33,A,credit,,100,,100,TRY,,2026-01-01,,",
            "zeynep@example.com,Another Name,,B,credit,,100,,100,TRY,,2026-01-02,,",
            "ayse@example.com,Not Ayşe,,C,credit,,100,,100,TRY,,2026-01-03,,",
        ],
    )
    .await;
    assert_eq!(
        (errors(&answer), counts(&answer)),
        (vec![], [3, 3, 0, 0, 1])
    );
    let found = salon
        .world
        .get("/v1/customers?email=zeynep@example.com")
        .ok()
        .await;
    let zeynep = &found["items"][0];
    assert_eq!(
        (&zeynep["name"], &zeynep["phone"]),
        (&json!("Zeynep Ak"), &json!("0532 111 22 33"))
    );
    let path = format!("/v1/customers/{}", id(zeynep));
    let profile = salon.world.get(&path).ok().await;
    assert_eq!(profile["customer_since"], "2025-12-31T21:00:00Z");
    let wallet = wallet(&salon, "zeynep@example.com").await;
    assert_eq!(wallet["packages"].as_array().unwrap().len(), 2);
    let ayse = salon
        .world
        .get(&format!("/v1/customers/{}", salon.ayse))
        .ok()
        .await;
    assert_eq!(ayse["name"], "Ayşe Yılmaz");
}

#[tokio::test]
async fn a_dry_run_says_what_would_be_and_writes_nothing() {
    let salon = Salon::open().await;
    let before = salon.world.journal().await.len();
    let lines = [
        "new@example.com,Yeni Biri,,A,credit,,100,,100,TRY,,2026-01-01,,1",
        "new@example.com,,,B,credit,,100,101,100,TRY,,2026-01-02,,2",
        "new@example.com,Yeni Biri,,C,credit,,100,,100,TRY,,2026-01-03,,3",
        "ayse@example.com,,,D,credit,,100,,100,TRY,,2026-01-03,,4",
        "new@example.com,Yeni Biri,,A,credit,,100,,100,TRY,,2026-01-01,,1",
    ];
    let dry = importing(&salon.world, "?dry_run=true", file(&lines))
        .ok()
        .await;
    assert_eq!(dry["dry_run"], true);
    assert_eq!(salon.world.journal().await.len(), before);
    let done = import(&salon, &lines).await;
    assert_eq!(done["dry_run"], false);
    for answer in [&dry, &done] {
        // The line that is refused has no name, but there is somebody by then.
        assert_eq!(counts(answer), [5, 3, 1, 1, 1]);
        assert_eq!(errors(answer), ["3 used used-above-quantity"]);
    }
    assert_eq!(salon.world.journal().await.len(), before + 4);
}

#[tokio::test]
async fn the_journal_tells_an_import_from_a_sale() {
    let salon = Salon::open().await;
    salon.world.set_clock("2026-11-22T09:00:00Z");
    let line = "ayse@example.com,,,On,visits,Manikür,10,4,1000,TRY,,2026-05-01,2026-12-31,1";
    import(&salon, &[line]).await;
    let journal = salon.world.get("/v1/journal?limit=1").ok().await;
    let entry = &journal["items"][0];
    assert_eq!(
        (&entry["fact"], &entry["role"]),
        (&json!("package-imported"), &json!("owner"))
    );
    let lines = entry["lines"].as_array().unwrap().iter();
    let lines: Vec<_> = lines
        .map(|line| (&line["from"], &line["to"], &line["units"], &line["value"]))
        .collect();
    let (free, used, none) = (json!("available"), json!("used"), json!(null));
    let (all, part) = (lira(100_000), lira(40_000));
    assert_eq!(
        lines,
        [
            (&none, &free, &json!(10), &all),
            (&free, &used, &json!(4), &part)
        ]
    );
    let text = entry.to_string().to_lowercase();
    assert!(!text.contains("ayse"), "{text}");
}
