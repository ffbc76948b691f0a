//! Moving a booking and resolving it.

use domain::bookings::{
    Booking, BookingStatus, BookingTerms, DeductAt, Draw, PayWith, Penalty, ServiceLine, cancel,
    complete, no_show, reschedule,
};
use domain::journal::{Fact, Move, Posting};
use domain::packages::{Account, Package};
use domain::{Instant, Refusal};

use crate::fixtures::*;

#[derive(Clone)]
struct Attempt {
    booking: Booking,
    packages: Vec<Package>,
    starts_at: Instant,
    now: Instant,
}

/// A booking for tomorrow that holds the one visit of package 1, moved to the day after.
fn sound() -> Attempt {
    let mut package = expiring(visits(1, 1, &[(1, 1)]), now() + days(30));
    let draw = Draw {
        package: pkg(1),
        pool: 0,
        units: 1,
    };
    let (free, held) = (Some(Account::Available), Some(Account::Held));
    let hold = Move::new((draw.package, draw.pool), free, held, draw.units);
    let mut posting = Posting::new(std::slice::from_ref(&package), now());
    posting.moves(&[hold]).unwrap();
    let key = domain::EntryKey::Booking(bkg(1));
    let decision = posting.record(key, cus(1), Fact::CustomerCreated, &context(now()));
    package = package.after(&decision.entry).unwrap();
    let terms = BookingTerms {
        booking: bkg(1),
        starts_at: now() + days(1),
        services: vec![ServiceLine {
            service: svc(1),
            price: lira(30_000),
            paid_by: Some(draw),
        }],
        pay_with: PayWith::Auto,
        allow_partial: false,
        policies: settings(DeductAt::Booking, Penalty::Forfeit).policies,
    };
    Attempt {
        booking: Booking {
            customer: cus(1),
            terms,
            status: BookingStatus::Booked,
            steps: 0,
            walk_in: false,
        },
        packages: vec![package],
        starts_at: now() + days(2),
        now: now(),
    }
}

fn resolved() -> Vec<Flaw<Attempt>> {
    vec![
        (Refusal::BookingResolved(BookingStatus::Completed), |a| {
            a.booking.status = BookingStatus::Completed;
        }),
        (Refusal::BookingResolved(BookingStatus::Cancelled), |a| {
            a.booking.status = BookingStatus::Cancelled;
        }),
        (Refusal::BookingResolved(BookingStatus::NoShow), |a| {
            a.booking.status = BookingStatus::NoShow;
        }),
    ]
}

#[test]
fn rescheduling_refuses_in_the_documented_order() {
    let mut flaws = resolved();
    flaws.extend::<[Flaw<Attempt>; 4]>([
        // Six years ago is both in the past and too far.
        (Refusal::StartsInPast, |a| {
            a.starts_at = now() - days(6 * 366)
        }),
        (Refusal::StartsTooFar, |a| {
            a.starts_at = now() + days(6 * 366)
        }),
        // The package that comes closest speaks, so these two are alternatives.
        (Refusal::ExpiredAtAppointment(svc(1)), |a| {
            a.starts_at = now() + days(30);
            a.packages.truncate(1);
        }),
        (Refusal::InsufficientUnits, |a| {
            a.starts_at = now() + days(30);
            a.packages.push(credit(2, lira(29_999), &[]));
        }),
    ]);
    let run = |a: &Attempt| reschedule(&a.booking, &a.packages, a.starts_at, &context(a.now));
    check(&sound(), run, &flaws);
}

#[test]
fn a_resolved_booking_is_not_cancelled() {
    let run = |a: &Attempt| cancel(&a.booking, &a.packages, false, &context(a.now));
    check(&sound(), run, &resolved());
}

#[test]
fn a_resolved_booking_is_not_completed() {
    let run = |a: &Attempt| complete(&a.booking, &a.packages, &context(a.now));
    check(&sound(), run, &resolved());
}

#[test]
fn a_no_show_is_recorded_once_and_not_before_the_appointment() {
    let mut sound = sound();
    sound.now = sound.booking.terms.starts_at;
    let mut flaws = resolved();
    flaws.push((Refusal::NoShowTooEarly, |a| {
        a.now = a.booking.terms.starts_at - chrono::TimeDelta::milliseconds(1);
    }));
    let run = |a: &Attempt| no_show(&a.booking, &a.packages, &context(a.now));
    check(&sound, run, &flaws);
}

/// The booking was read before it was resolved, the package after.
#[test]
fn a_hold_that_is_gone_from_its_package_is_missed() {
    let attempt = sound();
    let packages = [visits(1, 1, &[(1, 1)])];
    let context = context(attempt.booking.terms.starts_at);
    let cancel = |booking: &Booking, packages: &[Package], context: &domain::Context| {
        cancel(booking, packages, false, context)
    };
    for verb in [cancel, complete, no_show] {
        let refused = verb(&attempt.booking, &packages, &context);
        assert_eq!(refused, Err(Refusal::HoldMissing));
    }
}
