//! A sales team that has opened more and more opportunities.

use functions::Clock;
use serde_json::json;

use super::asked::{Asked, asked};
use super::file::File;
use super::growth::{Grown, Page, Reads, Side, ask, load, project, reopen};
use super::operations::Operation;
use super::request::{Request, id};
use super::sales_team::SalesTeam;
use super::shop::Shop;
use super::{Failed, NOW};

/// What is asked for at each size, beside the lists and reports.
const OPERATIONS: [Operation; 4] = [
    Operation::OpenOpportunity,
    Operation::MoveStage,
    Operation::LogCall,
    Operation::AcceptQuote,
];

/// Measures it at these sizes, one grown from the other.
pub(super) async fn measure(sizes: &[u64], samples: u64) -> Result<Vec<Grown>, Failed> {
    let mut files: Vec<(u64, u64, File)> = Vec::new();
    let mut first: Option<Shop> = None;
    let clock = Clock::fixed(NOW.parse()?);
    for size in sizes {
        let name = format!("pipeline-{size}");
        let (from, entries, file) = match files.last() {
            Some((less, entries, file)) => (*less, *entries, file.copy(&name)?),
            None => (0, 0, File::new(&name)?),
        };
        let (database, shop, _) = reopen(&file, clock.clone(), first.as_ref()).await?;
        let when = (shop.now(), u64::MAX);
        let team = SalesTeam::hire(shop.store.clone(), shop.business.parse()?, when).await?;
        drop(database);
        let more = load(&file, (from, *size), |number| team.decisions(number)).await?;
        let (_database, shop, _) = reopen(&file, clock.clone(), Some(&shop)).await?;
        project(&shop).await?;
        files.push((*size, entries + more, file));
        first.get_or_insert(shop);
    }
    let mut sides = Vec::new();
    for (size, entries, file) in &files {
        let (_database, shop, scale) = reopen(file, clock.clone(), first.as_ref()).await?;
        sides.push(Side {
            size: *size,
            entries: *entries,
            pages: pages(&shop, *size).await?,
            shop,
            scale,
            _database,
        });
    }
    ask(&sides, &OPERATIONS, samples).await
}

/// Its lists and reports.
async fn pages(shop: &Shop, size: u64) -> Result<Vec<Page>, Failed> {
    let (quota, linked) = quota(shop).await?;
    println!("{size} opportunities, {linked} of which count for a quota");
    if linked == 0 {
        return Err("nothing counts for the quota".into());
    }
    let page = |asked: Asked| {
        // A quota shows all that count for it, which are more of more.
        let (reads, lines) = match asked.path.ends_with(&quota) {
            true => (Reads::All, linked),
            false if asked.path.contains("/reports/") => (Reads::Rows, asked.lines),
            false => (Reads::Alike, asked.lines),
        };
        Ok(Page {
            door: shop.door_of(asked.by)?,
            request: Request::get(asked.path),
            lines,
            reads,
            most_rru: Some(asked.most_rru),
        })
    };
    asked(size, &quota).into_iter().map(page).collect()
}

/// A quota of this year for one of the team, for which all counts that they have won; its path, and how
/// much that is.
async fn quota(shop: &Shop) -> Result<(String, usize), Failed> {
    let representative = SalesTeam::representative(5);
    let quota = json!({
        "name": "2026", "representative_id": representative,
        "from": "2026-01-01", "to": "2026-12-31", "target_count": 1000,
    });
    let quota = shop.made("/v1/quotas", quota).await?;
    let won = format!(
        "/v1/opportunities?representative_id={representative}&status=won&close_from=2026-01-01"
    );
    let (mut linked, mut next) = (0, String::new());
    loop {
        let page = shop.send(&Request::get(format!("{won}{next}"))).await?;
        for item in page["items"].as_array().into_iter().flatten() {
            let path = format!("/v1/opportunities/{}", id(item)?);
            let present = shop.send(&Request::get(&path)).await?;
            let version = present["version"].as_u64().ok_or("it has no version")?;
            let link = Request::post(format!("{path}/quota"), &json!({"quota_id": quota}));
            shop.send(&link.if_match(version)).await?;
            linked += 1;
        }
        shop.meter.take();
        let Some(cursor) = page["next_cursor"].as_str() else {
            return Ok((format!("quotas/{quota}"), linked));
        };
        next = format!("&cursor={cursor}");
    }
}
