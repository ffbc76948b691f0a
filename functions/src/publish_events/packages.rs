//! What happens to packages, as events.

use domain::PackageId;
use domain::catalog::Kind;
use domain::journal::PackageChange;
use domain::packages::{self, Package, Stage};
use events::Version;
use events::out::{
    self, PackageActivated, PackageAdjusted, PackageExhausted, PackageExpired, PackageExtended,
    PackageFrozen, PackageImported, PackageLow, PackageMembersChanged, PackageOfferDeclined,
    PackageOffered, PackageReceived, PackageRefunded, PackageSold, PackageToppedUp,
    PackageTransferred, PackageUnfrozen, PackageVoided, Terms,
};
use infra::Fault;

use super::figures::{Moved, money};
use super::payments;
use super::told::Tellings;

/// A pool is low when no more than this part of what was granted is available, in per cent...
const LOW_PERCENT: u64 = 20;
/// ...or no more units than this.
const LOW_UNITS: u64 = 1;

/// An event about one package: what every one has, and its own fields.
macro_rules! tell {
    ($tellings:expr, $moved:expr, $event:ident { $($field:ident: $value:expr),* $(,)? }) => {
        $tellings.tell(None, Some($moved.sequence.clone()), |told| $event {
            version: Version,
            told,
            package: $moved.change.clone(),
            $($field: $value,)*
        })
    };
}
pub(super) use tell;

pub(super) fn sold(tellings: &mut Tellings<'_>, package: &Package) -> Result<(), Fault> {
    let moved = Moved::of(tellings.entry, package.id);
    tell!(
        tellings,
        moved,
        PackageSold {
            terms: Some(terms(package))
        }
    )?;
    activated(tellings, &moved, package.standing.stage)
}

pub(super) fn imported(tellings: &mut Tellings<'_>, package: &Package) -> Result<(), Fault> {
    let moved = Moved::of(tellings.entry, package.id);
    tell!(
        tellings,
        moved,
        PackageImported {
            terms: terms(package)
        }
    )
}

pub(super) fn offered(tellings: &mut Tellings<'_>, package: &Package) -> Result<(), Fault> {
    let moved = Moved::of(tellings.entry, package.id);
    tell!(
        tellings,
        moved,
        PackageOffered {
            terms: terms(package)
        }
    )
}

/// What happened to a package that was there.
pub(super) fn changed(
    tellings: &mut Tellings<'_>,
    package: PackageId,
    change: &PackageChange,
) -> Result<(), Fault> {
    let moved = Moved::of(tellings.entry, package);
    let entry = tellings.entry;
    match change {
        PackageChange::Accepted => {
            tell!(tellings, moved, PackageSold { terms: None })?;
            let standing = entry.standings.iter().find(|one| one.package == package);
            if let Some(standing) = standing {
                activated(tellings, &moved, standing.standing.stage)?;
            }
        }
        PackageChange::Declined => tell!(tellings, moved, PackageOfferDeclined {})?,
        // Nothing is left by these, which they say themselves.
        PackageChange::Expired => return tell!(tellings, moved, PackageExpired {}),
        PackageChange::Adjusted(reason) => {
            tell!(
                tellings,
                moved,
                PackageAdjusted {
                    reason: adjustment(*reason)
                }
            )?;
        }
        PackageChange::ToppedUp(price) => {
            tell!(
                tellings,
                moved,
                PackageToppedUp {
                    price: money(*price)
                }
            )?;
        }
        PackageChange::Frozen => tell!(tellings, moved, PackageFrozen {})?,
        PackageChange::Unfrozen => tell!(tellings, moved, PackageUnfrozen {})?,
        PackageChange::Extended(day) => {
            tell!(
                tellings,
                moved,
                PackageExtended {
                    valid_through: day.to_string()
                }
            )?;
        }
        PackageChange::Transferred(made) => {
            tell!(
                tellings,
                moved,
                PackageTransferred {
                    to_package_id: made.id.to_string(),
                    to_customer_id: made.customer.to_string(),
                }
            )?;
            what_is_left(tellings, &moved)?;
            return received(tellings, package, made);
        }
        PackageChange::MembersChanged { added, removed } => {
            tell!(
                tellings,
                moved,
                PackageMembersChanged {
                    added: added.iter().map(ToString::to_string).collect(),
                    removed: removed.iter().map(ToString::to_string).collect(),
                }
            )?;
        }
        PackageChange::Voided(reason) => {
            let reason = mistake(*reason);
            return tell!(tellings, moved, PackageVoided { reason: reason });
        }
        // An answer to a question, and what other systems told: nothing has changed.
        PackageChange::RefundQuoted(_)
        | PackageChange::PaymentFailed(_)
        | PackageChange::ReturnForetold(_)
        | PackageChange::RefundConfirmed(_) => {}
        PackageChange::Refunded { amount, .. } => {
            let amount = money(*amount);
            return tell!(tellings, moved, PackageRefunded { amount: amount });
        }
        PackageChange::Paid(payment) => {
            payments::recorded(tellings, &moved, payment)?;
            let activated_at = |one: &&domain::journal::StandingChange| {
                one.package == package && one.standing.activated_at == Some(entry.at)
            };
            if entry.standings.iter().any(|one| activated_at(&one)) {
                activated(tellings, &moved, Stage::Active)?;
            }
        }
        PackageChange::PaymentReturned(returned) => {
            return payments::returned(tellings, package, returned);
        }
        PackageChange::Collected(collected) => {
            payments::collected(tellings, &moved, collected)?;
        }
        PackageChange::DebitRejected(rejected) => {
            payments::rejected(tellings, &moved, rejected)?;
        }
    }
    what_is_left(tellings, &moved)
}

fn activated(tellings: &mut Tellings<'_>, moved: &Moved, stage: Stage) -> Result<(), Fault> {
    match stage {
        Stage::Active => tell!(tellings, moved, PackageActivated {}),
        Stage::Offered
        | Stage::Declined
        | Stage::Pending
        | Stage::Voided
        | Stage::Refunded
        | Stage::Transferred => Ok(()),
    }
}

/// The package of who got the units, which is of another customer.
fn received(tellings: &mut Tellings<'_>, from: PackageId, made: &Package) -> Result<(), Fault> {
    let moved = Moved::of(tellings.entry, made.id);
    let holder = Some(made.customer.to_string());
    tellings.tell(holder, Some(moved.sequence), |told| PackageReceived {
        version: Version,
        told,
        package: moved.change,
        from_package_id: from.to_string(),
    })
}

/// That little or nothing is left of a package, when an entry made it so.
pub(super) fn what_is_left(tellings: &mut Tellings<'_>, moved: &Moved) -> Result<(), Fault> {
    let is_low = |available: u64, granted: u64| {
        available <= LOW_UNITS || available.saturating_mul(100) <= granted * LOW_PERCENT
    };
    if moved.used_up {
        return tell!(tellings, moved, PackageExhausted {});
    }
    for pool in &moved.change.pools {
        let (before, after) = (pool.before, pool.after);
        let fell = after.available < before.available && is_low(after.available, after.granted);
        if fell && !is_low(before.available, before.granted) {
            tell!(
                tellings,
                moved,
                PackageLow {
                    pool: pool.pool,
                    available: after.available,
                }
            )?;
        }
    }
    Ok(())
}

fn terms(package: &Package) -> Terms {
    Terms {
        template_id: package.template.map(|template| template.to_string()),
        opportunity_id: package
            .opportunity
            .map(|opportunity| opportunity.to_string()),
        kind: match package.terms.kind {
            Kind::Visits => out::Kind::Visits,
            Kind::Bundle => out::Kind::Bundle,
            Kind::Credit => out::Kind::Credit,
            Kind::Pass => out::Kind::Pass,
        },
        price: money(package.terms.price),
    }
}

fn adjustment(reason: packages::AdjustmentReason) -> out::AdjustmentReason {
    match reason {
        packages::AdjustmentReason::Correction => out::AdjustmentReason::Correction,
        packages::AdjustmentReason::Compensation => out::AdjustmentReason::Compensation,
        packages::AdjustmentReason::Goodwill => out::AdjustmentReason::Goodwill,
    }
}

fn mistake(reason: packages::VoidReason) -> out::VoidReason {
    match reason {
        packages::VoidReason::Mistake => out::VoidReason::Mistake,
        packages::VoidReason::Duplicate => out::VoidReason::Duplicate,
        packages::VoidReason::Withdrawn => out::VoidReason::Withdrawn,
        packages::VoidReason::Unpaid => out::VoidReason::Unpaid,
    }
}
