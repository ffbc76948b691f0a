//! Debits between the collection and the account.

use domain::packages::{
    Package, Payment, PaymentMethod, RefundPolicy, Status, Unchanged, VoidReason, instalment_of,
    pay, quote_refund, reject_debit, void,
};
use domain::{Decision, EntryKey, Refusal};

use crate::fixtures::*;

/// Sold for 300 euro in three instalments, two of which the bank was given.
fn two_of_three() -> Package {
    collected(&planned(1, euro(30_000), 3, None), "2026-04-15")
}

fn in_flight(package: &Package) -> Vec<(u8, u64)> {
    let debit = package.standing.debit.as_ref().unwrap();
    debit.in_flight.clone().into_iter().collect()
}

fn pays(package: &Package, payment: Payment) -> Result<Package, Refusal> {
    let key = EntryKey::Keyed(package.id, "p".parse().unwrap());
    let decision = pay(package, payment, key, &istanbul(), &context(now()))?;
    package.after(&decision.entry)
}

fn rejects(package: &Package, id: &str) -> Result<Decision, Refusal> {
    let what = (id.parse().unwrap(), "AC04".parse().unwrap());
    reject_debit(package, what, &istanbul(), &context(now()))
}

/// What the bank calls the debit of an instalment of package 1.
fn called(instalment: u8) -> String {
    let ulid = pkg(1).to_string().replace("pkg_", "");
    format!("{ulid}-{instalment:02}")
}

#[test]
fn what_the_bank_collects_is_not_taken_at_the_till_as_well() {
    let package = two_of_three();
    assert_eq!(in_flight(&package), [(1, 10_000), (2, 10_000)]);
    for method in [
        PaymentMethod::Cash,
        PaymentMethod::Card,
        PaymentMethod::Transfer,
    ] {
        let refused = pays(&package, payment(euro(10_001), method));
        assert_eq!(refused, Err(Unchanged::DebitInFlight.into()));
        let free = pays(&package, payment(euro(10_000), method)).unwrap();
        assert_eq!(free.standing.outstanding_minor(), 20_000);
        // What is left is on its way, all of it, and arrives.
        let arrived = payment(euro(20_000), PaymentMethod::DirectDebit);
        let arrived = pays(&free, arrived).unwrap();
        assert_eq!(
            (in_flight(&arrived), arrived.standing.outstanding_minor()),
            (vec![], 0)
        );
    }
}

#[test]
fn a_debit_arrives_by_its_name_or_as_the_oldest() {
    let named = |amount, name: &str| Payment {
        reference: Some(name.parse().unwrap()),
        ..payment(euro(amount), PaymentMethod::DirectDebit)
    };
    for (name, left) in [
        (called(1), (2, 10_000)),
        (called(2), (1, 10_000)),
        // No debit's.
        ("R-1".to_owned(), (2, 10_000)),
        ("R-2026-01".to_owned(), (2, 10_000)),
    ] {
        let package = pays(&two_of_three(), named(10_000, &name)).unwrap();
        assert_eq!(in_flight(&package), [left], "{name}");
    }
    // What a name does not stand for is no other's.
    let more = pays(&two_of_three(), named(15_000, &called(2))).unwrap();
    assert_eq!(in_flight(&more), [(1, 10_000)]);
    let too_much = pays(&two_of_three(), named(20_001, &called(2)));
    assert_eq!(too_much, Err(Unchanged::DebitInFlight.into()));
    // Told twice, or of one that was never collected.
    let once = pays(&two_of_three(), named(10_000, &called(1))).unwrap();
    let others = called(2).replace("-02", "X-02").replace('0', "1");
    let others = others.replace('X', "");
    assert_eq!(instalment_of(pkg(1), &others), None);
    for name in [called(1), called(3), others] {
        let refused = pays(&once, named(10_000, &name));
        assert_eq!(refused, Err(Refusal::DebitNotFound), "{name}");
    }
    // One that was rejected arrives after all, once.
    let rejected = rejects(&two_of_three(), &called(1)).unwrap();
    let rejected = two_of_three().after(&rejected.entry).unwrap();
    let arrived = pays(&rejected, named(10_000, &called(1))).unwrap();
    assert_eq!(in_flight(&arrived), [(2, 10_000)]);
    let again = pays(&arrived, named(10_000, &called(1)));
    assert_eq!(again, Err(Refusal::DebitNotFound));
    assert_eq!(instalment_of(pkg(1), &called(2)), Some(2));
    assert_eq!(instalment_of(pkg(2), &called(2)), None);
    // The one spelling that was given to the bank.
    assert_eq!(instalment_of(pkg(1), &called(2).replace("-02", "-2")), None);
}

#[test]
fn what_was_rejected_is_outstanding_to_be_paid_in_another_way() {
    let package = two_of_three();
    let decision = rejects(&package, &called(1)).unwrap();
    assert_eq!(decision.key, EntryKey::Rejection(pkg(1), 1));
    assert_eq!(decision.entry.fact.name(), "debit-rejected");
    let package = package.after(&decision.entry).unwrap();
    assert_eq!(in_flight(&package), [(2, 10_000)]);
    assert_eq!(package.standing.outstanding_minor(), 30_000);
    assert_eq!(package.status(now()), Status::Active, "nothing came back");
    let paid = pays(&package, payment(euro(20_000), PaymentMethod::Cash)).unwrap();
    assert_eq!(paid.standing.outstanding_minor(), 10_000);
    // The third falls due, and is collected: what was rejected no longer stands in its way.
    let debited = pays(&package, payment(euro(10_000), PaymentMethod::DirectDebit)).unwrap();
    assert_eq!(in_flight(&collected(&debited, "2026-05-15")), [(3, 10_000)]);
}

#[test]
fn a_debit_is_rejected_only_while_it_is_on_its_way() {
    let package = two_of_three();
    for never in [called(3), called(0), "D-1".to_owned()] {
        assert_eq!(
            rejects(&package, &never),
            Err(Refusal::DebitNotFound),
            "{never}"
        );
    }
    let rejected = package
        .after(&rejects(&package, &called(1)).unwrap().entry)
        .unwrap();
    assert_eq!(rejects(&rejected, &called(1)), Err(Refusal::DebitNotFound));
    let arrived = pays(&package, payment(euro(10_000), PaymentMethod::DirectDebit)).unwrap();
    assert_eq!(rejects(&arrived, &called(1)), Err(Refusal::DebitNotFound));
    let by_hand = sold_under(1, euro(30_000), None, None);
    assert_eq!(rejects(&by_hand, &called(1)), Err(Refusal::DebitNotFound));
}

#[test]
fn nothing_is_voided_or_paid_back_while_a_debit_is_on_its_way() {
    let voids = |package: &Package| {
        let key = EntryKey::Keyed(package.id, "v".parse().unwrap());
        void(package, VoidReason::Mistake, key, &context(now()))
    };
    let quotes = |package: &Package| {
        let key = EntryKey::Keyed(package.id, "q".parse().unwrap());
        let id = domain::RefundQuoteId::from_bytes([1; 16]);
        quote_refund(package, RefundPolicy::ProRata, id, key, &context(now()))
    };
    let package = collected(&planned(1, euro(30_000), 3, None), "2026-03-15");
    let on_its_way: Refusal = Unchanged::DebitInFlight.into();
    assert_eq!(voids(&package), Err(on_its_way.clone()));
    assert_eq!(quotes(&package), Err(on_its_way));
    let rejected = rejects(&package, &called(1)).unwrap();
    let rejected = package.after(&rejected.entry).unwrap();
    assert!(quotes(&rejected).is_ok());
    let voided = rejected.after(&voids(&rejected).unwrap().entry).unwrap();
    assert_eq!(voided.status(now()), Status::Voided);
}
