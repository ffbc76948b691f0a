//! Selling a package again before it is used up.

use domain::Instant;
use domain::catalog::Template;
use domain::packages::{Caps, Package, Stage};
use domain::pipeline::{Item, Opportunity, Origin, predicted_day, renew, used_up_on};

use super::opened::{after, by, opening, opp};
use crate::fixtures::*;

/// Ten visits of template 1, sold now, of which so many are used and held; without an end.
fn used(captured: u64, held: u64) -> Package {
    let mut package = visits(1, 10, &[(1, 1)]);
    spend(&mut package, 0, captured, held);
    package
}

fn spend(package: &mut Package, pool: usize, captured: u64, held: u64) {
    let balance = &mut package.pools[pool].balance;
    balance.available -= captured + held;
    balance.captured += captured;
    balance.held += held;
}

fn ten_visits() -> Template {
    template(1, visit_contents(10, &[(1, 1)]), None)
}

/// The day, or why there is none.
fn day_of(package: &Package, now: &str) -> String {
    let day = used_up_on(package, at(now), chrono_tz::Europe::Istanbul);
    day.map_or_else(|why| why.code().to_owned(), |day| day.to_string())
}

fn renewed(package: &Package, now: Instant) -> Result<Opportunity, &'static str> {
    let opening = opening(vec![ten_visits()]);
    let context = by("rep-1", now);
    let renewed = renew(&opening, package, (opp(1), salt()), None, &context);
    renewed
        .map(|decision| after(&decision))
        .map_err(|why| why.code())
}

#[test]
fn the_day_is_as_far_ahead_as_what_is_left_lasts_rounded_up() {
    for (used, days, left, today, expected) in [
        (1, 1, 1, "2026-03-02", "2026-03-03"),
        (3, 10, 1, "2026-03-02", "2026-03-06"),
        (3, 9, 1, "2026-03-02", "2026-03-05"),
        (3, 10, 0, "2026-03-02", "2026-03-02"),
        (10, 1, 1, "2026-03-02", "2026-03-03"),
        // Over a leap day, a common end of February and a turn of the year.
        (1, 1, 2, "2028-02-28", "2028-03-01"),
        (1, 1, 1, "2028-02-28", "2028-02-29"),
        (1, 1, 1, "2027-02-28", "2027-03-01"),
        (2, 2, 1, "2026-12-31", "2027-01-01"),
        (u64::MAX, 1, u64::MAX, "2026-03-02", "2026-03-03"),
        (1, u64::MAX, u64::MAX, "2026-03-02", "+262142-12-31"),
    ] {
        let predicted = predicted_day(used, days, left, day(today));
        assert_eq!(
            predicted,
            Some(day(expected)),
            "{used} in {days}, {left} left"
        );
    }
    assert_eq!(predicted_day(0, 10, 5, day("2026-03-02")), None);
}

#[test]
fn a_rate_takes_two_visits_or_seven_days() {
    // Sold on Monday the 2nd at noon in Istanbul.
    for (captured, now, expected) in [
        (0, "2026-03-02T09:00:00Z", "renewal-without-use"),
        (0, "2027-03-02T09:00:00Z", "renewal-without-use"),
        (1, "2026-03-07T20:59:59Z", "renewal-without-use"),
        // Midnight of the 8th in Istanbul: seven days, and nine visits left.
        (1, "2026-03-07T21:00:00Z", "2026-05-10"),
        (2, "2026-03-02T09:00:00Z", "2026-03-06"),
        (10, "2026-03-02T09:00:00Z", "renewal-uncounted"),
    ] {
        assert_eq!(
            day_of(&used(captured, 0), now),
            expected,
            "{captured} {now}"
        );
    }
}

#[test]
fn what_is_held_is_still_left() {
    let now = "2026-03-02T09:00:00Z";
    assert_eq!(day_of(&used(5, 0), now), "2026-03-03");
    assert_eq!(day_of(&used(5, 5), now), "2026-03-03");
    assert_eq!(day_of(&used(2, 8), now), "2026-03-06");
}

#[test]
fn the_rate_counts_from_the_first_use_where_it_is_known() {
    let mut package = used(4, 0);
    // Four visits in 20 days since the sale, or in two since the first use.
    assert_eq!(day_of(&package, "2026-03-21T09:00:00Z"), "2026-04-20");
    package.standing.begun_at = Some(at("2026-03-20T09:00:00Z").timestamp_millis());
    assert_eq!(day_of(&package, "2026-03-21T09:00:00Z"), "2026-03-24");
}

#[test]
fn credit_says_its_rate_after_seven_days_and_a_pass_never_does() {
    let mut credit = credit(1, lira(10_000), &[]);
    spend(&mut credit, 0, 7000, 0);
    assert_eq!(
        day_of(&credit, "2026-03-02T09:00:00Z"),
        "renewal-without-use"
    );
    // A thousand a day, three thousand left.
    assert_eq!(day_of(&credit, "2026-03-08T09:00:00Z"), "2026-03-11");
    let pass = pass(1, &[1], Caps::default());
    assert_eq!(day_of(&pass, "2026-03-08T09:00:00Z"), "renewal-uncounted");
}

#[test]
fn what_is_not_active_is_not_renewed() {
    for stage in [
        Stage::Offered,
        Stage::Pending,
        Stage::Voided,
        Stage::Refunded,
    ] {
        let mut package = used(4, 0);
        package.standing.stage = stage;
        assert_eq!(
            renewed(&package, now()),
            Err("renewal-uncounted"),
            "{stage:?}"
        );
    }
    let ended = expiring(used(4, 0), now());
    assert_eq!(renewed(&ended, now()), Err("renewal-uncounted"));
}

#[test]
fn of_several_pools_the_first_that_is_used_up_decides() {
    let mut package = visits(1, 10, &[(1, 1)]);
    let mut second = package.pools[0].clone();
    second.balance.captured = 5;
    second.balance.available = 5;
    package.pools.push(second);
    let now = "2026-03-02T09:00:00Z";
    // Nothing is known of the first: the second alone decides.
    assert_eq!(day_of(&package, now), "2026-03-03");
    spend(&mut package, 0, 2, 0);
    assert_eq!(day_of(&package, now), "2026-03-03");
    package.pools[1].balance.captured = 0;
    assert_eq!(day_of(&package, now), "2026-03-06");
    // One that is used up already is missed from today on.
    spend(&mut package, 0, 8, 0);
    assert_eq!(day_of(&package, now), "2026-03-02");
}

#[test]
fn it_is_renewed_only_if_it_is_used_up_before_it_ends() {
    // Two of ten in a day: used up on the 6th.
    for (ends_at, expected) in [
        ("2026-03-05T21:00:00Z", Err("renewal-not-needed")),
        ("2026-03-05T21:00:01Z", Ok("2026-03-06")),
        ("2026-03-06T21:00:00Z", Ok("2026-03-06")),
    ] {
        let package = expiring(used(2, 0), at(ends_at));
        let close_on = renewed(&package, now()).map(|of| of.position.expected_close_on.to_string());
        assert_eq!(close_on, expected.map(str::to_owned), "{ends_at}");
    }
}

#[test]
fn what_never_ends_is_renewed_a_year_ahead() {
    // One of ten in so many days leaves nine times as many.
    for (days_since, expected) in [(40, Ok("2027-04-05")), (41, Err("renewal-not-needed"))] {
        let today = now() + days(days_since - 1);
        let close_on =
            renewed(&used(1, 0), today).map(|of| of.position.expected_close_on.to_string());
        assert_eq!(close_on, expected.map(str::to_owned), "{days_since}");
    }
}

#[test]
fn it_is_for_the_same_template_or_else_for_what_the_package_cost() {
    let package = used(2, 0);
    let same = renewed(&package, now()).unwrap();
    assert_eq!(same.lines.len(), 1);
    assert_eq!(same.lines[0].item, Item::TemplateId(tpl(1)));
    assert_eq!(same.position.amount, lira(100_000));
    assert_eq!(same.origin, Some(Origin::RenewalOf(pkg(1))));
    assert_eq!(
        same.title.as_ref().map(|title| title.as_str()),
        Some("Package")
    );
    assert_eq!(same.customer, package.customer);
    assert_eq!(same.starts_on, Some(day("2026-03-06")));
    assert_eq!(same.position.representative.as_str(), "rep-1");

    let archived = Template {
        archived: true,
        ..ten_visits()
    };
    for templates in [vec![archived], Vec::new()] {
        let opening = opening(templates);
        let whose = Some("rep-2".parse().unwrap());
        let context = by("owner", now());
        let renewed = renew(&opening, &package, (opp(1), salt()), whose, &context);
        let estimated = after(&renewed.unwrap());
        assert!(estimated.lines.is_empty());
        assert_eq!(estimated.position.amount, lira(100_000));
        assert_eq!(estimated.position.representative.as_str(), "rep-2");
    }
}

#[test]
fn the_package_is_looked_at_before_the_customer() {
    let mut opening = opening(vec![ten_visits()]);
    opening.customer = opening.customer.map(erased);
    let renewed = |package: &Package| {
        let renewed = renew(
            &opening,
            package,
            (opp(1), salt()),
            None,
            &by("rep-1", now()),
        );
        renewed.map(|_| ()).map_err(|why| why.code())
    };
    assert_eq!(renewed(&used(0, 0)), Err("renewal-without-use"));
    assert_eq!(
        renewed(&expiring(used(2, 0), now() + days(1))),
        Err("renewal-not-needed")
    );
    assert_eq!(renewed(&used(2, 0)), Err("customer-erased"));
}
