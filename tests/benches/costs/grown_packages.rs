//! A salon that has sold more and more packages.

use functions::Clock;
use serde_json::Value;

use super::Failed;
use super::file::File;
use super::growth::{Grown, Page, Reads, Side, ask, load, project, reopen};
use super::operations::Operation;
use super::request::Request;
use super::shop::Shop;
use super::stock::{OF_A_CUSTOMER, Stock};

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

/// Measures it at these sizes, one grown from the other.
pub(super) async fn measure(sizes: &[u64], samples: u64) -> Result<Vec<Grown>, Failed> {
    let mut files: Vec<(u64, u64, File)> = Vec::new();
    let mut first: Option<Shop> = None;
    for size in sizes {
        let name = format!("packages-{size}");
        let (from, entries, file) = match files.last() {
            Some((less, entries, file)) => {
                let from = less.div_ceil(OF_A_CUSTOMER);
                (from, *entries, file.copy(&name)?)
            }
            None => (0, 0, File::new(&name)?),
        };
        let (database, shop, _) = reopen(&file, Clock::system(), first.as_ref()).await?;
        let sold = (&*shop.customer, &*shop.template, &*shop.services);
        let stock = Stock::of(&shop.store, &shop.business, sold, shop.now()).await?;
        let to = size.div_ceil(OF_A_CUSTOMER);
        drop(database);
        let more = load(&file, (from, to), |number| stock.history(number)).await?;
        let (_database, shop, _) = reopen(&file, Clock::system(), Some(&shop)).await?;
        project(&shop).await?;
        files.push((*size, entries + more, file));
        first.get_or_insert(shop);
    }
    let mut sides = Vec::new();
    for (size, entries, file) in &files {
        // Opened again, the database has forgotten what it keeps of the last minutes' transactions.
        let (_database, shop, scale) = reopen(file, Clock::system(), first.as_ref()).await?;
        sides.push(Side {
            size: *size,
            entries: *entries,
            pages: pages(&shop, size.div_ceil(OF_A_CUSTOMER)).await?,
            shop,
            scale,
            _database,
        });
    }
    ask(&sides, &OPERATIONS, samples).await
}

/// Pages of one customer in the middle, and of the whole business, and how many lines each has at least.
async fn pages(shop: &Shop, customers: u64) -> Result<Vec<Page>, Failed> {
    let number = customers / 2;
    let (customer, package) = (Stock::customer(number), Stock::package(number));
    let of_a_page = |there_are: u64, most: u64| usize::try_from(there_are.min(most));
    let wallet = format!("/v1/customers/{customer}/wallet");
    let paths = [
        // A customer is one thing.
        (format!("/v1/customers/{customer}"), 0),
        (wallet.clone(), of_a_page(OF_A_CUSTOMER, OF_A_CUSTOMER)?),
        (format!("/v1/customers/{customer}/journal?limit=20"), 20),
        (format!("/v1/packages/{package}"), 0),
        // Its sale, its booking and what became of that.
        (format!("/v1/packages/{package}/journal"), 3),
        ("/v1/packages?limit=20".to_owned(), 20),
        (
            "/v1/customers?limit=20".to_owned(),
            of_a_page(customers, 20)?,
        ),
        (
            "/v1/customers?name=deniz&limit=5".to_owned(),
            of_a_page(customers / 8, 5)?,
        ),
        ("/v1/journal?limit=20".to_owned(), 20),
        ("/v1/reports/liability".to_owned(), 1),
        ("/v1/reports/roll-forward".to_owned(), 1),
        ("/v1/reports/sales".to_owned(), 1),
        ("/v1/reports/utilisation".to_owned(), 1),
        ("/v1/reports/breakage".to_owned(), 1),
    ];
    let wallet = shop.send(&Request::get(wallet)).await?;
    let used = |package: &Value| package["pools"][0]["used"].as_u64().unwrap_or_default();
    let held = wallet["packages"].as_array().into_iter().flatten();
    let used: u64 = held.map(used).sum();
    if used != 2 {
        return Err(format!("a customer has used {used}").into());
    }
    let page = |(path, lines): (String, usize)| {
        Ok(Page {
            door: shop.door_of(shop.door.claims.clone())?,
            request: Request::get(path),
            lines,
            reads: Reads::Alike,
            most_rru: None,
        })
    };
    paths.into_iter().map(page).collect()
}
