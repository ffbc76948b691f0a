//! Every unit has its share of the price, and no cent is lost.

use domain::bookings::{DeductAt, PayWith, Penalty};
use domain::packages::{Account, Package};
use proptest::prelude::*;

use super::{drafted, sold_as};
use crate::fixtures::*;
use crate::verbs::Desk;

/// `quantity` visits of service 1, sold for `price`.
fn visits_for(quantity: u64, price: u64) -> Package {
    let contents = visit_contents(quantity, &[(1, 1)]);
    sold_as(drafted(contents, Some(lira(price)), None), &context(now()))
}

#[test]
fn captures_carry_the_price_to_the_last_cent() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits_for(3, 10_000)],
    );
    let mut values = Vec::new();
    for n in 1..=3 {
        desk.book(n, &[1], now(), PayWith::Auto).unwrap();
        let captured = desk.complete(n).unwrap();
        values.push(captured.entry.lines[0].value_minor());
    }
    assert_eq!(values, [3_333, 3_333, 3_334]);
    let package = desk.package(1);
    assert_eq!(
        (package.worth_minor(), package.pools[0].price_minor),
        (0, 10_000)
    );
}

#[test]
fn what_is_used_is_also_counted_at_the_price_it_was_booked_at() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Forfeit,
        vec![visits_for(3, 10_000)],
    );
    desk.book(1, &[1], now(), PayWith::Auto).unwrap();
    desk.holdings.services[0].terms.list_price = lira(99_000);
    desk.book(2, &[1], now(), PayWith::Auto).unwrap();
    desk.complete(1).unwrap();
    desk.no_show(2).unwrap();
    assert_eq!(desk.package(1).pools[0].used_at_list_minor, 30_000);
}

#[test]
fn what_stays_owed_has_no_value_to_move() {
    let mut desk = Desk::new(
        DeductAt::Booking,
        Penalty::Release,
        vec![visits_for(3, 10_000)],
    );
    let booked = desk.book(1, &[1], now(), PayWith::Auto).unwrap();
    let cancelled = desk.cancel(1).unwrap();
    for line in booked.entry.lines.iter().chain(&cancelled.entry.lines) {
        assert_eq!(line.value, None, "{line:?}");
    }
    assert_eq!(desk.package(1).worth_minor(), 10_000);
}

proptest! {
    /// Credit of any size at any price, used up by visits of any price, some of them lost.
    #[test]
    fn whatever_becomes_of_the_units_their_values_add_up_to_the_price(
        price in 0_u64..=100_000,
        prices in proptest::collection::vec((1_u64..=9_999, any::<bool>()), 1..20),
    ) {
        let sum: u64 = prices.iter().map(|(price, _)| price).sum();
        let contents = credit_contents(lira(sum), &[]);
        let package = sold_as(drafted(contents, Some(lira(price)), None), &context(now()));
        let mut desk = Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package]);
        let mut values = 0;
        for (n, (list_price, comes)) in (1..).zip(prices) {
            desk.holdings.services[0].terms.list_price = lira(list_price);
            desk.book(n, &[1], now(), PayWith::Auto).unwrap();
            let resolved = if comes { desk.complete(n) } else { desk.no_show(n) };
            let line = resolved.unwrap().entry.lines.remove(0);
            prop_assert_ne!(line.to, Some(Account::Available));
            values += line.value_minor();
            prop_assert_eq!(desk.package(1).worth_minor(), price - values);
        }
        prop_assert_eq!(values, price);
    }
}
