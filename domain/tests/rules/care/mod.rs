//! What is done for packages that were sold, to the unit, to the cent and to the day.

mod adjust;
mod expire;
mod extend;
mod freeze;
mod given;
mod holds;
mod members;
mod reclaimed;
mod refund;
mod top_up;
mod transfer;
mod void;

use chrono_tz::Tz;
use domain::bookings::{DeductAt, Penalty};
use domain::calendar::{Span, SpanUnit, Validity};
use domain::catalog::{Contents, Extras, TemplateDraft};
use domain::packages::{Conditions, Package, expire};
use domain::{Decision, EntryKey, Refusal};

use crate::fixtures::*;
use crate::kinds::sold_as;
use crate::verbs::Desk;

pub(crate) const ZONE: Tz = chrono_tz::Europe::Istanbul;

/// Where the entry of a change of package 1 goes.
pub(crate) fn key() -> EntryKey {
    EntryKey::Keyed(pkg(1), "ab".parse().unwrap())
}

fn desk(package: Package) -> Desk {
    Desk::new(DeductAt::Booking, Penalty::Forfeit, vec![package])
}

/// Does something for package 1 of the desk.
fn care(
    desk: &mut Desk,
    verb: impl FnOnce(&Package, &domain::Context) -> Result<Decision, Refusal>,
) -> Decision {
    let (package, context) = (desk.package(1).clone(), desk.context());
    let decided = verb(&package, &context);
    desk.keep(decided).unwrap()
}

/// What recording the end of package 1 decides; none if there is nothing to record.
fn ended(desk: &mut Desk) -> Option<Decision> {
    let context = desk.context();
    expire(desk.package(1), &context).unwrap()
}

/// Records the end of package 1.
fn write_off(desk: &mut Desk) {
    let decided = ended(desk).unwrap();
    desk.keep(Ok(decided)).unwrap();
}

/// (price, worth) of the pools of a package.
fn values(package: &Package) -> Vec<(u64, u64)> {
    let pools = package.pools.iter();
    pools.map(|p| (p.price_minor, p.worth_minor)).collect()
}

/// Package 1 of these contents for 1000.00 lira, sold to customer 1 now and paid in full.
pub(crate) fn paid(contents: Contents, validity: Option<Validity>, extras: Extras) -> Package {
    let draft = TemplateDraft {
        validity,
        extras,
        ..draft(contents, None)
    };
    let mut package = sold_as(draft, &context(now()));
    package.standing.paid_minor = package.standing.price_minor;
    package
}

pub(crate) fn span(count: u16) -> Span {
    let unit = SpanUnit::Days;
    Span { count, unit }
}

/// A pass for everything, for thirty days.
pub(crate) fn pass(extras: Extras) -> Package {
    let contents = Contents::Pass {
        services: Vec::new(),
        caps: Default::default(),
    };
    paid(contents, Some(Validity::FromSale(span(30))), extras)
}

pub(crate) fn transferable() -> Extras {
    Extras {
        conditions: Conditions {
            transferable: true,
            ..Conditions::default()
        },
        ..Extras::default()
    }
}
