//! What other systems tell of appointments and payments.

use domain::bookings::{Appointment, BookingStatus, DeductAt, Holdings, PayWith, Telling, follow};
use domain::journal::Entry;
use domain::packages::{
    NotedPayment, Package, Payment, PaymentMethod, PaymentNews, PaymentState, PaymentTelling,
    Stage, Status, Unchanged, follow_payment, pay_online,
};
use domain::settings::Settings;
use domain::{BusinessId, Money, PackageId, Refusal};

use crate::fixtures::*;

#[derive(Clone)]
struct Told {
    entries: Vec<Entry>,
    holdings: Holdings,
    telling: Telling,
}

/// A completion of what was never heard of.
fn unheard() -> Told {
    let starts_at = now() + hours(2);
    let mut told = Told {
        entries: Vec::new(),
        holdings: holdings(vec![visits(1, 10, &[(1, 1)])]),
        telling: Telling {
            at: now() + hours(3),
            customer: cus(1),
            appointment: Appointment {
                booking: bkg(1),
                services: vec![svc(1)],
                starts_at,
                pay_with: Some(PayWith::Packages(vec![pkg(1)])),
                allow_partial: true,
            },
            status: BookingStatus::Completed,
        },
    };
    told.holdings.settings = Some(istanbul());
    told
}

fn taken(told: &Told) -> Result<Option<domain::Decision>, Refusal> {
    follow(
        &told.entries,
        &told.holdings,
        &told.telling,
        &context(now()),
    )
}

fn missed_before_it_began(told: &mut Told) {
    told.telling.status = BookingStatus::NoShow;
    told.telling.at = told.telling.appointment.starts_at - hours(1);
}

fn in_six_years(told: &mut Told) {
    told.telling.appointment.starts_at = now() + days(6 * 366);
    told.telling.at = told.telling.appointment.starts_at + hours(1);
}

#[test]
fn what_was_never_heard_of_is_refused_in_the_documented_order() {
    let settings: fn(&mut Told) = |told| told.holdings.settings = None;
    assert_eq!(istanbul().policies.deduct_at, DeductAt::Booking);
    check(
        &unheard(),
        taken,
        &[
            (Refusal::NoShowTooEarly, missed_before_it_began),
            (Refusal::StartsTooFar, in_six_years),
            (Refusal::SettingsMissing, settings),
            (Refusal::CustomerNotFound, |told| {
                told.holdings.customer = None
            }),
            (Refusal::CustomerErased, |told| {
                told.holdings.customer = Some(erased(customer(1)));
            }),
            (Refusal::ServiceNotFound(svc(9)), |told| {
                told.telling.appointment.services = vec![svc(9)];
            }),
            (Refusal::PackageNotFound, |told| {
                told.telling.appointment.pay_with = Some(PayWith::Packages(vec![pkg(9)]));
            }),
        ],
    );
}

#[test]
fn what_was_heard_of_is_refused_in_the_documented_order() {
    let mut sound = unheard();
    let booked = taken(&sound).unwrap().unwrap();
    let package = sound.holdings.packages[0].after(&booked.entry);
    sound.holdings.packages = vec![package.unwrap()];
    sound.entries = vec![booked.entry];
    check(
        &sound,
        taken,
        &[
            (Refusal::BookingOfAnother, |told| {
                told.telling.customer = cus(2)
            }),
            (Refusal::BookingIdReused, |told| {
                told.telling.appointment.services.push(svc(1));
            }),
            (Refusal::NoShowTooEarly, missed_before_it_began),
            (Refusal::StartsTooFar, in_six_years),
        ],
    );
}

/// Half of it is due at once, the rest in ten instalments.
fn awaited() -> (Package, Money) {
    let mut package = planned(1, lira(100_000), 10, Some(lira(50_000)));
    package.standing.stage = Stage::Pending;
    (package, lira(50_000))
}

fn online((package, amount): &(Package, Money)) -> Result<domain::Decision, Refusal> {
    let payment = Payment {
        reference: Some("pay-1".parse().unwrap()),
        ..payment(*amount, PaymentMethod::Card)
    };
    let settings: Settings = istanbul();
    pay_online(
        package,
        payment,
        (keyed(1), now()),
        &settings,
        &context(now()),
    )
}

#[test]
fn a_payment_made_online_is_refused_in_the_documented_order() {
    check(
        &awaited(),
        online,
        &[
            (Refusal::NotPayable, |(package, _)| {
                package.standing.paid_minor = package.standing.price_minor;
            }),
            (Refusal::PaymentCurrency, |(_, amount)| {
                *amount = lei(50_000)
            }),
            (Unchanged::PaymentNotAwaited.into(), |(_, amount)| {
                *amount = lira(49_999);
            }),
            (Refusal::NotPayable, |(package, _)| {
                package.standing.stage = Stage::Voided;
                package.terms.deposit = None;
                package.standing.price_minor = 50_000;
            }),
        ],
    );
}

#[test]
fn once_the_deposit_is_paid_the_next_instalment_or_all_of_the_rest_may_come() {
    let (package, deposit) = awaited();
    let package = package
        .after(&online(&(package.clone(), deposit)).unwrap().entry)
        .unwrap();
    assert_eq!(package.standing.stage, Stage::Active);
    assert_eq!(package.awaited(now()), None);
    for (amount, right) in [(5_000, true), (50_000, true), (10_000, false), (1, false)] {
        let paid = online(&(package.clone(), lira(amount)));
        assert_eq!(paid.is_ok(), right, "{amount}");
    }
}

#[test]
fn after_its_end_nothing_is_awaited_for_what_was_never_paid() {
    let (mut package, deposit) = awaited();
    package.standing.ends_at = Some(now() + hours(1));
    assert_eq!(package.awaited(now()), Some(deposit));
    assert!(online(&(package.clone(), deposit)).is_ok());
    package.standing.ends_at = Some(now());
    assert_eq!(package.status(now()), Status::Expired);
    assert_eq!(package.awaited(now()), None);
    let refused = online(&(package, deposit)).unwrap_err();
    assert_eq!(refused, Unchanged::PaymentNotAwaited.into());
}

/// A payment that is told, on what is known of its package.
#[derive(Clone)]
struct ToldPayment {
    package: Package,
    history: Vec<Entry>,
    remembered: Option<(BusinessId, PackageId)>,
    news: PaymentNews,
}

fn followed(told: &ToldPayment) -> Result<Option<domain::Decision>, Refusal> {
    let state = PaymentState {
        package: &told.package,
        history: &told.history,
        given: &[],
        remembered: told.remembered.as_ref(),
        backs: &[],
    };
    let telling = PaymentTelling {
        at: now(),
        reference: "pay-1".parse().unwrap(),
        name: "p1".parse().unwrap(),
        news: told.news.clone(),
    };
    follow_payment(state, &telling, &istanbul(), &context(now()))
}

#[test]
fn what_is_told_of_a_payment_is_refused_in_the_documented_order() {
    let (package, deposit) = awaited();
    let sound = ToldPayment {
        package,
        history: Vec::new(),
        remembered: None,
        news: PaymentNews::Paid(deposit),
    };
    let paid_up: fn(&mut ToldPayment) = |told| {
        told.package.standing.paid_minor = told.package.standing.price_minor;
    };
    check(
        &sound,
        followed,
        &[
            (Unchanged::PaymentDiffers.into(), |told| {
                told.remembered = Some(("gul".parse().unwrap(), pkg(9)));
            }),
            (Refusal::NotPayable, paid_up),
        ],
    );
    let recorded = followed(&sound).unwrap().unwrap();
    let back = |amount| NotedPayment {
        reference: "pay-1".parse().unwrap(),
        at: now(),
        amount: Some(amount),
        reason: "4853".parse().unwrap(),
        refund: false,
    };
    let came_back = ToldPayment {
        package: sound.package.after(&recorded.entry).unwrap(),
        history: vec![recorded.entry],
        remembered: Some(("gul".parse().unwrap(), pkg(1))),
        news: PaymentNews::Back(back(deposit), "b1".parse().unwrap()),
    };
    assert!(followed(&came_back).unwrap().is_some());
    let part = PaymentNews::Back(back(lira(49_999)), "b1".parse().unwrap());
    let part = ToldPayment {
        news: part,
        ..came_back.clone()
    };
    let differs = Refusal::from(Unchanged::PaymentDiffers);
    assert_eq!(followed(&part).unwrap_err(), differs);
    let other = ToldPayment {
        news: PaymentNews::Paid(lira(49_999)),
        ..came_back
    };
    assert_eq!(followed(&other).unwrap_err(), differs);
}
