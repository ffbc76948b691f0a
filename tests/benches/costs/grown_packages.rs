//! A salon that has sold more and more packages.

use functions::Clock;
use serde_json::Value;

use super::growth::{File, Grown, ask, load, project, reopen};
use super::operations::Operation;
use super::request::{Door, Request};
use super::shop::Shop;
use super::stock::{OF_A_CUSTOMER, Stock};
use super::{BUSINESS, Failed};

/// What is asked for at each size, beside the pages.
const OPERATIONS: [Operation; 11] = [
    Operation::Sell,
    Operation::BookNamed,
    Operation::BookChosen,
    Operation::BookAgain,
    Operation::Quote,
    Operation::Complete,
    Operation::Cancel,
    Operation::NoShow,
    Operation::Adjust,
    Operation::Wallet,
    Operation::AddCustomer,
];

/// Measures it at each of these sizes, one growing from the other.
pub(super) async fn measure(sizes: &[u64], samples: u64) -> Result<Vec<Grown>, Failed> {
    let file = File::new("packages");
    let (mut from, mut entries) = (0, 0);
    let mut grown = Vec::new();
    for size in sizes {
        let to = size.div_ceil(OF_A_CUSTOMER);
        let (database, shop, _) = reopen(&file, BUSINESS, Clock::system()).await?;
        let sold = (&*shop.customer, &*shop.template, &*shop.services);
        let stock = Stock::of(&shop.store, &shop.business, sold, shop.now()).await?;
        entries += load(&shop.store, (from, to), |number| stock.history(number)).await?;
        project(&shop).await?;
        // Opened again, the database has forgotten what it keeps of the last minutes' transactions.
        drop((shop, database));
        let (_database, shop, scale) = reopen(&file, BUSINESS, Clock::system()).await?;
        let pages = pages(&shop, to / 2).await?;
        let asked = ask(&shop, scale, &OPERATIONS, &pages, samples).await?;
        println!("{size} packages, {entries} entries: measured");
        grown.push(Grown {
            size: *size,
            entries,
            asked,
        });
        from = to;
    }
    Ok(grown)
}

/// Pages of one customer in the middle, and of the whole business.
async fn pages(shop: &Shop, number: u64) -> Result<Vec<(Door, Request)>, Failed> {
    let (customer, package) = (Stock::customer(number), Stock::package(number));
    let paths = [
        format!("/v1/customers/{customer}"),
        format!("/v1/customers/{customer}/wallet"),
        format!("/v1/customers/{customer}/journal?limit=20"),
        format!("/v1/packages/{package}"),
        format!("/v1/packages/{package}/journal"),
        "/v1/packages?limit=20".to_owned(),
        "/v1/customers?limit=20".to_owned(),
        "/v1/customers?name=deniz&limit=5".to_owned(),
        "/v1/journal?limit=20".to_owned(),
        "/v1/reports/liability".to_owned(),
        "/v1/reports/roll-forward".to_owned(),
        "/v1/reports/sales".to_owned(),
        "/v1/reports/utilisation".to_owned(),
        "/v1/reports/breakage".to_owned(),
    ];
    let wallet = shop.send(&Request::get(&paths[1])).await?;
    let held = wallet["packages"].as_array().map_or(0, Vec::len);
    let used = |package: &Value| package["pools"][0]["used"].as_u64().unwrap_or_default();
    let used: u64 = wallet["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .map(used)
        .sum();
    if (held as u64, used) != (OF_A_CUSTOMER, 2) {
        return Err(format!("a customer holds {held} packages and has used {used}").into());
    }
    let page = |path: String| {
        let door = shop.door_of(shop.door.claims.clone())?;
        Ok((door, Request::get(path)))
    };
    paths.into_iter().map(page).collect()
}
