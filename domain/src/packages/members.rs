//! Who else may redeem from a package.

use super::{Package, Unchanged, changed};
use crate::customers::Customer;
use crate::journal::{PackageChange, Posting};
use crate::{Context, CustomerId, Decision, EntryId, EntryKey, Put, Refusal};

/// Lets others redeem from a package, and no longer lets others. Who is added twice, or removed without
/// having been a member, makes no difference. `customers` are those of `add` that exist.
///
/// # Errors
/// In this order: [`Unchanged::NotSold`], [`Unchanged::Over`], [`Refusal::CustomerNotFound`],
/// [`Refusal::CustomerErased`],
/// [`Unchanged::HolderIsMember`], [`Unchanged::TooManyMembers`].
pub fn change_members(
    package: &Package,
    (add, remove): (&[CustomerId], &[CustomerId]),
    customers: &[Customer],
    key: EntryKey,
    context: &Context,
) -> Result<Decision, Refusal> {
    package.must_be_open()?;
    let exists = |id: &CustomerId| customers.iter().any(|customer| customer.id == *id);
    if !add.iter().all(exists) {
        return Err(Refusal::CustomerNotFound);
    }
    let mut added = customers
        .iter()
        .filter(|customer| add.contains(&customer.id));
    added.try_for_each(Customer::is_there)?;
    if add.contains(&package.customer) {
        return Err(Unchanged::HolderIsMember.into());
    }
    let before = &package.standing.members;
    let mut after: Vec<CustomerId> = before.clone();
    after.retain(|member| !remove.contains(member));
    for member in add {
        if !after.contains(member) {
            after.push(*member);
        }
    }
    if after.len() > usize::from(package.terms.conditions.max_members) && after.len() > before.len()
    {
        return Err(Unchanged::TooManyMembers.into());
    }
    let beside = |of: &[CustomerId], others: &[CustomerId]| -> Vec<CustomerId> {
        let new = of.iter().filter(|member| !others.contains(member));
        new.copied().collect()
    };
    let (added, removed) = (beside(&after, before), beside(before, &after));
    let mut posting = Posting::new(std::slice::from_ref(package), context.now);
    posting.stand(package.id, |standing| standing.members = after)?;
    let change = PackageChange::MembersChanged {
        added: added.clone(),
        removed: removed.clone(),
    };
    let mut decision = changed(posting, package, key, change, context);
    if decision.holders.is_empty() {
        // What changes nothing comes after what did, too: sent again, it is told of the package as it was then.
        let at = package.changes_at(context.now);
        (decision.entry.at, decision.entry.id) = (at, EntryId::new(at, context.random));
    }
    let (package, holder) = (package.id, package.customer);
    let share = added.iter().map(|member| Put::Share {
        package,
        holder,
        member: *member,
    });
    let unshare = removed.iter().map(|member| Put::Unshare {
        package,
        holder,
        member: *member,
    });
    decision.puts = share.chain(unshare).collect();
    // It is in their journals, too, who came and who went.
    decision.entry.also = added.into_iter().chain(removed).collect();
    Ok(decision)
}
