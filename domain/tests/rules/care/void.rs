//! Undoing a sale.

use domain::bookings::PayWith;
use domain::packages::{Status, VoidReason, void};

use super::{care, desk, key, values, write_off};
use crate::fixtures::*;

#[test]
fn a_voided_package_is_as_if_it_had_never_been() {
    for ended in [false, true] {
        let mut desk = desk(expiring(visits(1, 3, &[(1, 1)]), now() + days(10)));
        desk.book(1, &[1], now() + days(1), PayWith::Auto).unwrap();
        desk.cancel(1).unwrap();
        if ended {
            desk.now = now() + days(10);
            write_off(&mut desk);
        }
        care(&mut desk, |package, context| {
            void(package, VoidReason::Mistake, key(), context)
        });
        assert_eq!(desk.balance(1), "0: ");
        assert_eq!(values(desk.package(1)), [(0, 0)]);
        assert_eq!(desk.package(1).standing.outstanding_minor(), 0);
        let now = desk.now;
        assert_eq!(desk.package(1).status(now), Status::Voided);
    }
}

#[test]
fn a_pass_that_was_never_used_can_be_voided() {
    let mut package = super::pass(Default::default());
    package.standing.paid_minor = 0;
    let mut desk = desk(package);
    care(&mut desk, |package, context| {
        void(package, VoidReason::Duplicate, key(), context)
    });
    assert_eq!(values(desk.package(1)), [(0, 0)]);
}
