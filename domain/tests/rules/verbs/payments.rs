//! Instalments, payments, and what comes back of them.

use domain::bookings::{DeductAt, Ineligible, PayWith, Verdict, quote};
use domain::packages::{
    InstalmentPlan, Package, Part, PaymentMethod, Stage, Status, pay, payments, schedule,
};
use domain::{EntryKey, Money, PackageId};
use proptest::prelude::*;

use crate::fixtures::*;

/// `D 2026-03-02 300/100; 1 2026-03-15 234/0`: part, day, amount and what is paid of it.
fn show_schedule(package: &Package) -> String {
    let instalments = schedule(package, chrono_tz::Europe::Istanbul);
    let shown = instalments.iter().map(|instalment| {
        let part = match instalment.part {
            Part::Deposit => "D".to_owned(),
            Part::Monthly(number) => number.to_string(),
            Part::Open => "open".to_owned(),
        };
        let due = instalment
            .due_on
            .map_or("-".to_owned(), |day| day.to_string());
        let minor = |money: Money| money.amount_minor();
        format!(
            "{part} {due} {}/{}",
            minor(instalment.amount),
            minor(instalment.paid)
        )
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn plan(count: u8, monthly_day: u8) -> Option<InstalmentPlan> {
    Some(InstalmentPlan {
        count,
        monthly_day,
        direct_debit: false,
    })
}

#[test]
fn instalments_fall_due_on_the_plans_day_after_the_sale_and_add_up_to_the_price() {
    // Sold on 2 March 2026.
    for (price, plan, deposit, expected) in [
        (100, None, None, "open - 100/0"),
        (100, None, Some(30), "D 2026-03-02 30/0; open - 70/0"),
        (100, plan(1, 2), None, "1 2026-04-02 100/0"),
        (100, plan(1, 3), None, "1 2026-03-03 100/0"),
        (100, plan(1, 1), None, "1 2026-04-01 100/0"),
        (
            100,
            plan(3, 31),
            None,
            "1 2026-03-31 34/0; 2 2026-04-30 33/0; 3 2026-05-31 33/0",
        ),
        (
            101,
            plan(2, 15),
            Some(30),
            "D 2026-03-02 30/0; 1 2026-03-15 36/0; 2 2026-04-15 35/0",
        ),
    ] {
        let package = sold_under(1, euro(price), plan, deposit.map(euro));
        assert_eq!(show_schedule(&package), expected);
    }
    // Through February, in a leap year and in another.
    let mut package = sold_under(1, euro(400), plan(4, 30), None);
    for (sold_on, expected) in [
        (
            "2027-12-30",
            "1 2028-01-30 100/0; 2 2028-02-29 100/0; 3 2028-03-30 100/0; 4 2028-04-30 100/0",
        ),
        (
            "2027-01-29",
            "1 2027-01-30 100/0; 2 2027-02-28 100/0; 3 2027-03-30 100/0; 4 2027-04-30 100/0",
        ),
        (
            "2027-02-28",
            "1 2027-03-30 100/0; 2 2027-04-30 100/0; 3 2027-05-30 100/0; 4 2027-06-30 100/0",
        ),
    ] {
        package.sold_at = noon(sold_on);
        assert_eq!(show_schedule(&package), expected, "{sold_on}");
    }
    // The day of the sale is the business's: half an hour before midnight in Istanbul, and after it.
    package.sold_at = at("2026-03-30T20:30:00Z");
    assert!(show_schedule(&package).starts_with("1 2026-04-30"));
    package.sold_at = at("2026-03-29T20:30:00Z");
    assert!(show_schedule(&package).starts_with("1 2026-03-30"));
}

#[test]
fn what_was_topped_up_is_open_and_what_was_taken_off_comes_off_the_end() {
    let mut package = sold_under(1, euro(100), plan(2, 15), Some(euro(20)));
    package.standing.price_minor = 150;
    package.standing.paid_minor = 105;
    assert_eq!(
        show_schedule(&package),
        "D 2026-03-02 20/20; 1 2026-03-15 40/40; 2 2026-04-15 40/40; open - 50/5"
    );
    package.standing.price_minor = 50;
    package.standing.paid_minor = 25;
    assert_eq!(
        show_schedule(&package),
        "D 2026-03-02 20/20; 1 2026-03-15 30/5"
    );
    package.standing.price_minor = 0;
    assert_eq!(show_schedule(&package), "");
}

proptest! {
    #[test]
    fn instalments_lose_no_cent_and_payments_fill_the_oldest_first(
        price in 60..999_999_999_999_u64, count in 1..=60_u8, day in 1..=31_u8,
        deposit in proptest::option::of(10..900_u64), paid in 0..1_000_u64, code in 0..3_usize,
    ) {
        let currency = ["EUR", "JPY", "KWD"][code];
        let part = |thousandths: u64| price * thousandths / 1_000;
        let deposit = deposit.map(part).filter(|d| *d > 0 && price - d >= u64::from(count));
        let mut package =
            sold_under(1, money(price, currency), plan(count, day), deposit.map(|d| money(d, currency)));
        package.standing.paid_minor = part(paid);
        let instalments = schedule(&package, chrono_tz::Europe::Istanbul);
        let sum = |of: fn(&domain::packages::Instalment) -> Money| -> u64 {
            instalments.iter().map(|one| of(one).amount_minor()).sum()
        };
        prop_assert_eq!(sum(|one| one.amount), price);
        prop_assert_eq!(sum(|one| one.paid), part(paid));
        prop_assert_eq!(sum(|one| one.outstanding()), package.standing.outstanding_minor());
        let open = instalments.iter().position(|one| one.outstanding().amount_minor() > 0);
        let rest = instalments.iter().skip(open.map_or(usize::MAX, |open| open + 1));
        prop_assert!(rest.clone().all(|one| one.paid.amount_minor() == 0));
        let days: Vec<_> = instalments.iter().filter_map(|one| one.due_on).collect();
        prop_assert!(days.is_sorted());
        prop_assert_eq!(instalments.len(), usize::from(count) + usize::from(deposit.is_some()));
    }
}

#[test]
fn a_package_is_active_once_its_deposit_is_paid() {
    let package = sold_under(1, euro(100), plan(2, 15), Some(euro(30)));
    assert_eq!(package.status(now()), Status::PendingPayment);
    let (package, entry) = paid(&package, euro(29), PaymentMethod::Cash);
    assert_eq!(package.status(now()), Status::PendingPayment);
    assert_eq!(entry.fact.name(), "payment-recorded");
    let (package, _) = paid(&package, euro(1), PaymentMethod::Transfer);
    assert_eq!(package.status(now()), Status::Active);
    assert_eq!(package.active_since(), package.last_change());
    assert!(package.active_since() > package.agreed_at());
    assert_eq!(package.standing.outstanding_minor(), 70);
    // Without a deposit, what is pending waits for all of it.
    let mut package = sold_under(2, euro(100), None, None);
    package.standing.stage = Stage::Pending;
    let (package, _) = paid(&package, euro(99), PaymentMethod::Card);
    assert_eq!(package.standing.stage, Stage::Pending);
    let (package, _) = paid(&package, euro(1), PaymentMethod::Card);
    assert_eq!(package.standing.stage, Stage::Active);
}

/// What the package would do for service 1 tomorrow.
fn verdict(package: &Package, id: PackageId) -> Result<(), Ineligible> {
    let mut holdings = holdings(vec![package.clone()]);
    holdings.settings = Some(settings(
        DeductAt::Booking,
        domain::bookings::Penalty::Forfeit,
    ));
    let quote = quote(
        &holdings,
        &[svc(1)],
        now() + days(1),
        &PayWith::Packages(vec![id]),
        now(),
    );
    match quote.unwrap().packages[0].verdicts[0] {
        Verdict::Chosen(_) => Ok(()),
        Verdict::NotChosen(reason) => Err(reason),
    }
}

#[test]
fn a_returned_payment_blocks_what_is_not_paid_until_as_much_is_paid_again() {
    let package = sold_under(1, euro(1_000), None, None);
    let (package, cash) = paid(&package, euro(100), PaymentMethod::Cash);
    let (package, debit) = paid(&package, euro(300), PaymentMethod::DirectDebit);
    assert_eq!(verdict(&package, pkg(1)), Ok(()));
    let history = [cash, debit.clone()];
    let (package, back) = returned(&package, &history, debit.id);
    assert_eq!(package.status(now()), Status::Blocked);
    assert_eq!(
        (package.standing.paid_minor, package.standing.returned_minor),
        (100, 300)
    );
    // One visit of ten is worth 100: it is paid, the second is not.
    assert_eq!(verdict(&package, pkg(1)), Ok(()));
    let mut second = package.clone();
    second.pools[0].balance.available = 9;
    second.pools[0].balance.held = 1;
    assert_eq!(verdict(&second, pkg(1)), Err(Ineligible::NotPaid));
    // Less than what came back does not free it.
    let (package, _) = paid(&package, euro(299), PaymentMethod::Cash);
    assert_eq!(package.status(now()), Status::Blocked);
    let (package, _) = paid(&package, euro(1), PaymentMethod::Cash);
    assert_eq!(package.status(now()), Status::Active);
    assert_eq!(package.standing.returned_minor, 0);
    // The journal tells which payment stayed.
    let [cash, debit] = history;
    let recorded = payments(pkg(1), &[back, debit, cash]);
    let stayed: Vec<bool> = recorded.iter().map(|one| one.returned.is_none()).collect();
    let first = recorded[0].payment.method;
    assert_eq!(
        stayed,
        [first == PaymentMethod::Cash, first != PaymentMethod::Cash]
    );
}

#[test]
fn a_returned_instalment_blocks_until_nothing_is_overdue() {
    // Two instalments were due by the end of April, both by direct debit; the first came back.
    let package = sold_under(1, euro(1_000), plan(4, 15), None);
    let (package, first) = paid(&package, euro(250), PaymentMethod::DirectDebit);
    let (package, _) = returned(&package, std::slice::from_ref(&first), first.id);
    let pays = |package: &Package, amount, on| {
        let key = EntryKey::Keyed(package.id, "p".parse().unwrap());
        let payment = payment(euro(amount), PaymentMethod::DirectDebit);
        let decision = pay(package, payment, key, &istanbul(), &context(noon(on)));
        package.after(&decision.unwrap().entry).unwrap()
    };
    let april = pays(&package, 250, "2026-04-15");
    assert_eq!(april.standing.returned_minor, 0);
    assert_eq!(april.status(noon("2026-04-15")), Status::Blocked);
    let may = pays(&april, 250, "2026-05-15");
    assert_eq!(may.status(noon("2026-05-15")), Status::Blocked);
    let settled = pays(&may, 250, "2026-05-16");
    assert_eq!(settled.status(noon("2026-05-16")), Status::Active);
    // Paid again the day before another falls due, it is free at once.
    let in_time = pays(&package, 250, "2026-04-14");
    assert_eq!(in_time.status(noon("2026-04-14")), Status::Active);
}

#[test]
fn a_return_after_a_refund_is_owed_once_more() {
    let package = sold_under(1, euro(1_000), None, None);
    let (mut package, card) = paid(&package, euro(500), PaymentMethod::Card);
    // 300 were paid back: 200 were used.
    package.standing.stage = Stage::Refunded;
    package.standing.price_minor = 200;
    package.standing.paid_minor = 200;
    let (package, _) = returned(&package, std::slice::from_ref(&card), card.id);
    let standing = &package.standing;
    assert_eq!(
        (standing.paid_minor, standing.outstanding_minor()),
        (0, 500)
    );
    assert_eq!(package.status(now()), Status::Refunded);
    let (package, _) = paid(&package, euro(500), PaymentMethod::Transfer);
    assert_eq!(package.standing.outstanding_minor(), 0);
    assert!(!package.standing.blocked);
}
