//! A package that ran elsewhere goes on with its history in one entry.

use domain::bookings::{DeductAt, Penalty};
use domain::catalog::{Contents, Deposit, Template};
use domain::journal::{Fact, fold};
use domain::packages::{
    Account, Caps, Import, InstalmentPlan, Package, Running, RunningTerms, Stage, Status, import,
};
use domain::{Decision, EntryKey, Put};

use crate::fixtures::*;

fn imported(template: Template, running: Running) -> (Decision, Package) {
    let state = Import {
        settings: Some(settings(DeductAt::Booking, Penalty::Release)),
        customer: Some(customer(1)),
        template: Some(template),
        services: Vec::new(),
    };
    let decision = import(&state, &running, pkg(1), &context(now())).unwrap();
    let [Put::Package(package)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    let package = package.clone();
    (decision, package)
}

/// Of template 1 as it is, sold on 31 January, without an end.
fn running(used: &[u64]) -> Running {
    Running {
        terms: RunningTerms::OfTemplate {
            template: tpl(1),
            quantities: Vec::new(),
            price_minor: None,
        },
        currency: lira(0).currency(),
        used: used.to_vec(),
        paid_minor: None,
        sold_on: day("2026-01-31"),
        expires_on: None,
    }
}

#[test]
fn what_was_used_is_captured_for_its_share_and_the_rest_is_available() {
    let template = template(1, visit_contents(7, &[(1, 1)]), Some(60));
    let (decision, package) = imported(template, running(&[3]));
    assert_eq!(show(package.pools[0].balance), "7: 4 available, 3 captured");
    // 1,000.00 lira for seven visits: 428.57 for three, and the rest is owed.
    let pool = &package.pools[0];
    assert_eq!((pool.price_minor, pool.worth_minor), (100_000, 57_143));
    let accounts = decision.entry.lines.iter().map(|line| {
        let value = line.value_minor();
        (line.from, line.to, line.units, value)
    });
    let (free, used) = (Some(Account::Available), Some(Account::Captured));
    assert_eq!(
        accounts.collect::<Vec<_>>(),
        [(None, free, 7, 100_000), (free, used, 3, 42_857)]
    );
    assert_eq!(decision.key, EntryKey::Sale(pkg(1)));
    assert!(matches!(decision.entry.fact, Fact::PackageImported(_)));
    assert_eq!((decision.entry.at, package.last_change()), (now(), now()));
    assert_eq!(package.version, 1);
    assert_eq!(
        fold(pkg(1), [&decision.entry]).unwrap(),
        Some(package.clone())
    );
    // Sold when the day began in Istanbul; its sixty days run from then.
    assert_eq!(package.sold_at, at("2026-01-30T21:00:00Z"));
    assert_eq!(
        package.standing.expires_at,
        Some(at("2026-04-01T21:00:00Z"))
    );
    assert_eq!(package.standing.paid_minor, 100_000);
    assert_eq!(package.status(now()), Status::Active);
}

#[test]
fn what_the_line_says_stands_in_the_place_of_what_the_template_says() {
    let mut template = template(1, visit_contents(10, &[(1, 1)]), Some(60));
    template.archived = true;
    let extras = &mut template.terms.extras;
    extras.deposit = Some(Deposit::Percent(50));
    extras.plan = Some(InstalmentPlan {
        count: 3,
        monthly_day: 1,
        direct_debit: false,
    });
    extras.conditions.grace_days = 2;
    let line = Running {
        terms: RunningTerms::OfTemplate {
            template: tpl(1),
            quantities: vec![12],
            price_minor: Some(90_000),
        },
        paid_minor: Some(30_000),
        expires_on: Some(day("2026-05-31")),
        ..running(&[12])
    };
    let (_, package) = imported(template, line);
    assert_eq!(show(package.pools[0].balance), "12: 12 captured");
    assert_eq!(package.pools[0].worth_minor, 0);
    assert_eq!(package.terms.price, lira(90_000));
    let standing = &package.standing;
    assert_eq!(
        (standing.price_minor, standing.paid_minor),
        (90_000, 30_000)
    );
    assert_eq!(standing.stage, Stage::Active);
    assert_eq!((package.terms.deposit, package.terms.plan), (None, None));
    assert_eq!(standing.expires_at, Some(at("2026-05-31T21:00:00Z")));
    assert_eq!(standing.ends_at, Some(at("2026-06-02T21:00:00Z")));
    assert_eq!(package.status(now()), Status::Exhausted);
}

#[test]
fn the_list_price_of_what_was_used_is_its_part_of_all() {
    let services = holdings(Vec::new()).services;
    let own = domain::catalog::TemplateDraft {
        price: Some(lira(100_000)),
        ..draft(
            Contents::Bundle {
                services: vec![(svc(1), 4, 1), (svc(2), 2, 1)],
            },
            None,
        )
    };
    let state = Import {
        settings: Some(settings(DeductAt::Booking, Penalty::Release)),
        customer: Some(customer(1)),
        template: None,
        services,
    };
    let line = Running {
        terms: RunningTerms::Own(own),
        ..running(&[1, 2])
    };
    let decision = import(&state, &line, pkg(1), &context(now())).unwrap();
    let [Put::Package(package)] = decision.puts.as_slice() else {
        unreachable!("one package: {decision:?}");
    };
    let shown = |pool: usize| {
        let pool = &package.pools[pool];
        (
            show(pool.balance),
            pool.price_minor,
            pool.used_at_list_minor,
        )
    };
    // 4 × 300.00 and 2 × 500.00 lira at list price, shared in 1,000.00.
    let (first, second) = (shown(0), shown(1));
    assert_eq!(first, ("4: 3 available, 1 captured".into(), 54_545, 30_000));
    assert_eq!(second, ("2: 2 captured".into(), 45_455, 100_000));
    assert_eq!(package.template, None);
    assert_eq!(package.standing.expires_at, None);
}

#[test]
fn the_time_of_a_pass_that_has_passed_is_earned_with_its_uses() {
    let contents = Contents::Pass {
        services: Vec::new(),
        caps: Caps::default(),
    };
    let template = template(1, contents, Some(60));
    let (_, package) = imported(template.clone(), running(&[5]));
    assert_eq!(show(package.pools[0].balance), "5: 5 captured");
    // From 31 January to 1 April, now 2 March at noon: half of the time is over.
    let worth = package.pools[0].worth_minor;
    assert_eq!(worth, package.unearned_minor(&package.pools[0], now()));
    assert!((49_000..51_000).contains(&worth), "{worth}");
    assert_eq!(package.status(now()), Status::Active);
    let (_, unused) = imported(template, running(&[]));
    assert_eq!(show(unused.pools[0].balance), "0: ");
    assert_eq!(unused.pools[0].worth_minor, 100_000);
}

#[test]
fn credit_goes_on_with_what_is_left() {
    let template = template(1, credit_contents(lira(120_000), &[]), None);
    let (_, package) = imported(template, running(&[30_000]));
    let balance = show(package.pools[0].balance);
    assert_eq!(balance, "120000: 90000 available, 30000 captured");
    assert_eq!(package.pools[0].worth_minor, 75_000);
    assert_eq!(package.pools[0].used_at_list_minor, 0);
}

proptest::proptest! {
    /// Whatever was used of whatever was sold for whatever, not a cent and not a unit is lost.
    #[test]
    fn an_import_loses_no_unit_and_no_cent(
        quantity in 1..=1_000_u64,
        part in 0..=1_000_u64,
        price in 0..=10_000_000_u64,
    ) {
        let used = quantity * part / 1_000;
        let line = Running {
            terms: RunningTerms::OfTemplate {
                template: tpl(1),
                quantities: vec![quantity],
                price_minor: Some(price),
            },
            ..running(&[used])
        };
        let template = template(1, visit_contents(10, &[(1, 1)]), None);
        let (decision, package) = imported(template, line);
        let pool = &package.pools[0];
        let balance = pool.balance;
        proptest::prop_assert_eq!(balance.granted, quantity);
        proptest::prop_assert_eq!(balance.available + balance.captured, quantity);
        proptest::prop_assert_eq!(balance.captured, used);
        let captured = decision.entry.lines.iter().filter(|line| line.to == Some(Account::Captured));
        let captured: u64 = captured.map(domain::journal::Line::value_minor).sum();
        proptest::prop_assert_eq!(captured + pool.worth_minor, price);
        if used == quantity {
            proptest::prop_assert_eq!(pool.worth_minor, 0);
        }
    }
}

#[test]
fn reports_count_what_is_owed_from_then_on_and_neither_a_sale_nor_a_use() {
    use domain::reports::{Figure, Origin, Row, movements};
    let template = template(1, visit_contents(7, &[(1, 1)]), Some(60));
    let (decision, _) = imported(template, running(&[3]));
    let entry = &decision.entry;
    let origins = [Origin::of(entry).unwrap()].into();
    let postings = movements(entry, &origins, chrono_tz::Europe::Istanbul).unwrap();
    let ledger = postings
        .iter()
        .filter(|posting| matches!(posting.row, Row::Ledger(..)));
    let figures: std::collections::BTreeSet<_> = ledger.clone().map(|p| p.figure).collect();
    assert_eq!(figures, [Figure::Adjusted].into());
    let periods = ledger.clone().filter(|posting| posting.by > 0).count();
    let sum: i128 = ledger.map(|posting| posting.by).sum();
    assert_eq!(sum, 57_143 * i128::try_from(periods).unwrap());
}
