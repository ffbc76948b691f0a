//! POST /v1/imports/packages.

mod bodies;
mod claimed;
mod example;
mod lines;
mod packages;
mod repeated;
mod stopped;

use serde_json::Value;

use crate::harness::{Call, Salon, World};

const HEAD: &str = "email,name,phone,package,kind,services,quantity,used,price,currency,paid,sold_on,\
                    expires_on,id";

/// A request to import this file.
fn importing(world: &World, query: &str, file: impl Into<reqwest::Body>) -> Call {
    let path = format!("/v1/imports/packages{query}");
    world.call("POST", &path).raw("text/csv", file)
}

/// A file of these lines below [`HEAD`].
fn file(lines: &[&str]) -> String {
    format!("{HEAD}\n{}\n", lines.join("\n"))
}

async fn import(salon: &Salon, lines: &[&str]) -> Value {
    importing(&salon.world, "", file(lines)).ok().await
}

/// (lines, imported, already, failed, customers added) of an answer.
fn counts(answer: &Value) -> [u64; 5] {
    ["lines", "imported", "already", "failed", "customers_added"]
        .map(|name| answer[name].as_u64().unwrap())
}

/// Every error as `line column code`.
fn errors(answer: &Value) -> Vec<String> {
    let errors = answer["errors"].as_array().unwrap().iter();
    errors
        .map(|error| {
            assert!(error["detail"].as_str().unwrap().len() > 15, "{error}");
            let column = error["column"].as_str().unwrap_or("-");
            format!(
                "{} {column} {}",
                error["line"],
                error["code"].as_str().unwrap()
            )
        })
        .collect()
}

/// The wallet of the customer with this address.
async fn wallet(salon: &Salon, email: &str) -> Value {
    let found = salon.world.get(&format!("/v1/customers?email={email}"));
    let found = found.ok().await;
    let id = found["items"][0]["id"].as_str().unwrap().to_owned();
    let path = format!("/v1/customers/{id}/wallet");
    salon.world.get(&path).ok().await
}
