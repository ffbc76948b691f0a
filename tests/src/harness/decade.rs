//! The rows of a business of a million journal entries, without the entries.
//!
//! A package of ten visits is one sale, ten bookings and ten completions, so a million entries in ten
//! years are 48,000 packages: 13 sales and 260 other entries a day. They are of 20 templates, sold by
//! 10 people. What a report reads depends on nothing else: a row is as large for one entry as for
//! thousands.

use std::collections::HashMap;

use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::{AttributeValue, PutRequest, WriteRequest};
use chrono::{Datelike, Days, NaiveDate};
use futures::future::join_all;
use infra::client;

use super::World;
use super::world::TABLE;

const TEMPLATES: u32 = 20;
const SELLERS: u32 = 10;
const SALES_A_DAY: u32 = 13;

type Item = HashMap<String, AttributeValue>;

/// A row with sums of eight digits.
fn row(partition: &str, sort: String, sums: &[&str]) -> Item {
    let text = |text: &str| AttributeValue::S(text.to_owned());
    let sums = sums
        .iter()
        .map(|sum| ((*sum).to_owned(), AttributeValue::N("12345678".to_owned())));
    let mut item: Item = sums.collect();
    item.insert("PK".to_owned(), text(partition));
    item.insert("SK".to_owned(), text(&sort));
    item
}

fn template(number: u32) -> String {
    format!("tpl_{number:026}")
}

fn seller(number: u32) -> String {
    format!("0f8fad5b-d9cb-469f-a165-{number:012}")
}

/// Every row of the ten years up to `last`, as the stream would have made them.
fn rows(business: &str, last: NaiveDate) -> Vec<Item> {
    let part = |part: &str| format!("B#{business}#R#1#{part}");
    let (ledger, templates, sellers) = (part("LEDGER"), part("TEMPLATES"), part("SELLERS"));
    let money = ["s", "c", "f", "x", "a", "r"];
    let sales = ["s", "sn", "v", "vn"];
    let mut rows = Vec::new();
    let mut periods = Vec::new();
    let mut day = last - Days::new(3652);
    while day <= last {
        periods.push((format!("D#{day}"), SALES_A_DAY, SELLERS));
        let month = format!("M#{}", day.format("%Y-%m"));
        if day.day() == 1 || day == last - Days::new(3652) {
            periods.push((month, TEMPLATES, SELLERS));
            for number in 0..TEMPLATES {
                let of = format!("{}#{}", day.format("%Y-%m"), template(number));
                // Twenty packages, which end on about as many days.
                let ends: Vec<String> = (0..20).map(|end| format!("e{}", 739_000 + end)).collect();
                let mut sums: Vec<&str> = ends.iter().map(String::as_str).collect();
                sums.extend(["s", "c", "f", "x"]);
                rows.push(row(&part("COHORTS"), format!("{of}#TRY"), &sums));
                rows.push(row(&part("USAGE"), format!("{of}#VISITS"), &["g", "c"]));
            }
        }
        if day.ordinal() == 1 || day == last - Days::new(3652) {
            periods.push((format!("Y#{}", day.year()), TEMPLATES, SELLERS));
        }
        day = day + Days::new(1);
    }
    for (at, of_templates, of_sellers) in periods {
        for currency in ["TRY", "EUR"] {
            rows.push(row(&ledger, format!("{at}#{currency}"), &money));
        }
        for number in 0..of_templates {
            rows.push(row(
                &templates,
                format!("{at}#{}#TRY", template(number)),
                &sales,
            ));
        }
        for number in 0..of_sellers {
            rows.push(row(
                &sellers,
                format!("{at}#TRY#{}", seller(number)),
                &sales,
            ));
        }
    }
    rows
}

/// Whether a report may read the row. Of ten years it reads the years; months only of the first and the
/// last, days only of their first and last months, and two years of cohorts.
fn may_be_read(row: &Item, last: NaiveDate) -> bool {
    let sort = row["SK"].as_s().unwrap();
    let first = last - Days::new(3652);
    let edges = [first, last].map(|day| {
        (
            day.format("%Y").to_string(),
            day.format("%Y-%m").to_string(),
        )
    });
    let begins = |kind: &str, of: &str| sort.starts_with(&format!("{kind}#{of}"));
    match sort.as_bytes()[0] {
        b'D' => edges.iter().any(|(_, month)| begins("D", month)),
        b'M' => edges.iter().any(|(year, _)| begins("M", year)),
        b'Y' => true,
        _ => {
            let two_years = (last - Days::new(731)).format("%Y-%m").to_string();
            row["PK"].as_s().unwrap().ends_with("USAGE") || *sort >= two_years
        }
    }
}

impl World {
    /// Ten years up to `last`, as far as reports may read them.
    pub(crate) async fn decade(&self, last: &str) {
        let last: NaiveDate = last.parse().unwrap();
        let mut rows = rows(&self.business, last);
        rows.retain(|row| may_be_read(row, last));
        let client = client::at(&self.endpoint);
        for parts in rows.chunks(25 * 8) {
            join_all(parts.chunks(25).map(|part| put(&client, part))).await;
        }
    }
}

async fn put(client: &Client, rows: &[Item]) {
    let requests = rows.iter().map(|row| {
        let put = PutRequest::builder().set_item(Some(row.clone())).build();
        WriteRequest::builder().put_request(put.unwrap()).build()
    });
    let request = client.batch_write_item();
    let output = request
        .request_items(TABLE, requests.collect())
        .send()
        .await
        .unwrap();
    assert!(output.unprocessed_items.unwrap_or_default().is_empty());
}
