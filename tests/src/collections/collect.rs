//! Collecting what is due.

use futures::future::join_all;
use serde_json::{Value, json};

use super::plans::{Plans, euro, mandate};
use super::schema::flaws;
use crate::harness::{Salon, lira};

/// Package, instalment and cents of each debit.
fn debits(collection: &Value) -> Vec<(&str, u64, u64)> {
    let debits = collection["debits"].as_array().unwrap().iter();
    debits
        .map(|debit| {
            (
                debit["package_id"].as_str().unwrap(),
                debit["instalment"].as_u64().unwrap(),
                debit["amount"]["amount_minor"].as_u64().unwrap(),
            )
        })
        .collect()
}

fn left_out(collection: &Value) -> Vec<(&str, &str)> {
    let left_out = collection["left_out"].as_array().unwrap().iter();
    let text = |value: &'_ Value| value.as_str().map(str::len);
    let mut found: Vec<(&str, &str)> = left_out
        .inspect(|one| assert!(text(&one["customer_id"]).is_some()))
        .map(|one| {
            (
                one["package_id"].as_str().unwrap(),
                one["reason"].as_str().unwrap(),
            )
        })
        .collect();
    found.sort_unstable();
    found
}

/// How many packages a collection of that day looks at.
async fn listed_on(salon: &Salon, day: &str) -> usize {
    let (business, day) = (salon.world.business.parse().unwrap(), day.parse().unwrap());
    let listed = salon.world.store.due_packages(&business, day).await;
    listed.unwrap().len()
}

#[tokio::test]
async fn what_is_due_becomes_a_file_that_the_schema_takes_once_and_the_same_again() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    let package = plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    // Nothing is due yet.
    assert_eq!(debits(&plans.dry("2026-11-30").await), []);
    let early = plans.collect("2026-11-30", "early");
    early.refused(409, "collection-size").await;
    // A dry run changes nothing.
    for _ in 0..2 {
        let dry = plans.dry("2027-01-01").await;
        let two = [(package.as_str(), 1, 10_000), (package.as_str(), 2, 10_000)];
        assert_eq!(debits(&dry), two);
        assert_eq!(
            (&dry["id"], &dry["settles_on"]),
            (&Value::Null, &json!("2027-01-04"))
        );
        assert_eq!(dry["total_cents"], 20_000);
    }
    let file = plans.file("2026-12-01", "k-1").await;
    let done = plans.collect("2026-12-01", "k-1").send().await;
    assert_eq!((done.status, done.replayed), (200, true));
    assert_eq!(debits(&done.body), [(package.as_str(), 1, 10_000)]);
    let debit = &done.body["debits"][0];
    let id = debit["end_to_end_id"].as_str().unwrap().to_owned();
    assert_eq!(debit["sequence"], "first");
    for text in [
        "<SeqTp>FRST</SeqTp>",
        "<InstdAmt Ccy=\"EUR\">100.00</InstdAmt>",
        "<IBAN>AT611904300234573201</IBAN>",
        "<Nm>Zeynep Hurrem</Nm>",
        "<MndtId>M-1</MndtId>",
        "<Ustrd>1/6 On Ziyaret</Ustrd>",
        "<ReqdColltnDt>2026-12-01</ReqdColltnDt>",
        &format!("<EndToEndId>{id}</EndToEndId>"),
        &format!("<MsgId>{}</MsgId>", done.body["id"].as_str().unwrap()),
    ] {
        assert!(file.contains(text), "{text} is not in {file}");
    }
    // The same key, later: the same file. Another day is another request.
    salon.world.set_clock("2026-12-05T08:00:00Z");
    assert_eq!(plans.file("2026-12-01", "k-1").await, file);
    let other = plans.collect("2027-01-01", "k-1");
    other.refused(422, "idempotency-key-reused").await;
    let again = plans.collect("2026-12-07", "k-2");
    again.refused(409, "collection-size").await;
    // Nor is it looked at again before the next one is due.
    let listed = ["2026-12-31", "2027-01-01"].map(|day| listed_on(&salon, day));
    assert_eq!(join_all(listed).await, [0, 1]);
    // The money arrives, and the next month is collected under the mandate that was used.
    let body = json!({"amount": euro(10_000), "method": "direct-debit", "reference": id});
    let path = format!("/v1/packages/{package}/payments");
    salon.world.post(&path, body).key("paid").ok().await;
    let next = plans.file("2027-01-01", "k-3").await;
    assert!(
        next.contains("<SeqTp>RCUR</SeqTp>") && !next.contains("FRST"),
        "{next}"
    );
    let payments = salon.world.get(&path).ok().await;
    let collected = payments["instalments"].as_array().unwrap().iter();
    let collected: Vec<bool> = collected.map(|one| one["collected"] == true).collect();
    assert_eq!(collected, [true, true, false, false, false, false]);
    assert_eq!(flaws(&[file, next]), [None, None]);
}

#[tokio::test]
async fn what_cannot_be_collected_is_left_out_with_its_reason() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    let sound = plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    let without = plans.sell(&fatma).await;
    let in_lira = Plans::template(&salon, lira(60_000)).await;
    let in_lira = salon.sell(&salon.ayse, &in_lira).await;
    let services = json!([{"service_id": salon.manicure}]);
    let pending = salon
        .sell_as(json!({
            "name": "Paket", "kind": "visits", "quantity": 10, "services": services,
            "price": euro(60_000), "deposit": {"percent": 10},
            "instalments": {"count": 6, "monthly_day": 1, "direct_debit": true},
        }))
        .await;
    let mut expected = vec![
        (without.as_str(), "no-mandate"),
        (in_lira.as_str(), "other-currency"),
        (pending.as_str(), "not-active"),
    ];
    expected.sort_unstable();
    let dry = plans.dry("2026-12-01").await;
    assert_eq!(debits(&dry), [(sound.as_str(), 1, 10_000)]);
    assert_eq!(left_out(&dry), expected);
    let done = plans.collect("2026-12-01", "k").ok().await;
    assert_eq!(debits(&done), [(sound.as_str(), 1, 10_000)]);
    assert_eq!(left_out(&done), expected);
    assert_eq!(plans.collect("2026-12-01", "k").ok().await, done);
    // What stood against it is gone: the next collection takes what is due.
    plans.sign(&fatma, "M-2").await;
    let body = json!({"amount": euro(6_000), "method": "cash"});
    let path = format!("/v1/packages/{pending}/payments");
    salon.world.post(&path, body).key("deposit").ok().await;
    let dry = plans.dry("2026-12-01").await;
    assert_eq!(left_out(&dry), [(in_lira.as_str(), "other-currency")]);
    assert_eq!(dry["total_cents"], 10_000 + 9_000);
}

#[tokio::test]
async fn a_mandate_that_is_taken_back_is_no_longer_in_the_file() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    let fatma = salon.customer("Fatma", "fatma@example.com").await;
    plans.sell(&fatma).await;
    let mut of_fatma = mandate("M-2");
    of_fatma["iban"] = json!("NL91ABNA0417164300");
    let path = format!("/v1/customers/{fatma}/mandate");
    let put = salon.world.call("PUT", &path);
    put.json(of_fatma).ok().await;
    let file = plans.file("2026-12-01", "k").await;
    assert!(file.contains("NL91ABNA0417164300") && file.contains("<NbOfTxs>2</NbOfTxs>"));
    salon.world.call("DELETE", &path).ok().await;
    let file = plans.file("2026-12-01", "k").await;
    assert!(!file.contains("NL91ABNA0417164300") && file.contains("<NbOfTxs>1</NbOfTxs>"));
    assert_eq!(flaws(&[file]), [None]);
}

#[tokio::test]
async fn a_collection_needs_an_account_a_key_and_a_day_to_come() {
    let salon = Salon::open().await;
    let body = json!({"collect_on": "2026-12-01"});
    let call = salon.world.post("/v1/collections", body.clone());
    call.refused(400, "idempotency-key-required").await;
    let call = salon.world.post("/v1/collections", body).key("k");
    call.refused(409, "creditor-missing").await;
    let plans = Plans::of(&salon).await;
    plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    for day in ["2026-11-21", "2027-11-23"] {
        let call = plans.collect(day, "k");
        call.refused(422, "collection-date").await;
    }
    for day in ["", "2026-13-01", "01.12.2026", "2026-12-01T00:00:00Z"] {
        plans.collect(day, "k").refused(422, "invalid-body").await;
    }
    plans.collect("2027-11-22", "k").ok().await;
}

#[tokio::test]
async fn nothing_of_an_account_is_in_the_journal() {
    let salon = Salon::open().await;
    let plans = Plans::of(&salon).await;
    plans.sell(&salon.ayse).await;
    plans.sign(&salon.ayse, "M-1").await;
    plans.file("2026-12-01", "k").await;
    let entries = salon.world.journal().await;
    let facts: Vec<&str> = entries.iter().map(|entry| entry.fact.name()).collect();
    for fact in [
        "creditor-changed",
        "customer-edited",
        "collection-planned",
        "instalments-collected",
    ] {
        assert!(facts.contains(&fact), "{facts:?}");
    }
    let journal = serde_json::to_string(&entries).unwrap().to_lowercase();
    // Long enough not to be in a digest or an id by chance.
    for secret in [
        "at611904", "190430", "zeynep", "hürrem", "m-1", "de893704", "370400", "güzel",
    ] {
        // The settings say what the business is called.
        let known = secret == "güzel";
        assert_eq!(journal.contains(secret), known, "{secret}");
    }
}
