//! What is left of a person who was erased.

use domain::customers::{Customer, CustomerDetails, ERASED_NAME, claim, erase};
use domain::journal::Fact;
use domain::{EntryKey, Put};

use crate::fixtures::*;

fn claimed() -> Customer {
    Customer {
        details: CustomerDetails {
            phone: Some("0532 000 00 00".parse().unwrap()),
            ..customer(1).details
        },
        account: Some("account-1".parse().unwrap()),
        version: 3,
        ..customer(1)
    }
}

#[test]
fn the_id_stays_and_nothing_that_says_who_it_was() {
    let decision = erase(Some(&claimed()), &context(now())).unwrap().unwrap();
    let [Put::Customer { before, after }] = decision.puts.as_slice() else {
        unreachable!("one customer: {decision:?}");
    };
    assert_eq!(before.as_ref(), Some(&claimed()));
    assert_eq!((after.id, after.version), (cus(1), 4));
    assert_eq!(after.details.name.as_str(), ERASED_NAME);
    assert_eq!((&after.details.email, &after.details.phone), (&None, &None));
    assert_eq!(after.account, None);
    assert_eq!((after.erased_at, &after.salt), (Some(now()), &None));
    assert_eq!(decision.key, EntryKey::Customer(cus(1), 4));
    assert_eq!(decision.entry.fact, Fact::CustomerErased);
    assert_eq!(decision.entry.customer, Some(cus(1)));
    assert!(decision.entry.lines.is_empty() && decision.entry.standings.is_empty());
}

#[test]
fn who_was_erased_is_not_erased_again_and_not_claimed() {
    let decision = erase(Some(&claimed()), &context(now())).unwrap().unwrap();
    let [Put::Customer { after, .. }] = decision.puts.as_slice() else {
        unreachable!("one customer: {decision:?}");
    };
    assert_eq!(erase(Some(after), &context(now() + days(1))), Ok(None));
    let address = claimed().details.email.unwrap();
    let refused = claim(Some(after), &address, &context(now())).unwrap_err();
    assert_eq!(refused, domain::Refusal::NothingToClaim);
}
