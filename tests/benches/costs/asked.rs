//! What is asked for.

use local::{Claims, Role};

use super::BUSINESS;
use super::sales_team::SalesTeam;

/// What is asked for and by whom, how many lines it has at least, and the most that it may read.
pub(super) struct Asked {
    pub(super) path: String,
    pub(super) by: Claims,
    pub(super) lines: usize,
    pub(super) most_rru: f64,
}

/// Every list, a page of it, and every report, of the longest stretch that has all kinds of periods in it.
pub(super) fn asked(opportunities: u64, quota: &str) -> Vec<Asked> {
    // Of few, a page is not full, and what is sieved may not be there.
    let (full, some) = match opportunities < 10_000 {
        true => (1, 0),
        false => (40, 1),
    };
    // What one of them is to do is no full page yet of 10,000.
    let to_do = if opportunities < 100_000 { some } else { 40 };
    let (by, of) = (SalesTeam::representative(5), SalesTeam::customer(600));
    let scheme = "scheme_id=sch_00000000000000000000000000&stage=3";
    let next_month = "close_from=2026-11-22&close_to=2026-12-22";
    let owner = || Claims::new(Role::Owner, BUSINESS, "owner");
    let sales = || Claims::new(Role::Sales, BUSINESS, &by);
    let list = |path: String, by: Claims, lines| Asked {
        path,
        by,
        lines,
        most_rru: 3.0,
    };
    let page = |query: String, by, lines| list(format!("/v1/opportunities?{query}"), by, lines);
    let report = |query: &str, lines| Asked {
        path: format!("/v1/{query}"),
        by: owner(),
        lines,
        most_rru: 50.0,
    };
    vec![
        page("status=open".to_owned(), owner(), full),
        page("status=won&descending=true".to_owned(), owner(), full),
        page("status=suspended".to_owned(), owner(), full),
        // Sieved: those that are expected next are not those that rot.
        page("rotting=true".to_owned(), owner(), some),
        page(scheme.to_owned(), owner(), full),
        page(format!("representative_id={by}&status=open"), owner(), full),
        page(format!("customer_id={of}"), owner(), full),
        page(next_month.to_owned(), owner(), full),
        page(
            "status=lost&close_from=2025-02-03".to_owned(),
            owner(),
            full,
        ),
        page("status=open".to_owned(), sales(), full),
        // Their own list, sieved by the stage: what is wanted may begin on a later page.
        page(scheme.to_owned(), sales(), 0),
        page(next_month.to_owned(), sales(), some),
        list("/v1/activities".to_owned(), sales(), to_do),
        // Five opportunities, and the activities of each: a read of its own.
        list(
            format!("/v1/customers/{of}/opportunities"),
            owner(),
            full.min(5),
        ),
        report("quotas", 1),
        report(quota, full),
        report("reports/pipeline?as_of=2026-10-31", 10),
        report("reports/pipeline", 10),
        report("reports/forecast?as_of=2026-10-31", 6),
        report("reports/forecast", 6),
        report("reports/wins?from=2023-12-02", 3),
        report("reports/wins?from=2024-01-02&to=2025-12-30", 3),
        report("reports/funnel?from=2023-12-02", 14),
        report("reports/funnel?from=2024-01-02&to=2025-12-30", 14),
        report("reports/representatives", 20),
        report("reports/representatives?from=2023-12-02", 24),
        report("reports/representatives?from=2024-01-02&to=2025-12-30", 24),
    ]
}
