//! Customers.

use domain::customers::{Customer, CustomerEdit, claim, create, edit, erase};
use domain::{CustomerId, Refusal};

use crate::fixtures::*;

#[test]
fn creating_a_customer_takes_an_address_nobody_else_has() {
    let details = customer(1).details;
    check(
        &None,
        |holder: &Option<CustomerId>| {
            create(details.clone(), *holder, (cus(1), salt()), &context(now()))
        },
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
        &(customer(1), Some(cus(1)), 1),
        |(present, holder, expected): &(Customer, Option<CustomerId>, u64)| {
            let change = CustomerEdit::default();
            edit(present, change, *holder, *expected, &context(now()))
        },
        &[
            (Refusal::CustomerErased, |(present, ..)| {
                *present = erased(present.clone());
            }),
            (Refusal::VersionMismatch, |(.., expected)| *expected = 0),
            (Refusal::VersionMismatch, |(.., expected)| *expected = 2),
            (Refusal::EmailTaken, |(_, holder, _)| {
                *holder = Some(cus(2));
            }),
        ],
    );
}

#[test]
fn erasing_needs_a_customer_and_nothing_else() {
    check(
        &Some(customer(1)),
        |found: &Option<Customer>| erase(found.as_ref(), &context(now())),
        &[(Refusal::CustomerNotFound, |found| *found = None)],
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
