//! Payments that are told again, and those that were stopped half way.

use domain::bookings::PayWith;
use domain::packages::{Payment, PaymentMethod, pay};

use super::till::{News, Till, Told, till, told};
use super::*;

#[test]
fn a_payment_comes_back_once_also_where_another_of_its_name_was_entered_since() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    let told = told(&[News::Paid, News::Returned], 1);
    told.iter().for_each(|told| till.take(told));
    let again = Payment {
        reference: Some("pay-1".parse().unwrap()),
        ..payment(lira(50_000), PaymentMethod::Card)
    };
    let (package, settings) = (
        till.desk.package(1).clone(),
        till.desk.holdings.settings.clone(),
    );
    let paid = pay(
        &package,
        again,
        keyed(9),
        &settings.unwrap(),
        &till.desk.context(),
    );
    till.desk.keep(paid).unwrap();
    let before = till.desk.package(1).standing.clone();
    assert!(!before.blocked);
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.package(1).standing, before);
}

#[test]
fn a_payment_told_again_moves_what_took_place_to_no_other_package() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    let mut told = told(&[News::Paid, News::Of(Kind::Completed)], 1);
    if let Told::Appointment(telling) = &mut told[1] {
        telling.appointment.pay_with = Some(PayWith::Auto);
    }
    till.desk.holdings.packages.truncate(1);
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
    // It would come first: it ends.
    let preferred = expiring(visits(3, 5, &[(1, 1)]), now() + days(30));
    till.desk.holdings.packages.push(preferred);
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
}

#[test]
fn what_was_due_stays_due_where_units_are_free_later_and_everything_is_told_once_more() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.holdings.packages.truncate(1);
    till.desk.package(1).pools[0].balance.available = 1;
    till.desk.now = now() + days(3);
    let told = told(&[News::Paid, News::Of(Kind::Completed)], 1);
    for told in &told {
        till.take(told);
        till.desk.now += hours(1);
    }
    let due = till.desk.due(1).len();
    assert_eq!(due, 1, "one visit pays for one of two");
    till.desk.package(1).pools[0].balance.available = 5;
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.due(1).len(), due);
}

#[test]
fn a_payment_that_is_told_again_after_weeks_draws_nothing_that_was_due_before_it() {
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.holdings.packages.truncate(1);
    till.desk.package(1).pools[0].balance.available = 1;
    till.desk.now = now() + days(3);
    let told = told(&[News::Paid, News::Of(Kind::Completed)], 1);
    for place in [1, 0] {
        till.take(&told[place]);
    }
    assert_eq!(till.desk.due(1).len(), 1);
    till.desk.package(1).pools[0].balance.available = 5;
    till.desk.now += days(40);
    told.iter().for_each(|told| till.take(told));
    assert_eq!(till.desk.due(1).len(), 1);
}

#[test]
fn what_a_stopped_payment_did_not_see_to_is_seen_to_when_more_is_told() {
    let news = [
        News::Of(Kind::Booked),
        News::Paid,
        News::Of(Kind::Completed),
    ];
    let mut till = Till::new(till(DeductAt::Booking, Penalty::Forfeit));
    till.desk.now = now() + days(3);
    let told = told(&news, 1);
    till.take(&told[0]);
    // Recorded, and stopped before anything was chosen anew.
    till.steps = 1;
    till.take(&told[1]);
    till.steps = MOST_STEPS;
    till.desk.now += hours(1);
    till.take(&told[2]);
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
    till.take(&told[1]);
    assert_eq!(till.desk.balance(1), "10: 8 available, 2 captured");
}
