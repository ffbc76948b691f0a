//! What is told of appointments and of a payment, in whichever order it comes and however often.

use super::till::{News, Till, Told, till, told};
use super::*;
use chrono::TimeDelta;

const PAID: [News; 2] = [News::Paid, News::Returned];

fn everything() -> Vec<News> {
    let mut all: Vec<News> = KINDS.into_iter().map(News::Of).collect();
    all.extend(PAID);
    all
}

fn after(desk: &impl Fn() -> Desk, told: &[(&Told, usize)]) -> State {
    let mut till = Till::new(desk());
    till.desk.now = now() + days(3);
    for (told, steps) in told {
        till.steps = *steps;
        till.take(told);
        till.desk.now += TimeDelta::minutes(10);
    }
    let (booking, mut packages) = state(&till.desk);
    for (_, standing) in &mut packages {
        // To the millisecond it is one thing after the other.
        standing.activated_at = standing.activated_at.map(|_| now());
        if let Some(heard) = &mut standing.heard {
            heard.at = now();
        }
    }
    (booking, packages)
}

/// Every sequence of at most `most` of these, however it is delivered. The payment is of package 1;
/// `pay_with` names the package that pays for the appointment, and 0 whichever can.
fn ends_alike(news: &[News], (most, pay_with): (usize, u8), desk: impl Fn() -> Desk) {
    for news in ordered(news, most) {
        if !news.iter().any(|news| PAID.contains(news)) {
            continue;
        }
        let told = told(&news, pay_with);
        let whole: Vec<_> = told.iter().map(|one| (one, MOST_STEPS)).collect();
        let expected = after(&desk, &whole);
        for delivered in deliveries(&told) {
            let found = after(&desk, &delivered);
            let named = |(one, steps): &(&Told, usize)| {
                let place = told.iter().position(|other| std::ptr::eq(other, *one));
                (place, *steps)
            };
            let as_told: Vec<_> = delivered.iter().map(named).collect();
            assert_eq!(found, expected, "{news:?} as {as_told:?}");
        }
    }
}

#[test]
fn every_four_end_alike_beside_the_payment_of_another_package_held_at_booking() {
    ends_alike(&everything(), (4, 2), || {
        till(DeductAt::Booking, Penalty::Forfeit)
    });
}

#[test]
fn every_four_end_alike_beside_the_payment_of_another_package_drawn_at_completion() {
    ends_alike(&everything(), (4, 2), || {
        till(DeductAt::Completion, Penalty::Forfeit)
    });
}

#[test]
fn every_four_end_alike_beside_the_payment_of_what_pays_held_at_booking() {
    ends_alike(&everything(), (4, 1), || {
        till(DeductAt::Booking, Penalty::Forfeit)
    });
}

#[test]
fn every_four_end_alike_beside_the_payment_of_what_pays_drawn_at_completion() {
    ends_alike(&everything(), (4, 1), || {
        till(DeductAt::Completion, Penalty::Forfeit)
    });
}

#[test]
fn every_three_end_alike_beside_the_payment_of_what_is_preferred_to_another_package() {
    for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
        ends_alike(&everything(), (3, 0), || till(deduct_at, Penalty::Forfeit));
    }
    let booked = [Kind::Cancelled, Kind::Completed].map(News::Of);
    let news = [booked, PAID].concat();
    ends_alike(&news, (4, 0), || till(DeductAt::Booking, Penalty::Forfeit));
}

#[test]
fn what_is_lost_in_part_or_not_at_all_ends_alike_beside_the_payment_of_what_pays() {
    for penalty in [Penalty::ForfeitPercent(50), Penalty::Release] {
        for deduct_at in [DeductAt::Booking, DeductAt::Completion] {
            ends_alike(&everything(), (3, 1), || till(deduct_at, penalty));
        }
    }
}
