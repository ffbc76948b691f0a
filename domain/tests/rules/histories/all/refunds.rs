//! What is quoted and paid back, reckoned from the journal's lines.

use domain::journal::{Entry, PackageChange};
use domain::packages::{Account, Package, REFUND_QUOTE_HOURS, RefundPolicy, RefundQuote, Unit};

use super::ledger::{Ledger, value};
use super::money::changed;
use super::world::World;
use crate::fixtures::hours;

/// A quote is what its policy says, and a refund is what was quoted; no more value leaves than was said to
/// be left.
pub(super) fn what_is_paid_back_is_what_is_left(world: &World, entry: &Entry) {
    let Some((_, package, change)) = changed(entry) else {
        return;
    };
    if let PackageChange::RefundQuoted(quote) = change {
        is_right(quote, &world.packages[&package], &world.ledger);
    }
    let PackageChange::Refunded { quote, amount } = change else {
        return;
    };
    let mut quotes = world.journal.iter().filter_map(RefundQuote::recorded_in);
    let quote = quotes.find(|quoted| quoted.id == *quote).unwrap();
    assert_eq!(quote.amount, *amount);
    let refunded = entry.lines.iter();
    let refunded = refunded.filter(|line| line.to == Some(Account::Refunded));
    let refunded = refunded.map(value).sum::<i128>();
    let left = quote.pools.iter().map(|pool| i128::from(pool.value_minor));
    // On a clock that is behind, a pass has earned less than when it was asked.
    let behind = world.now < quote.valid_until - hours(REFUND_QUOTE_HOURS);
    assert!(behind || refunded <= left.sum(), "{entry:?}");
}

fn is_right(quote: &RefundQuote, package: &Package, ledger: &Ledger) {
    let (mut left, mut price, mut used) = (0, 0, 0);
    for (index, (pool, quoted)) in package.pools.iter().zip(&quote.pools).enumerate() {
        let at = (package.id, index);
        let told = i128::from(quoted.value_minor);
        match pool.unit {
            Unit::Visit | Unit::Money(_) => assert_eq!(told, ledger.worth(at), "{quote:?}"),
            Unit::Unlimited => assert!(told <= ledger.worth(at), "{quote:?}"),
        }
        left += told;
        price += ledger.sold(at);
        used += match pool.unit {
            Unit::Visit => ledger.used_at_list(at) + ledger.lost_at_price(at),
            Unit::Money(_) => ledger.captured(at) + ledger.lost_at_price(at),
            Unit::Unlimited => ledger.used_at_list(at),
        };
    }
    let paid = (ledger.paid(package.id) - ledger.owed_again(package.id)).max(0);
    let amount = match quote.policy {
        RefundPolicy::ProRata => {
            let part = (paid * left).checked_div(price).unwrap_or(0);
            part.min(paid - (price - left)).max(0)
        }
        RefundPolicy::UsedAtList => (paid - used).max(0),
    };
    assert_eq!(amount, quote.amount.amount_minor().into(), "{quote:?}");
}
