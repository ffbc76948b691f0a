//! Payments, what comes back of them, mandates, and beginning a collection.

use domain::customers::{Customer, MandateRecord, save_mandate};
use domain::journal::Entry;
use domain::packages::{
    CollectionOf, Package, Payment, PaymentMethod, Stage, Survey, Unchanged, pay, plan_collection,
    return_payment,
};
use domain::sepa::Mandate;
use domain::settings::{CreditorRecord, Settings, change_creditor};
use domain::{EntryId, EntryKey, Refusal};

use crate::fixtures::*;

#[test]
fn paying_refuses_in_the_documented_order() {
    let sound = (
        planned(1, euro(100_000), 10, None),
        payment(euro(40_000), PaymentMethod::Card),
    );
    let stage = |stage: Stage| move |sale: &mut Package| sale.standing.stage = stage;
    for closed in [
        Stage::Offered,
        Stage::Declined,
        Stage::Voided,
        Stage::Refunded,
        Stage::Transferred,
    ] {
        let mut package = sound.0.clone();
        stage(closed)(&mut package);
        package.standing.paid_minor = package.standing.price_minor;
        let refused = paid_result(&package, sound.1.clone());
        assert_eq!(refused.unwrap_err(), Refusal::NotPayable, "{closed:?}");
    }
    let mut sound = sound;
    sound.0 = collected(&sound.0, "2026-03-15");
    check(
        &sound,
        |(package, payment)| paid_result(package, payment.clone()),
        &[
            (Refusal::NotPayable, |(package, _)| {
                package.standing.stage = Stage::Voided;
            }),
            (Refusal::PaymentCurrency, |(_, payment)| {
                payment.amount = lira(payment.amount.amount_minor());
            }),
            (Refusal::PaymentOfNothing, |(_, payment)| {
                payment.amount = money(0, payment.amount.currency().code());
            }),
            (Refusal::PaymentTooLarge, |(_, payment)| {
                payment.amount = money(100_001, payment.amount.currency().code());
            }),
            (Refusal::DebitNotFound, |(package, payment)| {
                let ulid = package.id.to_string().replace("pkg_", "");
                payment.method = PaymentMethod::DirectDebit;
                payment.reference = Some(format!("{ulid}-09").parse().unwrap());
            }),
            (Unchanged::DebitInFlight.into(), |(_, payment)| {
                payment.amount = money(90_001, payment.amount.currency().code());
            }),
        ],
    );
}

fn paid_result(package: &Package, payment: Payment) -> Result<domain::Decision, Refusal> {
    let key = EntryKey::Keyed(package.id, "k".parse().unwrap());
    pay(package, payment, key, &istanbul(), &context(now()))
}

#[test]
fn returning_refuses_in_the_documented_order() {
    #[derive(Clone)]
    struct Attempt {
        package: Package,
        history: Vec<Entry>,
        payment: EntryId,
    }
    let package = planned(1, euro(100_000), 10, None);
    let (package, card) = paid(&package, euro(10_000), PaymentMethod::Card);
    let (package, cash) = paid(&package, euro(10_000), PaymentMethod::Cash);
    let (_, debit) = paid(&package, euro(10_000), PaymentMethod::DirectDebit);
    let sound = Attempt {
        package: package.clone(),
        history: vec![card.clone(), cash, debit.clone()],
        payment: debit.id,
    };
    check(
        &sound,
        |attempt| {
            let what = (attempt.payment, "AM04".parse().unwrap());
            let (package, history) = (&attempt.package, &attempt.history);
            let known = (history.as_slice(), [].as_slice());
            return_payment(package, known, what, &istanbul(), &context(now()))
        },
        &[
            (Refusal::PaymentNotFound, |attempt| {
                attempt.payment = EntryId::from_bytes([9; 16]);
            }),
            // An entry of another package.
            (Refusal::PaymentNotFound, |attempt| {
                attempt.package.id = pkg(2);
            }),
            (Refusal::PaymentNotReturnable, |attempt| {
                attempt.payment = attempt.history[1].id;
            }),
            (Refusal::PaymentReturned, |attempt| {
                let (_, entry) = returned(&attempt.package, &attempt.history, attempt.payment);
                attempt.history.push(entry);
            }),
        ],
    );
    let (_, entry) = returned(&package, &sound.history, card.id);
    assert_eq!(entry.fact.name(), "payment-returned");
}

#[test]
fn a_collection_is_refused_in_the_documented_order() {
    #[derive(Clone)]
    struct Attempt {
        settings: Option<Settings>,
        creditor: Option<CreditorRecord>,
        collection: CollectionOf,
        survey: Survey,
    }
    let (package, record) = (planned(1, euro(100_000), 10, None), signed(1));
    let collect_on = day("2026-04-15");
    let zone = istanbul().time_zone();
    let sound = Attempt {
        settings: Some(istanbul()),
        creditor: Some(creditor_record()),
        collection: CollectionOf {
            id: "C1".parse().unwrap(),
            collect_on,
        },
        survey: Survey::of(&[(package, Some(record))], collect_on, zone, now()),
    };
    check(
        &sound,
        |attempt| {
            plan_collection(
                attempt.settings.as_ref(),
                attempt.creditor.as_ref(),
                attempt.collection.clone(),
                &attempt.survey,
                &context(now()),
            )
        },
        &[
            (Refusal::SettingsMissing, |attempt| attempt.settings = None),
            (Refusal::CreditorMissing, |attempt| attempt.creditor = None),
            (Refusal::CollectionDate, |attempt| {
                attempt.collection.collect_on = day("2026-03-01");
            }),
            (Refusal::CollectionDate, |attempt| {
                attempt.collection.collect_on = day("2027-03-03");
            }),
            (Refusal::CollectionSize, |attempt| {
                attempt.survey = Survey::default();
            }),
        ],
    );
}

#[test]
fn a_mandate_is_refused_in_the_documented_order() {
    #[derive(Clone)]
    struct Attempt {
        customer: Option<Customer>,
        present: Option<MandateRecord>,
        wanted: Mandate,
        expected: Option<u64>,
    }
    let sound = Attempt {
        customer: Some(customer(1)),
        present: Some(signed(1)),
        wanted: Mandate {
            reference: "M-2".parse().unwrap(),
            ..signed(1).mandate.unwrap()
        },
        expected: Some(1),
    };
    check(
        &sound,
        |attempt| {
            let (customer, present) = (attempt.customer.as_ref(), attempt.present.as_ref());
            let wanted = attempt.wanted.clone();
            save_mandate(customer, present, wanted, attempt.expected, &context(now()))
        },
        &[
            (Refusal::CustomerNotFound, |attempt| attempt.customer = None),
            (Refusal::VersionMismatch, |attempt| attempt.expected = None),
            (Refusal::VersionMismatch, |attempt| {
                attempt.expected = Some(2);
            }),
            (Refusal::MandateSigned, |attempt| {
                attempt.wanted.signed_on = day("2026-03-03");
            }),
            (Refusal::MandateSigned, |attempt| {
                attempt.wanted.signed_on = day("1926-03-01");
            }),
        ],
    );
}

#[test]
fn a_mandate_is_signed_today_wherever_that_is() {
    // Half past midnight in Bucharest, where banks in Frankfurt still have the day before.
    for (now, taken) in [
        ("2026-03-02T22:30:00Z", true),
        ("2026-03-02T10:00:00Z", true),
        ("2026-03-02T09:59:59Z", false),
    ] {
        let mut wanted = signed(1).mandate.unwrap();
        wanted.signed_on = day("2026-03-03");
        let saved = save_mandate(Some(&customer(1)), None, wanted, None, &context(at(now)));
        assert_eq!(saved.is_ok(), taken, "{now}");
    }
}

#[test]
fn a_creditor_that_was_not_read_is_not_replaced() {
    let record = creditor_record();
    let change = |present: Option<&CreditorRecord>, expected| {
        let wanted = creditor_record().creditor;
        change_creditor(present, wanted, expected, &context(now())).map(|d| d.key)
    };
    let first = Ok(EntryKey::Creditor(1));
    assert_eq!(change(None, None), first);
    assert_eq!(change(Some(&record), Some(1)), Ok(EntryKey::Creditor(2)));
    for (present, expected) in [
        (None, Some(1)),
        (Some(&record), None),
        (Some(&record), Some(2)),
    ] {
        assert_eq!(change(present, expected), Err(Refusal::VersionMismatch));
    }
}
