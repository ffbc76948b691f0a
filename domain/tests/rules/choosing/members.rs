//! Packages of others.

use domain::Refusal;
use domain::bookings::{Ineligible, PayWith, Verdict};

use super::{choice, paid, verdicts, wanted};
use crate::fixtures::*;

#[test]
fn a_package_of_another_pays_for_its_members_and_for_nobody_else() {
    for (members, pays) in [
        (&[1_u8] as &[u8], true),
        (&[2, 1], true),
        (&[2], false),
        (&[], false),
    ] {
        let packages = [shared(visits(1, 5, &[(1, 1)]), 9, members)];
        let choice = choice(&packages, &[1], &PayWith::Auto);
        assert_eq!(paid(&choice), [pays.then_some((1, 1))], "{members:?}");
        let refused = choice.all_paid(&wanted(&[1]));
        if pays {
            assert_eq!(refused, Ok(()));
        } else {
            assert_eq!(refused, Err(Refusal::NotAMember(svc(1))));
            let why = Verdict::NotChosen(Ineligible::NotAMember);
            assert_eq!(verdicts(&choice, 1), [why]);
        }
    }
}

#[test]
fn what_is_shared_is_preferred_by_the_same_order_as_what_is_held() {
    let wide = visits(1, 5, &[(1, 1), (2, 1)]);
    let narrow = shared(visits(2, 5, &[(1, 1)]), 9, &[1]);
    let choice = choice(&[wide, narrow], &[1], &PayWith::Auto);
    assert_eq!(paid(&choice), [Some((2, 1))]);
}

#[test]
fn whoever_is_no_member_is_told_what_is_wrong_with_packages_of_their_own() {
    let packages = [
        shared(visits(1, 5, &[(1, 1)]), 9, &[]),
        visits(2, 5, &[(2, 1)]),
    ];
    let choice = choice(&packages, &[1], &PayWith::Auto);
    let refused = choice.all_paid(&wanted(&[1]));
    assert_eq!(refused, Err(Refusal::ServiceNotCovered(svc(1))));
}
