//! Giving units away neither makes nor loses money.

use std::collections::BTreeMap;

use domain::journal::{Entry, Fact, PackageChange};
use domain::packages::{Package, Pool, RefundPolicy, RefundQuote, Unchanged, Unit, quote_refund};
use domain::{Context, EntryKey, PackageId, RefundQuoteId, Refusal};

use crate::fixtures::context;

/// What could be paid back to giver and receiver together is what could be paid back to the giver before.
pub(super) fn a_transfer_changes_nothing_in_what_can_be_paid_back(
    before: &BTreeMap<PackageId, Package>,
    after: &BTreeMap<PackageId, Package>,
    entry: &Entry,
) {
    let Fact::PackageChanged { package, change } = &entry.fact else {
        return;
    };
    let PackageChange::Transferred(made) = change else {
        return;
    };
    let (before, left, made) = (&before[package], &after[package], &after[&made.id]);
    if before.pools.iter().any(|pool| pool.unit == Unit::Unlimited) {
        // Of a pass it is less by then. What its cap leaves goes with it.
        for (pool, came) in before.pools.iter().zip(&made.pools) {
            let per_period = |pool: &Pool| pool.caps.and_then(|caps| caps.per_period);
            let left = per_period(pool).map(|cap| u64::from(cap) - pool.balance.granted);
            assert_eq!(per_period(came).map(u64::from), left, "{made:?}");
        }
        return;
    }
    let quoted = |package, policy| could_be_paid_back(package, policy, &context(entry.at));
    let together = |policy| Some(quoted(left, policy)? + quoted(made, policy)?);
    let (pro_rata, at_list) = (RefundPolicy::ProRata, RefundPolicy::UsedAtList);
    let Some(whole) = quoted(before, pro_rata) else {
        return;
    };
    // Where a correction took back what had been paid for, that stays with the giver.
    let pools = before.pools.iter();
    let sold: u64 = pools.map(|p| p.price_minor - p.transferred_minor).sum();
    let corrected = sold < before.standing.paid_minor;
    let after = together(pro_rata).unwrap();
    assert!(
        after == whole || corrected && after < whole,
        "{after} for {whole}: {before:?}"
    );
    // What is given away has not been used at any price, and with it goes what was paid for it.
    let most = whole.max(quoted(before, at_list).unwrap());
    let after = together(at_list).unwrap();
    assert!(after <= most, "{after} for {most}: {before:?}");
}

/// None where bookings hold units, so that nobody could say.
fn could_be_paid_back(package: &Package, policy: RefundPolicy, context: &Context) -> Option<i128> {
    let id = RefundQuoteId::new(context.now, context.random);
    let key = EntryKey::Keyed(package.id, "quote".parse().unwrap());
    match quote_refund(package, policy, id, key, context) {
        Ok(decision) => {
            let quote = RefundQuote::recorded_in(&decision.entry).unwrap();
            Some(quote.amount.amount_minor().into())
        }
        Err(Refusal::Unchanged(Unchanged::UnitsHeld)) => None,
        Err(Refusal::Unchanged(Unchanged::NothingToRefund)) => Some(0),
        Err(refusal) => panic!("{refusal}: {package:?}"),
    }
}
