//! The lines of the reports of the pipeline.

use domain::pipeline::Outcome;
use serde_json::{Value, json};

use super::pipeline::{assigned, closed, moved, opened, reopened, some, suspended};
use super::{read, report};
use crate::harness::Salon;

/// Four opportunities: one that rests, one moved on and overdue, one won, one lost and reopened.
async fn busy() -> Salon {
    let salon = Salon::open().await;
    opened(&salon, 1000, "2026-11-29", "ana").await;
    let overdue = opened(&salon, 333, "2026-11-23", "ana").await;
    let won = opened(&salon, 600, "2026-12-15", "bora").await;
    let lost = opened(&salon, 50, "2027-02-01", "bora").await;
    let resting = opened(&salon, 70, "2026-12-01", "bora").await;
    salon.world.set_clock("2026-11-23T20:00:00Z");
    moved(&salon, &overdue, 3).await;
    suspended(&salon, &resting, "2027-01-15").await;
    closed(&salon, &lost, Outcome::Lost).await;
    salon.world.set_clock("2026-11-25T20:00:00Z");
    closed(&salon, &won, Outcome::Won).await;
    reopened(&salon, &lost).await;
    assigned(&salon, &lost, "ana").await;
    salon
}

fn items(report: &Value, fields: &[&str]) -> Vec<Vec<Value>> {
    let items = report["items"].as_array().unwrap().iter();
    items.map(|line| some(line, fields)).collect()
}

#[tokio::test]
async fn the_pipeline_is_what_is_open_at_the_end_of_a_day() {
    let salon = busy().await;
    let figures = [
        "stage",
        "open_count",
        "open_minor",
        "weighted_minor",
        "suspended_minor",
    ];
    let today = report(&salon, "pipeline").await;
    let expected = [
        [1, 2, 105_000, 10_500, 7000].map(Value::from),
        [3, 1, 33_300, 16_650, 0].map(Value::from),
    ];
    assert_eq!(items(&today, &figures), expected);
    let first = read(&salon, "pipeline?as_of=2026-11-22").await;
    assert_eq!(
        items(&first, &figures),
        [[1, 5, 205_300, 20_530, 0].map(Value::from)]
    );
    let before = read(&salon, "pipeline?as_of=2026-11-21").await;
    assert_eq!(
        (&before["items"], &before["outlook"]),
        (&json!([]), &json!([]))
    );
}

#[tokio::test]
async fn time_alone_makes_an_opportunity_overdue_and_rotting() {
    let salon = busy().await;
    let figures = [
        "overdue_minor",
        "within_7_days_minor",
        "within_30_days_count",
        "rotting_count",
    ];
    let told = async |day: &str| {
        let report = report(&salon, &format!("pipeline?as_of={day}")).await;
        some(&report["outlook"][0], &figures)
    };
    assert_eq!(
        told("2026-11-23").await,
        [0, 133_300, 3, 0].map(Value::from)
    );
    assert_eq!(
        told("2026-11-24").await,
        [33_300, 100_000, 2, 0].map(Value::from)
    );
    assert_eq!(
        told("2026-11-25").await,
        [33_300, 100_000, 1, 0].map(Value::from)
    );
    salon.world.set_clock("2026-12-20T08:00:00Z");
    assert_eq!(
        told("2026-12-20").await,
        [133_300, 0, 0, 3].map(Value::from)
    );
}

#[tokio::test]
async fn the_forecast_has_a_line_for_what_is_overdue_and_one_for_each_month() {
    let salon = busy().await;
    let figures = [
        "expected_in",
        "pipeline_minor",
        "best_case_minor",
        "best_case_weighted_minor",
        "won_minor",
    ];
    let report = report(&salon, "forecast").await;
    let expected = [
        vec![
            json!("overdue"),
            json!(0),
            json!(33_300),
            json!(16_650),
            json!(0),
        ],
        vec![
            json!("2026-11"),
            json!(100_000),
            json!(0),
            json!(0),
            json!(60_000),
        ],
        vec![json!("2027-02"), json!(5000), json!(0), json!(0), json!(0)],
    ];
    assert_eq!(items(&report, &figures), expected);
    let before = read(&salon, "forecast?as_of=2026-11-22").await;
    let months = items(&before, &["expected_in", "pipeline_count", "won_count"]);
    let expected = [
        vec![json!("2026-11"), json!(2), json!(0)],
        vec![json!("2026-12"), json!(2), json!(0)],
        vec![json!("2027-02"), json!(1), json!(0)],
    ];
    assert_eq!(months, expected);
}

#[tokio::test]
async fn what_is_reopened_is_taken_off_on_that_day() {
    let salon = busy().await;
    let rates = [
        "won_count",
        "lost_count",
        "count_numerator",
        "count_denominator",
        "count_rate_basis_points",
    ];
    let lost = report(&salon, "wins?from=2026-11-23&to=2026-11-23").await;
    assert_eq!(
        items(&lost, &rates),
        [
            [0, 1, 0, 1, 0].map(Value::from),
            [0, 1, 0, 1, 0].map(Value::from)
        ]
    );
    assert_eq!(lost["reasons"][0]["closed_minor"], 5000);
    let all = read(&salon, "wins?from=2026-11-22").await;
    assert_eq!(
        items(&all, &rates)[1],
        [1, 0, 1, 1, 10_000].map(Value::from)
    );
    assert_eq!(all["reasons"], json!([]));
    let line = &all["items"][1];
    let velocity = [
        "currency",
        "won_minor",
        "mean_won_minor",
        "mean_days_hundredths",
        "velocity_minor_per_day",
    ];
    let expected = [
        json!("TRY"),
        json!(60_000),
        json!(60_000),
        json!(300),
        json!(20_000),
    ];
    assert_eq!(some(line, &velocity), expected);
    // Two currencies are never added.
    assert_eq!(
        some(&all["items"][0], &velocity[..3]),
        [Value::Null, Value::Null, Value::Null]
    );
    assert_eq!(all["quality"][0]["won_minor"], 60_000);
    assert_eq!(all["effort"][0]["closed_count"], 1);
}

#[tokio::test]
async fn the_funnel_tells_skips_and_ways_out_of_each_stage() {
    let salon = busy().await;
    let report = report(&salon, "funnel").await;
    let figures = [
        "entered_count",
        "reopened_count",
        "skipped_count",
        "moved_on_count",
        "won_count",
        "lost_count",
        "numerator",
        "denominator",
    ];
    let lines = items(&report, &figures);
    assert_eq!(lines.len(), 7);
    assert_eq!(lines[0], [6, 1, 0, 1, 1, 1, 2, 3].map(Value::from));
    assert_eq!(lines[1], [0, 0, 1, 0, 0, 0, 0, 0].map(Value::from));
    assert_eq!(lines[2], [1, 0, 0, 0, 0, 0, 0, 0].map(Value::from));
    let first = &report["items"][0];
    assert_eq!(first["name"], "New");
    // 36, 84 and 36 hours.
    assert_eq!(first["mean_seconds"], 52 * 3600);
}

#[tokio::test]
async fn what_is_pending_goes_with_who_answers_for_it() {
    let salon = busy().await;
    let report = report(&salon, "representatives?from=2026-11-22").await;
    let figures = [
        "representative_id",
        "opened_count",
        "won_minor",
        "lost_count",
        "pending_minor",
    ];
    let expected = [
        vec![json!("ana"), json!(2), json!(0), json!(0), json!(138_300)],
        vec![json!("bora"), json!(3), json!(60_000), json!(0), json!(0)],
    ];
    assert_eq!(items(&report, &figures), expected);
    let before = read(&salon, "representatives?from=2026-11-22&to=2026-11-24").await;
    let pending = items(&before, &["pending_minor", "lost_count"]);
    assert_eq!(
        pending,
        [[133_300, 0].map(Value::from), [60_000, 1].map(Value::from)]
    );
}

#[tokio::test]
async fn every_table_is_csv_too() {
    let salon = busy().await;
    salon.world.pump().await;
    for (path, list) in [
        ("pipeline", "items"),
        ("pipeline?table=outlook", "outlook"),
        ("forecast", "items"),
        ("wins", "items"),
        ("wins?table=reasons&to=2026-11-23", "reasons"),
        ("wins?table=effort", "effort"),
        ("wins?table=quality", "quality"),
        ("funnel", "items"),
        ("representatives", "items"),
    ] {
        let call = salon.world.get(&format!("/v1/reports/{path}"));
        let answer = call.header("accept", "text/csv").send().await;
        assert_eq!(answer.content_type, "text/csv; charset=utf-8", "{path}");
        let text = answer.body.as_str().unwrap().to_owned();
        let lines: Vec<&str> = text.lines().collect();
        let report = read(&salon, path).await;
        let items = report[list].as_array().unwrap();
        assert_eq!(lines.len(), items.len() + 1, "{path}");
        let columns: Vec<&str> = lines[0].split(',').collect();
        assert_eq!(columns.len(), items[0].as_object().unwrap().len(), "{path}");
        for (line, item) in lines[1..].iter().zip(items) {
            for (cell, column) in line.split(',').zip(&columns) {
                let told = match &item[*column] {
                    Value::Null => String::new(),
                    Value::String(text) => text.clone(),
                    Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_) => {
                        item[*column].to_string()
                    }
                };
                assert_eq!(cell, told, "{path} {column}");
            }
        }
    }
}

#[tokio::test]
async fn a_report_of_the_pipeline_takes_days_and_tables_it_knows() {
    let salon = Salon::open().await;
    for (path, status, code) in [
        ("pipeline?as_of=2026-11-24", 422, "day-in-future"),
        ("pipeline?table=wins", 400, "malformed-query"),
        ("pipeline?from=2026-11-01", 400, "malformed-query"),
        ("forecast?as_of=yesterday", 400, "malformed-query"),
        ("wins?to=2026-11-24", 422, "day-in-future"),
        ("wins?from=2026-11-02&to=2026-11-01", 422, "days-reversed"),
        ("wins?table=items&table=effort", 400, "malformed-query"),
        ("funnel?from=2026-11-24", 422, "days-reversed"),
        ("representatives?as_of=2026-11-01", 400, "malformed-query"),
    ] {
        let call = salon.world.get(&format!("/v1/reports/{path}"));
        let body = call.refused(status, code).await;
        assert_eq!(body["code"], code, "{path}");
    }
    for name in ["pipeline", "forecast", "wins", "representatives"] {
        let report = read(&salon, name).await;
        assert_eq!(report["items"], json!([]), "{name}");
    }
}
