//! What bookings draw: what they hold, what they used, how often a pass was used, and who may draw on
//! what.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::bookings::{Booking, BookingStatus};
use domain::calendar::day_of;
use domain::journal::{Entry, Fact, Line};
use domain::packages::{Account, Package, Stage, Unit};
use domain::{Instant, PackageId};

use super::world::{World, ZONE};

/// What bookings draw on a pool: the day of each, and how many units.
fn drawn(
    world: &World,
    pool: (PackageId, usize),
    chosen: impl Fn(&Booking) -> bool,
) -> Vec<(NaiveDate, i128)> {
    let bookings = world.bookings.values().filter(|booking| chosen(booking));
    let draws = bookings.flat_map(|booking| {
        let day = day_of(booking.terms.starts_at, ZONE);
        let lines = booking.terms.services.iter();
        let draws = lines.filter_map(|line| line.paid_by);
        let draws = draws.filter(|draw| (draw.package, draw.pool) == pool);
        draws.map(move |draw| (day, i128::from(draw.units)))
    });
    draws.collect()
}

fn sum(draws: &[(NaiveDate, i128)]) -> i128 {
    draws.iter().map(|(_, units)| units).sum()
}

/// Each pool holds what the open bookings say, has given what the completed ones say and what was used
/// of it before it came here, and has lost what the others say at least. A booking that is over holds
/// nothing.
pub(super) fn what_bookings_draw_is_what_packages_gave(world: &World) {
    for package in world.packages.values() {
        for (index, pool) in package.pools.iter().enumerate() {
            let at = (package.id, index);
            let of = |status| sum(&drawn(world, at, |booking| booking.status == status));
            let balance = pool.balance;
            let held = of(BookingStatus::Booked);
            assert_eq!(held, i128::from(balance.held), "{package:?}");
            let used = of(BookingStatus::Completed) + world.ledger.used_before(at);
            assert_eq!(used, i128::from(balance.captured), "{package:?}");
            let lost = of(BookingStatus::Cancelled) + of(BookingStatus::NoShow);
            assert!(lost <= i128::from(balance.forfeited), "{package:?}");
        }
    }
    for (booking, held) in world.ledger.holding() {
        let open = world.bookings[booking].status == BookingStatus::Booked;
        assert!(open || held == 0, "{booking} is over and holds {held}");
    }
}

/// No pass is drawn more often than its caps say, nor, given to somebody else, than they did.
pub(super) fn no_pass_is_used_more_often_than_its_caps(world: &World) {
    for package in world.packages.values() {
        let pools = package.pools.iter().enumerate();
        for (index, pool) in pools.filter(|(_, pool)| pool.unit == Unit::Unlimited) {
            let draws = drawn(world, (package.id, index), |_| true);
            let mut days = BTreeMap::<NaiveDate, i128>::new();
            let mut weeks = BTreeMap::<_, i128>::new();
            for (day, units) in &draws {
                *days.entry(*day).or_default() += units;
                *weeks.entry(day.iso_week()).or_default() += units;
            }
            days.retain(|_, units| *units > 0);
            if let Some(counted) = &pool.days {
                let counted = counted.iter().filter(|(_, count)| **count > 0);
                let counted = counted.map(|(day, count)| (*day, i128::from(*count)));
                assert_eq!(counted.collect::<BTreeMap<_, _>>(), days);
            }
            let Some(caps) = pool.caps else { continue };
            let within = |cap: Option<u32>, count: i128| cap.is_none_or(|cap| count <= cap.into());
            assert!(days.values().all(|count| within(caps.per_day, *count)));
            assert!(weeks.values().all(|count| within(caps.per_week, *count)));
            let (first, all) = all_draws(world, package, index);
            let cap = first.pools[index].caps.and_then(|caps| caps.per_period);
            assert!(within(cap, all), "{all} draws: {package:?}");
        }
    }
}

/// Whose the pass was first, and how often it has been drawn since, by anyone.
fn all_draws<'w>(world: &'w World, package: &'w Package, index: usize) -> (&'w Package, i128) {
    let at = (package.id, index);
    let own = sum(&drawn(world, at, |_| true)) + world.ledger.used_before(at);
    match package.origin {
        Some(origin) => {
            let (first, before) = all_draws(world, &world.packages[&origin], index);
            (first, before + own)
        }
        None => (package, own),
    }
}

/// Whoever draws may, from what is active and neither rests nor has ended then; and where only what is
/// paid can be redeemed, no more than that is used, lost or held after it.
pub(super) fn draws_are_rightful(
    world: &World,
    before: &BTreeMap<PackageId, Package>,
    entry: &Entry,
) {
    let Some(booking) = entry.fact.booking() else {
        return;
    };
    // What was drawn once is taken back as it was.
    if matches!(entry.fact, Fact::Reversed { .. }) {
        return;
    }
    let booking = &world.bookings[booking];
    let starts_at = booking.terms.starts_at;
    for line in entry.lines.iter().filter(|line| is_draw(before, line)) {
        let (package, after) = (&before[&line.package], &world.packages[&line.package]);
        let standing = &package.standing;
        let member = standing.members.contains(&booking.customer);
        assert!(package.customer == booking.customer || member, "{entry:?}");
        assert_eq!(standing.stage, Stage::Active, "{entry:?}");
        assert!(!rests(package, starts_at), "{entry:?} {package:?}");
        let end = after.standing.ends_at;
        assert!(end.is_none_or(|end| starts_at < end), "{entry:?} {after:?}");
        if package.terms.conditions.redeem_up_to_paid || standing.blocked {
            let pools = after.pools.iter().enumerate();
            let drawn = pools.map(|(index, pool)| {
                let at = (after.id, index);
                match pool.unit {
                    Unit::Visit | Unit::Money(_) => world.ledger.gone(at) + world.ledger.held(at),
                    // Of a pass it is the time until the appointment that has to be paid.
                    Unit::Unlimited if starts_at >= entry.at => world.ledger.gone(at),
                    Unit::Unlimited => 0,
                }
            });
            let spoken_for = drawn.sum::<i128>();
            let paid = world.ledger.paid(after.id);
            assert!(spoken_for <= paid, "{spoken_for} of {paid}: {entry:?}");
        }
    }
}

fn is_draw(before: &BTreeMap<PackageId, Package>, line: &Line) -> bool {
    let unlimited = before[&line.package].pools[line.pool].unit == Unit::Unlimited;
    let free = match unlimited {
        true => None,
        false => Some(Account::Available),
    };
    let taken = [Account::Held, Account::Captured, Account::Forfeited].map(Some);
    line.from == free && taken.contains(&line.to)
}

fn rests(package: &Package, at: Instant) -> bool {
    let rest = package.standing.frozen;
    rest.is_some_and(|rest| rest.since <= at && rest.until.is_none_or(|until| at < until))
}
