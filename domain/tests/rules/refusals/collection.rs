//! Collections that a bank would send back.

use domain::Refusal;
use domain::sepa::{Collection, EndToEndId, collect};

use crate::fixtures::*;

fn first(refusal: fn(EndToEndId) -> Refusal) -> Refusal {
    refusal("d-1".parse().unwrap())
}

#[test]
fn collecting_refuses_in_the_documented_order() {
    check(
        &collection(),
        |attempt: &Collection| collect(attempt.clone()),
        &[
            (Refusal::CollectionSize, |c| c.debits.clear()),
            (Refusal::CollectionSize, |c| {
                let debits = 0..=Collection::MAX_DEBITS;
                c.debits = debits.map(|n| debit(&format!("n-{n}"), 1)).collect();
            }),
            (first(Refusal::CollectionCurrency), |c| {
                c.debits[0].amount = lira(1);
            }),
            (first(Refusal::DebitRepeated), |c| {
                c.debits.push(debit("d-1", 1));
            }),
            (first(Refusal::DebitAmount), |c| {
                c.debits[0].amount = money(0, "EUR");
            }),
            (first(Refusal::DebitAmount), |c| {
                c.debits[0].amount = money(Collection::MAX_CENTS + 1, "EUR");
            }),
            (first(Refusal::MandateDate), |c| {
                c.debits[0].mandate.signed_on = day("2026-03-07");
            }),
            (first(Refusal::MandateDate), |c| {
                c.debits[0].mandate.signed_on = day("1926-03-05");
            }),
            (Refusal::CollectionDate, |c| {
                c.created_at = at("2026-03-06T23:00:00Z");
            }),
            (Refusal::CollectionDate, |c| {
                c.created_at = at("2025-03-05T22:59:59Z");
            }),
        ],
    );
}

#[test]
fn a_refused_debit_is_the_first_that_is_wrong_in_the_first_way() {
    let mut attempt = collection();
    attempt.debits[0].amount = money(0, "EUR");
    attempt.debits[1].amount = lira(1);
    let second = "d-2".parse().unwrap();
    assert_eq!(collect(attempt), Err(Refusal::CollectionCurrency(second)));
}

#[test]
fn two_references_that_differ_in_case_only_are_one_to_a_bank() {
    let mut attempt = collection();
    attempt.debits.push(debit("D-1", 1));
    let repeated = Refusal::DebitRepeated("D-1".parse().unwrap());
    assert_eq!(collect(attempt), Err(repeated));
}
