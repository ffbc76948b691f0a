//! GET /v1/reports/…, and the rows behind them.

mod breakage;
mod care;
mod cost;
mod days;
mod format;
mod liability;
mod pipeline;
mod pipeline_cost;
mod pipeline_lines;
mod pipeline_rows;
mod rebuild;
mod roll_forward;
mod rows;
mod sales;
mod utilisation;

use chrono::{NaiveDate, TimeDelta};
use domain::calendar::start_of_day;
use domain::journal::{Entry, fold};
use domain::packages::{Package, Unit};
use domain::{Instant, PackageId};
use serde_json::{Value, json};

use crate::harness::{Salon, lira};

/// Sells Ayşe visits at 100 lira each that are valid for so many days; the package.
async fn sell_days(salon: &Salon, quantity: u64, days: u32) -> String {
    let body = json!({
        "name": "Günler", "kind": "visits", "quantity": quantity, "price": lira(quantity * 10_000),
        "services": [{"service_id": salon.manicure}],
        "validity": {"count": days, "unit": "days"},
    });
    salon.sell_as(body).await
}

/// Books a manicure at an instant, from this package.
async fn book_at(salon: &Salon, id: &str, starts_at: &str, package: &str) {
    let mut body = salon.booking(id, &[&salon.manicure], json!([package]));
    body["starts_at"] = json!(starts_at);
    salon.world.post("/v1/bookings", body).ok().await;
}

/// A report after everything that happened has come through the stream.
async fn report(salon: &Salon, path: &str) -> Value {
    salon.world.pump().await;
    read(salon, path).await
}

/// A report as it stands.
async fn read(salon: &Salon, path: &str) -> Value {
    salon.world.get(&format!("/v1/reports/{path}")).ok().await
}

/// The lira that are owed at the end of a day, in kuruş.
async fn owed(salon: &Salon, day: &str) -> i64 {
    let report = report(salon, &format!("liability?as_of={day}")).await;
    lira_line(&report)["liability_minor"].as_i64().unwrap_or(0)
}

/// The line of a report about lira; null if there is none.
fn lira_line(report: &Value) -> Value {
    let items = report["items"].as_array().unwrap().iter();
    let mut lira = items.filter(|line| line["currency"] == "TRY");
    let line = lira.next().cloned().unwrap_or_default();
    assert!(lira.next().is_none(), "one line per currency: {report}");
    line
}

/// What the journal says is owed in lira at the end of a day in Istanbul: package by package, from
/// nothing but the fold.
fn told(journal: &[Entry], day: NaiveDate) -> i64 {
    let end = start_of_day(day.succ_opt().unwrap(), chrono_tz::Europe::Istanbul).unwrap();
    let last: Instant = end - TimeDelta::milliseconds(1);
    let until: Vec<&Entry> = journal.iter().filter(|entry| entry.at <= last).collect();
    let created = until.iter().filter_map(|entry| entry.fact.creates());
    let ids: Vec<PackageId> = created.map(|package| package.id).collect();
    let packages = ids
        .into_iter()
        .filter_map(|id| fold(id, until.iter().copied()).unwrap());
    let packages = packages.filter(|package| package.terms.price.currency().code() == "TRY");
    packages.map(|package| owed_of(&package, last)).sum()
}

fn owed_of(package: &Package, at: Instant) -> i64 {
    let owed = package.pools.iter().map(|pool| {
        let lost = match pool.unit {
            _ if !package.standing.ended_at(at) => 0,
            Unit::Visit | Unit::Money(_) => pool.value_of(pool.balance.available),
            Unit::Unlimited if pool.balance.held == 0 => pool.worth_minor,
            Unit::Unlimited => 0,
        };
        pool.worth_minor - lost
    });
    i64::try_from(owed.sum::<u64>()).unwrap()
}

/// Expects the liability of every day of a stretch to be what the journal tells, and each day's
/// roll-forward to lead from the day before to it.
async fn check_days(salon: &Salon, from: &str, to: &str) {
    salon.world.pump().await;
    let journal = salon.world.journal().await;
    let (mut day, to): (NaiveDate, NaiveDate) = (from.parse().unwrap(), to.parse().unwrap());
    while day <= to {
        let report = read(salon, &format!("liability?as_of={day}")).await;
        let owed = lira_line(&report)["liability_minor"].as_i64().unwrap_or(0);
        assert_eq!(owed, told(&journal, day), "on {day}");
        let report = read(salon, &format!("roll-forward?from={day}&to={day}")).await;
        let line = lira_line(&report);
        if !line.is_null() {
            assert_eq!(line["closing_minor"], owed, "on {day}: {line}");
            let before = told(&journal, day.pred_opt().unwrap());
            assert_eq!(line["opening_minor"], before, "on {day}: {line}");
            balanced(&line);
        }
        day = day.succ_opt().unwrap();
    }
}

/// Expects that a line of a roll-forward adds up.
fn balanced(line: &Value) {
    let sum = |names: &[&str]| -> i64 {
        let amounts = names.iter().map(|name| &line[format!("{name}_minor")]);
        amounts.map(|amount| amount.as_i64().unwrap()).sum()
    };
    let came = sum(&["opening", "sold", "topped_up", "adjusted", "transferred"]);
    let went = sum(&["voided", "used", "forfeited", "refunded", "expired"]);
    assert_eq!(came - went, sum(&["closing"]), "{line}");
}
