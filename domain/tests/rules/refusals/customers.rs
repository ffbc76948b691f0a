//! Customers.

use domain::customers::{Customer, CustomerEdit, claim, create, edit};
use domain::{CustomerId, Refusal};

use crate::fixtures::*;

#[test]
fn creating_a_customer_takes_an_address_nobody_else_has() {
    let details = customer(1).details;
    check(
        &None,
        |holder: &Option<CustomerId>| create(details.clone(), *holder, cus(1), &context(now())),
        &[
            (Refusal::EmailTaken, |holder| *holder = Some(cus(2))),
            // Of one's own no less: there is no customer yet whose address it could be.
            (Refusal::EmailTaken, |holder| *holder = Some(cus(1))),
        ],
    );
}

#[test]
fn editing_a_customer_looks_at_the_version_before_the_address() {
    check(
        &(Some(cus(1)), 1),
        |(holder, expected): &(Option<CustomerId>, u64)| {
            let change = CustomerEdit::default();
            edit(&customer(1), change, *holder, *expected, &context(now()))
        },
        &[
            (Refusal::VersionMismatch, |(_, expected)| *expected = 0),
            (Refusal::VersionMismatch, |(_, expected)| *expected = 2),
            (Refusal::EmailTaken, |(holder, _)| *holder = Some(cus(2))),
        ],
    );
}

#[test]
fn claiming_needs_a_customer_of_that_address_whom_no_other_account_has_claimed() {
    let verified = customer(1).details.email.unwrap();
    check(
        &Some(customer(1)),
        |found: &Option<Customer>| claim(found.as_ref(), &verified, &context(now())),
        &[
            (Refusal::NothingToClaim, |found| *found = None),
            (Refusal::NothingToClaim, |found| {
                *found = Some(customer(2));
            }),
            (Refusal::NothingToClaim, |found| {
                if let Some(found) = found {
                    found.details.email = None;
                }
            }),
            (Refusal::AlreadyClaimed, |found| {
                if let Some(found) = found {
                    found.account = Some("another".parse().unwrap());
                }
            }),
        ],
    );
}
