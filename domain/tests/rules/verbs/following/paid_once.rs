//! Single cases of appointments and the payment of what pays for them.

use domain::bookings::PayWith;
use domain::packages::Account;

use super::till::{News, Till, Told, till, told};
use super::*;

#[test]
fn what_pays_for_an_appointment_to_come_is_chosen_anew_when_it_is_paid_and_when_that_comes_back() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    let news = [News::Of(Kind::Booked), News::Paid, News::Returned];
    let mut balances = Vec::new();
    for told in told(&news, 1) {
        till.take(&told);
        balances.push((till.desk.balance(1), till.desk.due(1).len()));
    }
    let free = "10: 10 available".to_owned();
    let held = "10: 8 available, 2 held".to_owned();
    assert_eq!(balances, [(free.clone(), 2), (held, 0), (free, 2)]);
}

#[test]
fn what_is_held_of_a_package_that_is_over_stays_held_whatever_is_paid() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    let settings = till.desk.holdings.settings.as_mut().unwrap();
    settings.policies.return_grace_days = 0;
    for told in told(&[News::Paid, News::Of(Kind::Booked)], 1) {
        till.take(&told);
    }
    let held = state(&till.desk);
    assert_eq!(till.desk.package(1).pools[0].balance.held, 2);
    let now = till.desk.now;
    let packages = till.desk.holdings.packages.iter_mut();
    for package in packages.filter(|package| package.id == pkg(1)) {
        package.standing.ends_at = Some(now);
    }
    till.choose_anew(now);
    assert_eq!(till.desk.package(1).pools[0].balance.held, 2);
    assert_eq!(state(&till.desk).0, held.0);
}

#[test]
fn an_appointment_that_its_payment_did_not_see_is_paid_before_it_is_left() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    let told = told(&[News::Of(Kind::Booked), News::Paid], 1);
    let [booked, Told::Payment(paid)] = told.as_slice() else {
        panic!("{told:?}");
    };
    till.steps = 1;
    till.take(booked);
    till.steps = MOST_STEPS;
    assert!(till.follow(paid));
    assert_eq!(till.desk.balance(1), "10: 10 available");
    // Whoever takes it looks once more after it is booked.
    till.take(booked);
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 held");
}

#[test]
fn what_took_place_before_its_package_was_paid_never_uses_it_also_where_it_is_told_later() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.now = now() + days(3);
    let told = told(
        &[
            News::Of(Kind::Booked),
            News::Of(Kind::Completed),
            News::Paid,
        ],
        1,
    );
    for place in [2, 0, 1] {
        till.take(&told[place]);
    }
    assert_eq!(till.desk.balance(1), "10: 10 available");
    assert_eq!(till.desk.due(1).len(), 2);
    let lines = till.desk.journal.iter().flat_map(|entry| &entry.lines);
    let used: Vec<_> = lines
        .filter(|line| line.to == Some(Account::Captured))
        .collect();
    assert!(used.is_empty(), "{used:?}");
}

#[test]
fn what_is_told_of_one_instant_ends_alike() {
    let news = [
        News::Of(Kind::Booked),
        News::Of(Kind::Completed),
        News::Paid,
    ];
    let mut told = told(&news, 1);
    for told in &mut told {
        match told {
            Told::Appointment(telling) => telling.at = now() + hours(1),
            Told::Payment(telling) => telling.at = now() + hours(1),
        }
    }
    for order in ordered(&[0, 1, 2], 3)
        .into_iter()
        .filter(|order| order.len() == 3)
    {
        let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
        till.desk.now = now() + days(3);
        for place in &order {
            till.take(&told[*place]);
        }
        assert_eq!(
            till.desk.balance(1),
            "10: 8 available, 2 captured",
            "{order:?}"
        );
    }
}

#[test]
fn what_is_resolved_twice_at_one_instant_ends_alike_in_every_order() {
    for kinds in ordered(&[Kind::Cancelled, Kind::Completed, Kind::NoShow], 3) {
        if kinds.len() < 2 {
            continue;
        }
        let mut told = sequence(&kinds);
        for telling in &mut told {
            telling.at = now() + hours(2);
        }
        let after = |delivered: &[(&Telling, usize)]| {
            let packages = [visits(1, 5, &[(1, 1)])];
            let desk = || {
                desk(
                    DeductAt::Booking,
                    Penalty::Forfeit,
                    Penalty::Forfeit,
                    &packages,
                )
            };
            super::after(desk, delivered)
        };
        let whole: Vec<_> = told.iter().map(|one| (one, MOST_STEPS)).collect();
        let expected = after(&whole);
        for delivered in deliveries(&told) {
            assert_eq!(after(&delivered), expected, "{kinds:?} as {delivered:#?}");
        }
    }
}

#[test]
fn the_earlier_of_two_payments_is_what_the_package_waited_for_whichever_is_told_first() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.now = now() + days(3);
    let mut paid = told(&[News::Paid, News::Of(Kind::Completed), News::Paid], 1);
    if let Told::Payment(second) = &mut paid[2] {
        second.reference = "pay-2".parse().unwrap();
        second.name = "p2".parse().unwrap();
    }
    for place in [2, 1, 0] {
        till.remembered = None;
        till.take(&paid[place]);
    }
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
}

#[test]
fn what_a_person_let_pay_for_an_appointment_stays_whenever_that_was_paid() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.holdings.packages.truncate(1);
    till.desk.now = now() + days(3);
    let told = told(
        &[
            News::Of(Kind::Booked),
            News::Of(Kind::Completed),
            News::Paid,
        ],
        1,
    );
    till.take(&told[0]);
    let Told::Payment(paid) = &told[2] else {
        panic!("{told:?}");
    };
    till.follow(paid);
    till.desk.now += hours(1);
    let pay_with = PayWith::Packages(vec![pkg(1)]);
    till.desk.pay(1, pay_with, false).unwrap();
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 held");
    till.take(&told[1]);
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
}

#[test]
fn what_is_completed_here_draws_on_nothing_that_was_blocked_within_the_same_millisecond() {
    let mut desk = desk(
        DeductAt::Completion,
        Penalty::Forfeit,
        Penalty::Forfeit,
        &[visits(1, 5, &[(1, 1)])],
    );
    desk.book(1, &[1, 1], now() + hours(1), PayWith::Auto)
        .unwrap();
    let just_after = desk.now + chrono::TimeDelta::milliseconds(1);
    let standing = &mut desk.package(1).standing;
    (standing.blocked, standing.paid_minor) = (true, 0);
    standing.blocked_since = Some(just_after);
    desk.complete(1).unwrap();
    assert_eq!(desk.due(1).len(), 2);
    assert_eq!(desk.balance(1), "5: 5 available");
}
