//! What is done for packages that were sold.

mod leaving;

use chrono::NaiveDate;
use domain::catalog::Extras;
use domain::customers::Customer;
use domain::journal::Entry;
use domain::packages::Unchanged::*;
use domain::packages::*;
use domain::{CustomerId, Instant, Money, RefundQuoteId, Refusal};

use crate::care::{ZONE, key, paid, pass, transferable};
use crate::fixtures::*;

/// What is asked for, whatever the verb.
#[derive(Clone)]
struct Attempt {
    package: Package,
    now: Instant,
    adjustment: Adjustment,
    pools: Option<Vec<PoolUnits>>,
    price: Money,
    day: NaiveDate,
    receiver: Option<Customer>,
    add: Vec<CustomerId>,
    customers: Vec<Customer>,
    quote: RefundQuoteId,
    quoted: Option<Entry>,
}

/// Package 1, ten visits for 1000.00 lira, paid, transferable, shared with customer 2, ending in 30 days.
fn sound() -> Attempt {
    let mut extras = transferable();
    extras.conditions.max_members = 2;
    let package = paid(visit_contents(10, &[(1, 1)]), None, extras);
    let mut package = expiring(package, now() + days(30));
    package.standing.members = vec![cus(2)];
    let quote = RefundQuoteId::from_bytes([5; 16]);
    let policy = RefundPolicy::ProRata;
    let quoted = quote_refund(&package, policy, quote, key(), &context(now())).unwrap();
    Attempt {
        package,
        now: now(),
        adjustment: Adjustment {
            pool: 0,
            units: -1,
            reason: AdjustmentReason::Correction,
        },
        pools: Some(vec![PoolUnits { pool: 0, units: 1 }]),
        price: lira(100),
        day: "2026-05-01".parse().unwrap(),
        receiver: Some(customer(2)),
        add: vec![cus(3)],
        customers: vec![customer(3)],
        quote,
        quoted: Some(quoted.entry),
    }
}

const NOT_SOLD: Flaw<Attempt> = (Refusal::Unchanged(NotSold), |a| {
    a.package.standing.stage = Stage::Offered;
});
const OVER: Flaw<Attempt> = (Refusal::Unchanged(Over), |a| {
    a.package.standing.stage = Stage::Refunded;
});
const ENDED: Flaw<Attempt> = (Refusal::Unchanged(Ended), |a| a.now = now() + days(30));
/// Every stage in which nothing can be done for a package any more, or not yet.
#[test]
fn nothing_is_done_for_what_is_not_sold_or_over() {
    for (stage, refusal) in [
        (Stage::Offered, NotSold),
        (Stage::Declined, NotSold),
        (Stage::Voided, Over),
        (Stage::Refunded, Over),
        (Stage::Transferred, Over),
    ] {
        let mut attempt = sound();
        attempt.package.standing.stage = stage;
        let refused = Refusal::Unchanged(refusal);
        assert_eq!(adjusted(&attempt).unwrap_err(), refused);
        let expired = expire(&attempt.package, &context(attempt.now));
        assert_eq!(expired.unwrap_err(), refused);
    }
}

fn adjusted(a: &Attempt) -> Result<domain::Decision, Refusal> {
    adjust(&a.package, a.adjustment, key(), &context(a.now))
}

#[test]
fn adjusting_refuses_in_the_documented_order() {
    check(
        &sound(),
        adjusted,
        &[
            NOT_SOLD,
            OVER,
            ENDED,
            (PoolMissing.into(), |a| a.adjustment.pool = 1),
            (PassUncounted.into(), |a| {
                a.package.pools[0].unit = Unit::Unlimited;
            }),
            (CorrectionRequired.into(), |a| {
                a.adjustment.reason = AdjustmentReason::Goodwill;
                a.adjustment.units = -1;
            }),
            (UnitsMissing.into(), |a| a.adjustment.units = -11),
        ],
    );
    for units in [99_991, i64::MAX] {
        let mut attempt = sound();
        attempt.adjustment.units = units;
        assert_eq!(adjusted(&attempt).unwrap_err(), Refusal::TooLarge);
    }
    let mut attempt = sound();
    attempt.adjustment.units = i64::MIN;
    assert_eq!(adjusted(&attempt).unwrap_err(), UnitsMissing.into());
}

#[test]
fn topping_up_refuses_in_the_documented_order() {
    let run = |a: &Attempt| {
        let pools = a.pools.clone().unwrap_or_default();
        top_up(&a.package, &pools, a.price, key(), &context(a.now))
    };
    let flaws: [Flaw<Attempt>; 6] = [
        NOT_SOLD,
        OVER,
        ENDED,
        (CurrencyDiffers.into(), |a| a.price = lei(100)),
        (PoolMissing.into(), |a| {
            a.pools = Some(vec![PoolUnits { pool: 1, units: 1 }]);
        }),
        (PassUncounted.into(), |a| {
            a.package.pools[0].unit = Unit::Unlimited;
        }),
    ];
    check(&sound(), run, &flaws);
    for (units, price) in [(99_991, 0), (u64::MAX, 0), (1, Money::MAX_MINOR)] {
        let mut attempt = sound();
        attempt.pools = Some(vec![PoolUnits { pool: 0, units }]);
        attempt.price = lira(price);
        assert_eq!(run(&attempt).unwrap_err(), Refusal::TooLarge, "{units}");
    }
}

fn resting(a: &mut Attempt) {
    a.package.standing.frozen = Some(Freeze {
        since: now() - days(1),
        until: None,
    });
}

#[test]
fn freezing_refuses_in_the_documented_order() {
    let run = |a: &Attempt| freeze(&a.package, Some(a.day), ZONE, key(), &context(a.now));
    let flaws: [Flaw<Attempt>; 7] = [
        NOT_SOLD,
        OVER,
        (Ended.into(), |a| {
            a.package.standing.ends_at = Some(now());
            a.package.standing.frozen = None;
        }),
        (AlreadyFrozen.into(), resting),
        // Today, which is the 2nd; long ago; and more than two years ahead.
        (FreezeEnd.into(), |a| a.day = "2026-03-02".parse().unwrap()),
        (FreezeEnd.into(), |a| a.day = NaiveDate::MIN),
        (FreezeEnd.into(), |a| a.day = "2028-03-03".parse().unwrap()),
    ];
    check(&sound(), run, &flaws);
    let mut longest = sound();
    longest.day = "2028-03-02".parse().unwrap();
    assert!(run(&longest).is_ok());
}

#[test]
fn unfreezing_refuses_in_the_documented_order() {
    let mut sound = sound();
    resting(&mut sound);
    let run = |a: &Attempt| unfreeze(&a.package, ZONE, key(), &context(a.now));
    let flaws: [Flaw<Attempt>; 3] = [
        NOT_SOLD,
        OVER,
        (NotFrozen.into(), |a| a.package.standing.frozen = None),
    ];
    check(&sound, run, &flaws);
    // Over by itself.
    sound.package.standing.frozen = Some(Freeze {
        since: now() - days(1),
        until: Some(now()),
    });
    assert_eq!(run(&sound).unwrap_err(), NotFrozen.into());
}

#[test]
fn extending_refuses_in_the_documented_order() {
    let run = |a: &Attempt| extend(&a.package, a.day, ZONE, key(), &context(a.now));
    let flaws: [Flaw<Attempt>; 6] = [
        NOT_SOLD,
        OVER,
        (NoEnd.into(), |a| {
            (a.package.standing.expires_at, a.package.standing.ends_at) = (None, None);
        }),
        (Refusal::ValidityOutOfRange, |a| a.day = NaiveDate::MAX),
        (Refusal::ValidityOutOfRange, |a| {
            a.day = "2036-03-02".parse().unwrap();
        }),
        (EndNotLater.into(), |a| {
            a.day = "2026-03-31".parse().unwrap();
        }),
    ];
    check(&sound(), run, &flaws);
    // Later than its end, but over, too.
    let mut long_over = sound();
    long_over.now = now() + days(100);
    assert_eq!(run(&long_over).unwrap_err(), EndNotLater.into());
}

#[test]
fn a_pass_is_neither_adjusted_nor_topped_up() {
    let mut attempt = sound();
    attempt.package = pass(Extras::default());
    assert_eq!(adjusted(&attempt).unwrap_err(), PassUncounted.into());
}
