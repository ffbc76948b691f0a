//! Files that are none, and queries that are not taken.

use super::{counts, file, importing};
use crate::harness::{Salon, World};

const MIB_4: usize = 4 * 1024 * 1024;

#[tokio::test]
async fn a_file_is_declared_as_csv_in_utf_8_and_names_its_columns() {
    let salon = Salon::open().await;
    let world = &salon.world;
    let sound = file(&["ayse@example.com,,,Kredi,credit,,100,,100,TRY,,2026-01-01,,"]);
    let before = world.journal().await.len();
    for kind in ["application/json", "text/plain", "text/csvx", ""] {
        let call = world.call("POST", "/v1/imports/packages");
        let call = call.raw(kind, sound.clone());
        call.refused(415, "csv-required").await;
    }
    let utf_16: Vec<u8> = sound.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let utf_16 = [vec![0xff, 0xfe], utf_16].concat();
    importing(world, "", utf_16)
        .refused(400, "malformed-csv")
        .await;
    let latin = sound.replace("Kredi", "@").into_bytes();
    let latin: Vec<u8> = latin
        .into_iter()
        .map(|byte| if byte == b'@' { 0xe7 } else { byte })
        .collect();
    importing(world, "", latin)
        .refused(400, "malformed-csv")
        .await;
    for text in [
        "",
        "email,package\n",
        "name\n",
        "{\"email\": 1}",
        "email,package,sold_on,colour\n",
    ] {
        importing(world, "", text)
            .refused(422, "import-columns")
            .await;
    }
    assert_eq!(world.journal().await.len(), before);
    for (kind, text) in [
        ("text/csv; charset=utf-8", format!("\u{feff}{sound}")),
        ("Text/CSV;header=present", sound.replace('\n', "\r\n")),
    ] {
        let call = world
            .call("POST", "/v1/imports/packages?dry_run=true")
            .raw(kind, text);
        assert_eq!(counts(&call.ok().await), [1, 1, 0, 0, 0], "{kind}");
    }
    let nothing = importing(world, "", file(&[])).ok().await;
    assert_eq!((counts(&nothing), &nothing["done"]), ([0; 5], &true.into()));
}

#[tokio::test]
async fn a_file_of_four_mebibytes_is_taken_and_one_byte_more_is_too_large() {
    let salon = Salon::open().await;
    let sound = file(&["ayse@example.com,,,Kredi,credit,,100,,100,TRY,,2026-01-01,,"]);
    let padded = |length: usize| sound.clone() + &"\n".repeat(length - sound.len());
    let answer = importing(&salon.world, "", padded(MIB_4)).ok().await;
    assert_eq!(counts(&answer), [1, 1, 0, 0, 0]);
    let call = importing(&salon.world, "", padded(MIB_4 + 1));
    let problem = call.refused(413, "body-too-large").await;
    assert!(problem["detail"].as_str().unwrap().contains("4 MiB"));
}

#[tokio::test]
async fn a_query_that_is_not_taken_is_refused() {
    let salon = Salon::open().await;
    let sound = file(&[]);
    for (query, code) in [
        ("?dry_run=yes", "malformed-query"),
        ("?dryrun=true", "malformed-query"),
        ("?dry_run=true&dry_run=false", "malformed-query"),
        ("?from_line=-1", "malformed-query"),
        ("?limit=x", "malformed-query"),
        ("?limit=0", "malformed-limit"),
        ("?limit=10001", "malformed-limit"),
    ] {
        importing(&salon.world, query, sound.clone())
            .refused(400, code)
            .await;
    }
}

#[tokio::test]
async fn a_business_without_settings_imports_nothing() {
    let world = World::new().await;
    let text = file(&["a@example.com,Ana,,Kredi,credit,,100,,100,TRY,,2026-01-01,,"]);
    importing(&world, "", text)
        .refused(409, "settings-missing")
        .await;
    assert_eq!(world.journal().await.len(), 0);
}
