//! Giving, sharing, voiding and refunding.

use domain::packages::Unchanged::*;
use domain::packages::*;
use domain::{PackageId, RefundQuoteId, Refusal};

use super::{Attempt, ENDED, NOT_SOLD, OVER, adjusted, resting, sound};
use crate::care::key;
use crate::fixtures::*;

const HELD: Flaw<Attempt> = (Refusal::Unchanged(UnitsHeld), |a| {
    let balance = &mut a.package.pools[0].balance;
    (balance.available, balance.held) = (balance.available - 1, 1);
});

const ON_ITS_WAY: Flaw<Attempt> = (Refusal::Unchanged(DebitInFlight), |a| {
    a.package.standing.debit = Some(DirectDebit {
        in_flight: [(1, 1)].into(),
        ..DirectDebit::default()
    });
});

#[test]
fn transferring_refuses_in_the_documented_order() {
    let id: PackageId = pkg(2);
    let run = |a: &Attempt| {
        let (receiver, pools) = (a.receiver.as_ref(), a.pools.as_deref());
        transfer(&a.package, receiver, pools, id, &context(a.now))
    };
    let flaws: [Flaw<Attempt>; 14] = [
        NOT_SOLD,
        (Over.into(), |a| a.package.standing.stage = Stage::Voided),
        (NotTransferable.into(), |a| {
            a.package.terms.conditions.transferable = false;
        }),
        (Ended.into(), |a| {
            a.package.standing.ends_at = Some(now());
            a.package.standing.frozen = None;
        }),
        (Resting.into(), resting),
        (Unpaid.into(), |a| a.package.standing.paid_minor -= 1),
        (Unpaid.into(), |a| a.package.standing.blocked = true),
        (Refusal::CustomerNotFound, |a| a.receiver = None),
        (ToHolder.into(), |a| a.receiver = Some(customer(1))),
        (PoolMissing.into(), |a| {
            a.pools = Some(vec![PoolUnits { pool: 1, units: 1 }]);
        }),
        (PassUncounted.into(), |a| {
            a.package.pools[0].unit = Unit::Unlimited;
            a.pools = Some(vec![PoolUnits { pool: 0, units: 1 }]);
        }),
        // Six and five of ten.
        (UnitsMissing.into(), |a| {
            let of = |units| PoolUnits { pool: 0, units };
            a.pools = Some(vec![of(6), of(5)]);
        }),
        (UnitsHeld.into(), |a| {
            a.package.pools[0].unit = Unit::Unlimited;
            a.package.pools[0].balance.held = 1;
            a.pools = None;
        }),
        (NothingToTransfer.into(), |a| {
            a.package.pools[0].unit = Unit::Visit;
            a.package.pools[0].balance.available = 0;
            a.pools = None;
        }),
    ];
    // The last four are alternatives: what is asked of a pool, and what of the whole.
    check(&sound(), run, &flaws[..10]);
    for (refusal, flaw) in &flaws[10..] {
        let mut attempt = sound();
        flaw(&mut attempt);
        assert_eq!(run(&attempt).unwrap_err(), *refusal);
    }
    let mut pending = sound();
    pending.package.standing.stage = Stage::Pending;
    assert_eq!(run(&pending).unwrap_err(), Unpaid.into());
}

#[test]
fn changing_members_refuses_in_the_documented_order() {
    let run = |a: &Attempt| {
        let members = (a.add.as_slice(), &[][..]);
        change_members(&a.package, members, &a.customers, key(), &context(a.now))
    };
    let flaws: [Flaw<Attempt>; 5] = [
        NOT_SOLD,
        OVER,
        (Refusal::CustomerNotFound, |a| a.customers.clear()),
        (HolderIsMember.into(), |a| {
            a.add.push(cus(1));
            a.customers = vec![customer(1), customer(3), customer(4)];
        }),
        (TooManyMembers.into(), |a| {
            a.add.push(cus(4));
            a.customers.push(customer(4));
        }),
    ];
    check(&sound(), run, &flaws);
}

#[test]
fn voiding_refuses_in_the_documented_order() {
    let mut sound = sound();
    sound.package.standing.paid_minor = 0;
    let run = |a: &Attempt| void(&a.package, VoidReason::Mistake, key(), &context(a.now));
    let used = |account: fn(&mut Balance)| {
        let mut attempt = sound.clone();
        account(&mut attempt.package.pools[0].balance);
        assert_eq!(run(&attempt).unwrap_err(), Used.into());
    };
    used(|balance| balance.forfeited = 1);
    used(|balance| balance.transferred = 1);
    let flaws: [Flaw<Attempt>; 6] = [
        NOT_SOLD,
        OVER,
        HELD,
        (Used.into(), |a| a.package.pools[0].balance.captured = 1),
        (Paid.into(), |a| a.package.standing.paid_minor = 1),
        ON_ITS_WAY,
    ];
    check(&sound, run, &flaws);
}

#[test]
fn quoting_a_refund_refuses_in_the_documented_order() {
    let run = |a: &Attempt| {
        let policy = RefundPolicy::UsedAtList;
        quote_refund(&a.package, policy, a.quote, key(), &context(a.now))
    };
    let flaws: [Flaw<Attempt>; 6] = [
        NOT_SOLD,
        OVER,
        ENDED,
        (UnitsHeld.into(), |a| a.package.pools[0].balance.held = 1),
        ON_ITS_WAY,
        (NothingToRefund.into(), |a| {
            a.package.pools[0].balance.available = 0;
            a.package.pools[0].worth_minor = 0;
        }),
    ];
    check(&sound(), run, &flaws);
}

#[test]
fn refunding_refuses_in_the_documented_order() {
    let run = |a: &Attempt| {
        let context = context(a.now);
        refund(&a.package, a.quote, a.quoted.as_ref(), key(), &context)
    };
    let flaws: [Flaw<Attempt>; 6] = [
        NOT_SOLD,
        OVER,
        (Refusal::RefundQuoteNotFound, |a| a.quoted = None),
        (Refusal::RefundQuoteNotFound, |a| {
            a.quote = RefundQuoteId::from_bytes([6; 16]);
        }),
        (QuoteExpired.into(), |a| a.now = now() + hours(24)),
        (QuoteOutdated.into(), |a| a.package.version += 1),
    ];
    check(&sound(), run, &flaws);
    // Another package's quote, and an entry that is no quote.
    let mut attempt = sound();
    attempt.package.id = pkg(2);
    assert_eq!(run(&attempt).unwrap_err(), Refusal::RefundQuoteNotFound);
    let mut attempt = sound();
    attempt.quoted = Some(adjusted(&attempt).unwrap().entry);
    assert_eq!(run(&attempt).unwrap_err(), Refusal::RefundQuoteNotFound);
}
