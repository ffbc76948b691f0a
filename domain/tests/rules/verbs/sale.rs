//! A sale fills the pools and fixes the expiry.

use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Kind, Template};
use domain::journal::Fact;
use domain::packages::{Covers, Order, Package, Status, Unit, sell};
use domain::{Decision, EntryKey, Put};

use crate::fixtures::*;

fn sale_of(template: Template) -> Decision {
    let order = Order::of_template();
    sell(&sale(template), &order, pkg(1), &context(now())).unwrap()
}

#[test]
fn a_sale_grants_what_the_template_promises_and_is_active_at_once() {
    let template = template(4, visit_contents(10, &[(1, 1), (2, 2)]), Some(30));
    let decision = sale_of(template.clone());
    assert_eq!(decision.key, EntryKey::Sale(pkg(1)));
    let [Put::Package(package)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    assert_eq!((package.id, package.customer), (pkg(1), cus(1)));
    assert_eq!(package.template, Some(tpl(4)));
    assert_eq!(package.terms.kind, Kind::Visits);
    assert_eq!(package.terms.name, template.terms.name);
    assert_eq!(package.terms.price, lira(100_000));
    assert_eq!(package.terms.colour.as_str(), "green");
    assert_eq!((package.sold_at, package.changed_at), (now(), None));
    assert_eq!(package.version, 1);
    // Through the whole of 1 April in Istanbul, the thirtieth day after 2 March.
    assert_eq!(
        package.standing.expires_at,
        Some(at("2026-04-01T21:00:00Z"))
    );
    assert_eq!(show(package.pools[0].balance), "10: 10 available");
    assert_eq!(package.pools[0].covers, template.terms.pools[0].covers);
    assert_eq!(package.status(now()), Status::Active);
}

#[test]
fn the_entry_of_a_sale_tells_the_package_before_its_units_and_grants_them() {
    let decision = sale_of(template(1, credit_contents(lira(5_000), &[]), None));
    let Fact::PackageSold(package) = &decision.entry.fact else {
        unreachable!("a sale: {decision:?}");
    };
    assert_eq!(
        (package.version, show(package.pools[0].balance).as_str()),
        (0, "0: ")
    );
    assert_eq!(decision.entry.customer, Some(cus(1)));
    let [line] = decision.entry.lines.as_slice() else {
        unreachable!("one line: {decision:?}");
    };
    assert_eq!((line.from, line.units, line.version), (None, 5_000, 1));
    assert_eq!(show(line.after), "5000: 5000 available");
}

#[test]
fn credit_is_sold_as_money_that_pays_for_everything_unless_services_are_named() {
    let any = credit(1, lira(5_000), &[]);
    assert_eq!(any.terms.kind, Kind::Credit);
    assert_eq!(any.terms.colour.as_str(), "purple");
    assert_eq!(any.pools[0].unit, Unit::Money(lira(0).currency()));
    assert_eq!(any.pools[0].covers, Covers::Any);
    assert_eq!(any.standing.expires_at, None);
    let one = credit(1, lira(5_000), &[2]);
    assert_eq!(one.pools[0].covers.units_for(svc(2)), Some(1));
    assert_eq!(one.pools[0].covers.units_for(svc(1)), None);
}

#[test]
fn the_expiry_of_a_sale_is_counted_in_the_businesss_own_days() {
    let mut sale = sale(template(1, visit_contents(1, &[(1, 1)]), None));
    let (count, unit) = (1, SpanUnit::Months);
    sale.template.as_mut().unwrap().terms.validity = Some(Validity::FromSale(Span { count, unit }));
    // 23:30 on 30 January in Istanbul, then half an hour later.
    for (sold_at, expires_at) in [
        ("2026-01-30T20:30:00Z", "2026-02-28T21:00:00Z"),
        ("2026-01-31T21:00:00Z", "2026-03-01T21:00:00Z"),
    ] {
        let decision = sell(&sale, &Order::of_template(), pkg(1), &context(at(sold_at))).unwrap();
        let [Put::Package(package)] = decision.puts.as_slice() else {
            unreachable!("one package: {decision:?}");
        };
        assert_eq!(
            package.standing.expires_at,
            Some(at(expires_at)),
            "{sold_at}"
        );
    }
}

#[test]
fn a_package_is_active_until_it_is_used_up_or_its_time_is_over() {
    let expires_at = now() + days(30);
    let just_before = expires_at - chrono::TimeDelta::milliseconds(1);
    let fresh = expiring(visits(1, 1, &[(1, 1)]), expires_at);
    let with = |held, captured| {
        let mut package = fresh.clone();
        let balance = &mut package.pools[0].balance;
        (balance.available, balance.held, balance.captured) = (1 - held - captured, held, captured);
        package
    };
    let mut written_off = fresh.clone();
    let balance = &mut written_off.pools[0].balance;
    (balance.available, balance.expired) = (0, 1);
    for (package, at, status) in [
        (fresh.clone(), just_before, Status::Active),
        (fresh.clone(), expires_at, Status::Expired),
        (with(1, 0), just_before, Status::Active),
        (with(1, 0), expires_at, Status::Expired),
        (with(0, 1), just_before, Status::Exhausted),
        (with(0, 1), expires_at, Status::Exhausted),
        (written_off.clone(), expires_at, Status::Expired),
        // Another end was agreed since: what went stays gone.
        (written_off, just_before, Status::Exhausted),
    ] {
        assert_eq!(package.status(at), status, "{package:?} at {at}");
    }
}

#[test]
fn from_its_expiry_on_what_was_available_counts_as_expired_and_what_is_held_does_not() {
    let mut package = expiring(visits(1, 10, &[(1, 1)]), now());
    let balance = &mut package.pools[0].balance;
    (balance.available, balance.held, balance.captured) = (5, 3, 2);
    let seen = |package: &Package, at| show(package.balances(at).next().unwrap().1);
    let before = now() - chrono::TimeDelta::milliseconds(1);
    assert_eq!(
        seen(&package, before),
        "10: 5 available, 3 held, 2 captured"
    );
    assert_eq!(seen(&package, now()), "10: 3 held, 2 captured, 5 expired");
    package.standing.ends_at = None;
    assert_eq!(seen(&package, now()), "10: 5 available, 3 held, 2 captured");
}
