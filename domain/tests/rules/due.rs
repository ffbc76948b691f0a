//! What falls due of a package, and what is done then.

use domain::EntryKey;
use domain::due::{Due, Fallen, What, package_agenda, package_due};
use domain::packages::{Caps, InstalmentPlan, Package, PaymentMethod, VoidReason, lapse_unpaid};
use domain::settings::{Renewals, Settings};

use crate::fixtures::*;

/// What is on its agenda, in the order of time.
fn agenda(package: &Package) -> Vec<(String, String)> {
    let mut agenda = package_agenda(package, &istanbul());
    agenda.sort_by_key(|due| due.at);
    let said = |due: &Due| (due.what.name(), due.at.to_rfc3339());
    agenda.iter().map(said).collect()
}

fn said(agenda: &[(&str, &str)]) -> Vec<(String, String)> {
    let said = |(what, at): &(&str, &str)| ((*what).to_owned(), format!("{at}:00+00:00"));
    agenda.iter().map(said).collect()
}

/// Ten visits that end ten days after the second of March.
fn ending() -> Package {
    sold(template(1, visit_contents(10, &[(1, 1)]), Some(10)), 1)
}

/// The same bought online, to be paid within a day.
fn unpaid() -> Package {
    let mut package = sold_under(1, lira(100_000), None, Some(lira(100_000)));
    package.standing.pay_until = Some(now() + days(1));
    package
}

fn fallen(package: &Package, at: &str, what: What, now: &str) -> Fallen {
    let due = Due {
        at: self::at(at),
        what,
    };
    package_due(package, &istanbul(), &due, &context(self::at(now))).unwrap()
}

#[test]
fn a_package_ends_at_midnight_in_its_business_and_is_said_to_a_week_before() {
    let package = ending();
    let week = [
        ("expiring-7", "2026-03-05T21:00"),
        ("expiry", "2026-03-12T21:00"),
    ];
    assert_eq!(agenda(&package), said(&week));
    // One that lasts no week is not said to end in one.
    let short = sold(template(1, visit_contents(10, &[(1, 1)]), Some(3)), 1);
    assert_eq!(agenda(&short), said(&[("expiry", "2026-03-05T21:00")]));
}

#[test]
fn what_is_on_the_agenda_is_done_from_its_time_on() {
    let package = ending();
    let end = "2026-03-12T21:00:00Z";
    let early = fallen(&package, end, What::Expiry, "2026-03-12T20:59:59Z");
    assert_eq!(early, Fallen::Stale);
    let elsewhen = fallen(&package, "2026-03-11T21:00:00Z", What::Expiry, end);
    assert_eq!(elsewhen, Fallen::Stale);
    let Fallen::Decided(decision) = fallen(&package, end, What::Expiry, end) else {
        panic!("it has ended");
    };
    assert_eq!(decision.entry.fact.name(), "package-expired");
    let over = package.after(&decision.entry).unwrap();
    assert_eq!(agenda(&over), []);
    assert_eq!(fallen(&over, end, What::Expiry, end), Fallen::Stale);
}

#[test]
fn what_is_told_changes_nothing_and_has_one_key_for_one_time() {
    let (package, due) = (ending(), "2026-03-05T21:00:00Z");
    let told = |now: &str| match fallen(&package, due, What::Expiring(7), now) {
        Fallen::Decided(decision) => decision,
        Fallen::Nothing | Fallen::Stale => panic!("{now}"),
    };
    let (one, other) = (told(due), told("2026-03-07T09:00:00Z"));
    assert_eq!(one.key, other.key);
    assert!(matches!(one.key, EntryKey::Notice(..)));
    assert_eq!(one.entry.fact.name(), "package-expiring");
    assert_eq!(one.entry.customer, Some(package.customer));
    assert!(one.entry.touches(package.id));
    assert_eq!((&one.puts[..], one.holders.len()), (&[][..], 0));
    assert_eq!(package.after(&one.entry).unwrap(), package);
    // Over, it will not end any more.
    let late = fallen(&package, due, What::Expiring(7), "2026-03-12T21:00:00Z");
    assert_eq!(late, Fallen::Nothing);
}

#[test]
fn an_instalment_is_due_on_its_day_and_overdue_after_it_until_it_is_paid() {
    let plan = InstalmentPlan {
        count: 2,
        monthly_day: 15,
        direct_debit: false,
    };
    let package = sold_under(1, lira(100_000), Some(plan), Some(lira(20_000)));
    let all = [
        ("overdue-0", "2026-03-02T21:00"),
        ("instalment-1", "2026-03-14T21:00"),
        ("overdue-1", "2026-03-15T21:00"),
        ("instalment-2", "2026-04-14T21:00"),
        ("overdue-2", "2026-04-15T21:00"),
    ];
    assert_eq!(agenda(&package), said(&all));
    let (package, _) = paid(&package, lira(60_000), PaymentMethod::Card);
    assert_eq!(agenda(&package), said(&all[3..]));
    let (package, _) = paid(&package, lira(40_000), PaymentMethod::Card);
    assert_eq!(agenda(&package), []);
}

#[test]
fn what_is_bought_online_lapses_only_unpaid_and_only_in_its_time() {
    let package = unpaid();
    let late = context(now() + days(1));
    assert_eq!(lapse_unpaid(&package, &context(now())), Ok(None));
    let lapsed = lapse_unpaid(&package, &late).unwrap().unwrap();
    let change = domain::journal::PackageChange::Voided(VoidReason::Unpaid);
    let of = package.id;
    let expected = domain::journal::Fact::PackageChanged {
        package: of,
        change,
    };
    assert_eq!(lapsed.entry.fact, expected);
    let void = package.after(&lapsed.entry).unwrap();
    assert_eq!(lapse_unpaid(&void, &late), Ok(None));
    assert_eq!(
        agenda(&package),
        said(&[("purchase-lapse", "2026-03-03T09:00")])
    );
    let (begun, _) = paid(&package, lira(10), PaymentMethod::Card);
    assert_eq!(lapse_unpaid(&begun, &late), Ok(None));
    assert_eq!(agenda(&begun), []);
}

#[test]
fn a_pass_is_said_to_end_also_while_a_booking_holds_it_and_where_it_cost_nothing() {
    let week_and_end = [
        ("expiring-7", "2026-06-03T21:00"),
        ("expiry", "2026-06-10T21:00"),
    ];
    let mut pass = pass(1, &[1], Caps::default());
    assert_eq!(agenda(&pass), said(&week_and_end));
    let end = "2026-06-10T21:00:00Z";
    let Fallen::Decided(decision) = fallen(&pass, end, What::Expiry, end) else {
        panic!("it has ended");
    };
    assert_eq!(decision.entry.fact.name(), "package-expired");
    let over = pass.after(&decision.entry).unwrap();
    assert_eq!(agenda(&over), []);
    pass.pools[0].balance.held = 1;
    assert_eq!(agenda(&pass), said(&week_and_end[..1]));
    for held in [0, 1] {
        pass.pools[0].worth_minor = 0;
        pass.pools[0].balance.held = held;
        assert_eq!(agenda(&pass), said(&week_and_end));
    }
    let Fallen::Decided(decision) = fallen(&pass, end, What::Expiry, end) else {
        panic!("it has ended");
    };
    assert_eq!(decision.entry.fact.name(), "package-ended");
    assert_eq!((&decision.puts[..], decision.holders.len()), (&[][..], 0));
}

#[test]
fn what_is_told_has_one_key_in_every_zone() {
    let package = sold_under(1, lira(100_000), None, Some(lira(20_000)));
    let keys = ["Europe/Istanbul", "Asia/Tokyo", "America/Los_Angeles"].map(|zone| {
        let mut settings = istanbul();
        settings.policies.time_zone = zone.parse().unwrap();
        let agenda = package_agenda(&package, &settings);
        let due = agenda.iter().find(|due| due.what == What::Overdue(0));
        let due = due.unwrap();
        let fallen = package_due(&package, &settings, due, &context(due.at)).unwrap();
        let Fallen::Decided(decision) = fallen else {
            panic!("{zone}");
        };
        (decision.key, due.at)
    });
    assert!(keys.iter().all(|(key, _)| *key == keys[0].0));
    assert!(keys[0].1 != keys[1].1 && keys[0].1 != keys[2].1);
}

#[test]
fn a_package_is_sold_again_before_it_is_used_up_at_the_rate_as_of_its_last_change() {
    let mut package = visits(1, 10, &[(1, 1)]);
    package.pools[0].balance.available = 8;
    package.pools[0].balance.captured = 2;
    package.changed_at = Some(now() + days(1));
    let mut settings = istanbul();
    let renewal = |settings: &Settings| {
        let agenda = package_agenda(&package, settings);
        let renewal = agenda.into_iter().find(|due| due.what == What::Renewal);
        renewal.map(|due| due.at.to_rfc3339())
    };
    assert_eq!(renewal(&settings), None);
    // Two in two days: eight in eight.
    settings.renewals = Some(Renewals {
        representative: "berna".parse().unwrap(),
        lead_days: 3,
    });
    let at = "2026-03-07T21:00:00+00:00".to_owned();
    assert_eq!(renewal(&settings), Some(at));
}
