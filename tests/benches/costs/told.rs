//! What the stream tells of a shop.

use std::time::Duration;

use aws_lambda_events::dynamodb::{Event, EventRecord};
use local::stream::{Start, Stream};

use super::shop::Shop;
use super::{Failed, TABLE};

/// How often the stream is asked for what was written before, at most, and how long it is left alone then.
const ASKED: u32 = 200;
const PAUSE: Duration = Duration::from_millis(10);
/// The most records of a shard that are read at once.
const MOST: usize = 1_000;

/// The record of a sale as the stream gives it to this function.
pub(super) async fn told_sale(shop: &Shop, function: &'static str) -> Result<Event, Failed> {
    let mapping = shop.mappings.iter();
    let mut mapping = mapping.filter(|mapping| mapping.function.name == function);
    let mapping = mapping.next().ok_or("it is not behind the stream")?;
    // From here on it tells of nothing but the sale.
    let mut stream = Stream::open(&shop.endpoint, TABLE, |_| Start::Now).await?;
    shop.sold(&shop.buyer).await?;
    for _ in 0..ASKED {
        let told = next(&mut stream).await?;
        if let Some(record) = told.into_iter().find(|record| mapping.takes(record)) {
            let mut event = Event::default();
            event.records.push(record);
            return Ok(event);
        }
        tokio::time::sleep(PAUSE).await;
    }
    Err("the stream does not tell of a sale".into())
}

async fn next(stream: &mut Stream) -> Result<Vec<EventRecord>, Failed> {
    let mut told = Vec::new();
    for (shard, records) in stream.next(MOST).await? {
        let last = records.last();
        let last = last.and_then(|record| record.change.sequence_number.clone());
        if let Some(last) = last {
            stream.reached(&shard, last);
        }
        told.extend(records);
    }
    Ok(told)
}
