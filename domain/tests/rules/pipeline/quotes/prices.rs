//! For how much each package is sold.

use domain::Money;
use domain::catalog::Deposit;
use domain::packages::{InstalmentPlan, Stage};
use domain::pipeline::{Discount, LineDraft};
use proptest::prelude::*;

use super::{Desk, Verb, of, of_service, package};
use crate::fixtures::*;

fn prices(desk: &Desk) -> Vec<u64> {
    let prices = desk.packages.iter();
    prices.map(|p| p.terms.price.amount_minor()).collect()
}

fn deposits(desk: &Desk) -> Vec<u64> {
    let deposits = desk.packages.iter().map(|p| p.terms.deposit);
    deposits
        .map(|deposit| deposit.map_or(0, Money::amount_minor))
        .collect()
}

/// A desk whose template 1 costs 100 minor units of this currency, less its own deposit and plan.
fn priced_in(currency: &str) -> Desk {
    let mut desk = Desk::new();
    let terms = &mut desk.goods.templates[0].terms;
    terms.price = money(100, currency);
    terms.list_price = None;
    let terms = &mut desk.goods.templates[1].terms;
    terms.price = money(7, currency);
    terms.list_price = None;
    desk
}

#[test]
fn the_total_of_a_line_is_shared_among_its_packages_to_the_last_minor_unit() {
    for currency in ["JPY", "TRY", "KWD"] {
        for (quantity, off, shares) in [
            (3, 0, &[100, 100, 100][..]),
            (3, 200, &[34, 33, 33]),
            (3, 1, &[100, 100, 99]),
            (4, 398, &[1, 1, 0, 0]),
            (2, 200, &[0, 0]),
            (1, 99, &[1]),
        ] {
            let mut desk = priced_in(currency);
            let mut line = package(1, quantity);
            line.discount = Some(Discount::Amount(money(off, currency)));
            desk.send(1, &of(vec![line]));
            desk.run(Verb::Accept, 1);
            assert_eq!(prices(&desk), shares, "{quantity} less {off} {currency}");
            assert!(desk.packages.iter().all(|package| {
                package.terms.price.currency().code() == currency
                    && package.standing.stage == Stage::Active
            }));
        }
    }
}

#[test]
fn a_deposit_s_amount_is_shared_by_price_and_its_part_is_of_each() {
    for (deposit, shares) in [
        (Deposit::Amount(lira(10_000)), [5_000, 5_000, 0]),
        (Deposit::Amount(lira(9_999)), [5_000, 4_999, 0]),
        (Deposit::Amount(lira(200_000)), [100_000, 100_000, 0]),
        (Deposit::Percent(25), [25_000, 25_000, 0]),
    ] {
        let mut desk = Desk::new();
        let mut gift = package(2, 1);
        gift.unit_price = Some(lira(0));
        let mut draft = of(vec![package(1, 2), gift, of_service(1, 1, lira(7_000))]);
        draft.deposit = Some(deposit);
        draft.plan = Some(InstalmentPlan {
            count: 3,
            monthly_day: 5,
            direct_debit: true,
        });
        desk.send(1, &draft);
        desk.run(Verb::Accept, 1);
        assert_eq!(deposits(&desk), shares);
        let [one, two, gift] = &desk.packages[..] else {
            panic!("three packages")
        };
        for package in [one, two] {
            assert_eq!(package.standing.stage, Stage::Pending);
            let whole = package.terms.deposit == Some(package.terms.price);
            assert_eq!(package.terms.plan, draft.plan.filter(|_| !whole));
            assert_eq!(package.standing.debit.is_some(), !whole);
        }
        // What costs nothing waits for nothing.
        assert_eq!(
            (gift.standing.stage, gift.terms.plan),
            (Stage::Active, None)
        );
    }
}

#[test]
fn what_a_quote_does_not_say_of_payment_is_as_the_template_says() {
    let plan = InstalmentPlan {
        count: 2,
        monthly_day: 1,
        direct_debit: false,
    };
    let mut desk = Desk::new();
    let extras = &mut desk.goods.templates[0].terms.extras;
    (extras.deposit, extras.plan) = (Some(Deposit::Percent(10)), Some(plan));
    let mut half = package(1, 1);
    half.discount = Some(Discount::Percent(50));
    let mut gift = package(1, 1);
    gift.discount = Some(Discount::Percent(100));
    desk.send(1, &of(vec![package(1, 1), half, gift]));
    desk.run(Verb::Accept, 1);
    assert_eq!(deposits(&desk), [10_000, 5_000, 0]);
    let plans: Vec<_> = desk.packages.iter().map(|p| p.terms.plan).collect();
    assert_eq!(plans, [Some(plan), Some(plan), None]);
}

/// What somebody may quote of a package or a service: which, how many, at what price, less what.
fn lines() -> impl Strategy<Value = Vec<(u8, u32, u64, u8)>> {
    proptest::collection::vec((0..3_u8, 1..5_u32, 0..1_000_000_u64, 0..=100_u8), 1..5)
}

proptest! {
    #[test]
    fn every_minor_unit_of_the_lines_and_of_the_deposit_is_on_some_package(
        code in proptest::sample::select(vec!["JPY", "EUR", "KWD"]),
        lines in lines(),
        deposit in 0..=u64::MAX,
    ) {
        let mut desk = priced_in(code);
        let drafts = lines.iter().map(|(what, quantity, price, percent)| LineDraft {
            unit_price: Some(money(*price, code)),
            discount: Some(Discount::Percent(*percent)).filter(|_| *percent > 0),
            ..match what {
                0 => of_service(1, *quantity, money(*price, code)),
                n => package(*n, *quantity),
            }
        });
        let mut draft = of(drafts.collect());
        desk.draft(1, &draft);
        let quoted = desk.quote(1).lines.iter();
        let quoted = quoted.filter(|line| line.terms.is_some());
        let each: Vec<(u32, u64)> = quoted
            .map(|line| (line.line.quantity, line.line.total.amount_minor()))
            .collect();
        let all: u64 = each.iter().map(|(_, total)| total).sum();
        let wanted = (all > 0).then(|| 1 + deposit % all.max(1));
        draft.deposit = wanted.map(|minor| Deposit::Amount(money(minor, code)));
        desk.send(2, &draft);
        desk.run(Verb::Accept, 2);
        let mut sold = desk.packages.iter();
        for (quantity, total) in each {
            let of_line: Vec<u64> = sold
                .by_ref()
                .take(usize::try_from(quantity).unwrap())
                .map(|package| package.terms.price.amount_minor())
                .collect();
            prop_assert_eq!(of_line.iter().sum::<u64>(), total);
            let (least, most) = (of_line.iter().min(), of_line.iter().max());
            prop_assert!(most.unwrap() - least.unwrap() <= 1);
        }
        prop_assert!(sold.next().is_none());
        prop_assert_eq!(prices(&desk).iter().sum::<u64>(), all);
        prop_assert_eq!(deposits(&desk).iter().sum::<u64>(), wanted.unwrap_or(0));
        for (price, deposit) in prices(&desk).into_iter().zip(deposits(&desk)) {
            prop_assert!(deposit <= price);
        }
        for package in &desk.packages {
            let pending = package.terms.deposit.is_some();
            prop_assert_eq!(package.standing.stage == Stage::Pending, pending);
        }
    }
}
