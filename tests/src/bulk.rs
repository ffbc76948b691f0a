//! What benchmarks begin with is written in bulk: what the usual road leaves behind.

use std::collections::BTreeMap;

use domain::{Decision, EntryKey};
use infra::{Fault, Store, client, settle, table};

use crate::harness::{Failed, Made, SalesTeam, Salon, Stock, stored};

/// A table that nobody else has.
async fn empty(salon: &Salon) -> (Store, String) {
    let name = format!("bulk-{:x}", infra::random_128().unwrap());
    let client = client::at(&salon.world.endpoint);
    table::create(&client, &name).await.unwrap();
    (Store::new(client, &name), name)
}

/// Two years of a customer who buys and books, and of opportunities, each with its own person.
async fn decisions(salon: &Salon) -> Result<Vec<Vec<Decision>>, Failed> {
    let (world, services) = (
        &salon.world,
        [salon.manicure.clone(), salon.massage.clone()],
    );
    let template = salon.visits(10, &[&services[0], &services[1]]).await;
    let sold = (&*salon.ayse, &*template, &services[..]);
    let stock = Stock::of(&world.store, &world.business, sold, world.clock.now()).await?;
    let business = world.business.parse()?;
    let when = (world.clock.now(), u64::MAX);
    let team = SalesTeam::hire(world.store.clone(), business, when).await?;
    let opportunities: Vec<_> = (0..40)
        .map(|number| team.decisions(number))
        .collect::<Result<_, _>>()?;
    Ok(vec![
        stock.history(0)?,
        stock.history(1)?,
        opportunities.concat(),
    ])
}

#[tokio::test]
async fn in_bulk_the_same_is_written_as_by_one_transaction_after_the_other() -> Result<(), Failed> {
    let salon = Salon::open().await;
    let decisions = decisions(&salon).await?;
    let ((usual, by_one), (bulk, at_once)) = (empty(&salon).await, empty(&salon).await);
    for decision in decisions.concat() {
        settle(&usual, &Made(decision)).await?;
    }
    let mut written = 0;
    for history in &decisions {
        written += bulk.write_in_bulk(history).await?;
    }
    let endpoint = &salon.world.endpoint;
    let (expected, items) = (
        stored(endpoint, &by_one).await,
        stored(endpoint, &at_once).await,
    );
    assert!(expected.len() > 200, "{}", expected.len());
    assert_eq!((items.len(), written), (expected.len(), expected.len()));
    for (item, expected) in items.iter().zip(&expected) {
        assert_eq!(item, expected);
    }
    // What was used stands in the packages, not only in the journal: sold, booked, completed.
    let used = |item: &&BTreeMap<String, String>| {
        item.contains_key("pools") && item["version"].contains('3')
    };
    assert_eq!(items.iter().filter(used).count(), 4);
    Ok(())
}

#[tokio::test]
async fn a_package_that_was_not_sold_among_them_is_not_written_in_bulk() -> Result<(), Failed> {
    let salon = Salon::open().await;
    let (bulk, name) = empty(&salon).await;
    let mut history = decisions(&salon).await?.swap_remove(0);
    history.retain(|decision| decision.key != EntryKey::Sale(Stock::package(0)));
    let refused = bulk.write_in_bulk(&history).await;
    assert!(matches!(refused, Err(Fault::Broken { .. })), "{refused:?}");
    assert_eq!(stored(&salon.world.endpoint, &name).await, []);
    Ok(())
}
