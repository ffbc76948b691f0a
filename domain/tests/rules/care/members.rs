//! Who else may redeem.

use domain::packages::{Package, change_members};
use domain::{CustomerId, Put};

use super::{care, desk, key};
use crate::fixtures::*;

fn shared(max_members: u8, members: &[u8]) -> Package {
    let mut package = visits(1, 10, &[(1, 1)]);
    package.terms.conditions.max_members = max_members;
    package.standing.members = members.iter().map(|n| cus(*n)).collect();
    package
}

#[test]
fn who_comes_is_pointed_to_the_package_and_who_goes_no_longer() {
    let mut desk = desk(shared(3, &[2, 3]));
    let customers = [customer(3), customer(4)];
    let decision = care(&mut desk, |package, context| {
        // Customer 3 is a member already, customer 5 never was.
        let members = (&[cus(3), cus(4), cus(4)][..], &[cus(2), cus(5)][..]);
        change_members(package, members, &customers, key(), context)
    });
    assert_eq!(desk.package(1).standing.members, [cus(3), cus(4)]);
    let (package, holder) = (pkg(1), cus(1));
    let share = Put::Share {
        package,
        holder,
        member: cus(4),
    };
    let unshare = Put::Unshare {
        package,
        holder,
        member: cus(2),
    };
    assert_eq!(decision.puts, [share, unshare]);
    assert_eq!(decision.entry.also, [cus(4), cus(2)]);
}

#[test]
fn someone_may_leave_and_another_come_in_one_step_at_the_limit() {
    let mut desk = desk(shared(1, &[2]));
    care(&mut desk, |package, context| {
        let members: (&[CustomerId], &[CustomerId]) = (&[cus(3)], &[cus(2)]);
        change_members(package, members, &[customer(3)], key(), context)
    });
    assert_eq!(desk.package(1).standing.members, [cus(3)]);
}

#[test]
fn a_change_that_changes_nothing_is_recorded_and_leaves_the_package_as_it_is() {
    let mut desk = desk(shared(1, &[2]));
    let before = desk.package(1).clone();
    let decision = care(&mut desk, |package, context| {
        change_members(package, (&[cus(2)], &[]), &[customer(2)], key(), context)
    });
    assert_eq!(*desk.package(1), before);
    assert_eq!(
        (decision.puts.len(), decision.entry.standings.len()),
        (0, 0)
    );
}
