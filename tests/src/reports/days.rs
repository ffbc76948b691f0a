//! Which days a report takes.

use crate::harness::Salon;

#[tokio::test]
async fn days_are_dates_in_order_and_not_after_today() {
    let salon = Salon::open().await;
    // The evening of the 22nd in UTC, the 23rd in Istanbul.
    salon.world.set_clock("2026-11-22T21:30:00Z");
    for (path, status, code) in [
        ("liability?as_of=2026-11-24", 422, "day-in-future"),
        ("liability?as_of=22.11.2026", 400, "malformed-query"),
        ("liability?as_of=2026-11-31", 400, "malformed-query"),
        ("liability?as_of=2026-1-1", 400, "malformed-query"),
        ("liability?as_of=%2B12026-01-01", 400, "malformed-query"),
        ("liability?as_of=", 400, "malformed-query"),
        ("liability?from=2026-11-01", 400, "malformed-query"),
        ("roll-forward?to=2026-11-24", 422, "day-in-future"),
        ("roll-forward?from=2026-11-24", 422, "days-reversed"),
        (
            "roll-forward?from=2026-11-02&to=2026-11-01",
            422,
            "days-reversed",
        ),
        ("roll-forward?as_of=2026-11-01", 400, "malformed-query"),
        ("sales?from=2026-11-02&to=2026-11-01", 422, "days-reversed"),
        ("sales?from=2027-01-01&to=2027-01-02", 422, "day-in-future"),
        ("breakage?from=2024-11-30", 422, "period-too-long"),
        ("utilisation?from=2016-11-30", 422, "period-too-long"),
        ("utilisation?to=2026-12-01", 422, "day-in-future"),
    ] {
        let call = salon.world.get(&format!("/v1/reports/{path}"));
        let body = call.refused(status, code).await;
        assert_eq!(body["code"], code, "{path}");
    }
    for path in [
        "liability?as_of=2026-11-23",
        "liability?as_of=0001-01-01",
        "roll-forward?from=2026-11-23&to=2026-11-23",
        "roll-forward?from=0001-01-01",
        "breakage?from=2024-12-01",
        "utilisation?from=2016-12-31",
    ] {
        salon.world.get(&format!("/v1/reports/{path}")).ok().await;
    }
}

#[tokio::test]
async fn a_business_without_settings_has_no_days() {
    let world = crate::harness::World::new().await;
    for report in [
        "liability",
        "roll-forward",
        "sales",
        "utilisation",
        "breakage",
    ] {
        let call = world.get(&format!("/v1/reports/{report}"));
        call.refused(409, "settings-missing").await;
    }
}
