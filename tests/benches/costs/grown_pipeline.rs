//! A sales team that has opened more and more opportunities. Its lists and reports are those of the
//! bench that measures them alone.

use functions::Clock;
use serde_json::json;

use super::asked::asked;
use super::growth::{File, Grown, ask, load, project, reopen};
use super::operations::Operation;
use super::request::Request;
use super::sales_team::SalesTeam;
use super::{BUSINESS, Failed, NOW};

/// What is asked for at each size, beside the lists and reports.
const OPERATIONS: [Operation; 4] = [
    Operation::OpenOpportunity,
    Operation::MoveStage,
    Operation::LogCall,
    Operation::AcceptQuote,
];

/// Measures it at each of these sizes, one growing from the other.
pub(super) async fn measure(sizes: &[u64], samples: u64) -> Result<Vec<Grown>, Failed> {
    let file = File::new("pipeline");
    let (mut from, mut entries) = (0, 0);
    let mut grown = Vec::new();
    let clock = Clock::fixed(NOW.parse()?);
    for size in sizes {
        let (database, shop, _) = reopen(&file, BUSINESS, clock.clone()).await?;
        let when = (shop.now(), u64::MAX);
        let team = SalesTeam::hire(shop.store.clone(), shop.business.parse()?, when).await?;
        entries += load(&shop.store, (from, *size), |number| team.decisions(number)).await?;
        project(&shop).await?;
        drop((team, shop, database));
        let (_database, shop, scale) = reopen(&file, BUSINESS, clock.clone()).await?;
        let quota = json!({
            "name": "2026", "representative_id": SalesTeam::representative(5),
            "from": "2026-01-01", "to": "2026-12-31", "target_count": 1000,
        });
        let quota = format!("quotas/{}", shop.made("/v1/quotas", quota).await?);
        let mut pages = Vec::new();
        for asked in asked(*size, &quota) {
            pages.push((shop.door_of(asked.by)?, Request::get(asked.path)));
        }
        let asked = ask(&shop, scale, &OPERATIONS, &pages, samples).await?;
        println!("{size} opportunities, {entries} entries: measured");
        grown.push(Grown {
            size: *size,
            entries,
            asked,
        });
        from = *size;
    }
    Ok(grown)
}
