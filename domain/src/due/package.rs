//! The agenda of a package.

use chrono::{Days, NaiveDate};

use super::{Due, What};
use crate::Instant;
use crate::calendar::start_of_day;
use crate::packages::{Package, Part, Pool, Stage, Unit, days_before, schedule, write_off};
use crate::pipeline::renewable_on;
use crate::settings::Settings;

/// What falls due of a package, by the days of the business:
/// - an offer: when it lapses;
/// - bought online and nothing paid of it: when the sale is undone;
/// - something left in it, and an end: the end that counts, days of grace included;
/// - anything that can still be used, also what bookings hold, or a pass: so many days before what customers
///   are told to be the end as the business wants to know it, as far as it lasts so long;
/// - used at a rate at which it is used up before its end, as of its last change: so many days before that
///   day as the business wants to sell it again, if it does;
/// - to be paid in parts: the day of each monthly instalment that is not paid, and the day after it, and
///   the day after the deposit's, unless it was bought online. While the bank has a part of it to collect, nothing is overdue;
///   nor is it after the end of what waited for its first payment until then.
///
/// A cap of a pass that begins anew is none of these: draws are counted by the day they are for, so nothing
/// is to be done for it.
pub fn package_agenda(package: &Package, settings: &Settings) -> Vec<Due> {
    let standing = &package.standing;
    let due = |at: Option<Instant>, what: What| at.map(|at| Due { at, what });
    match standing.stage {
        Stage::Offered => due(standing.offered_until, What::OfferLapse)
            .into_iter()
            .collect(),
        Stage::Pending | Stage::Active => {
            let mut agenda = instalments(package, settings);
            // After its end nobody owes anything for what never could be used.
            let ends_at = standing
                .ends_at
                .filter(|_| standing.stage == Stage::Pending);
            agenda.retain(|due| ends_at.is_none_or(|end| due.at < end));
            let unpaid = standing.stage == Stage::Pending && standing.paid_minor == 0;
            let pay_until = standing.pay_until.filter(|_| unpaid);
            agenda.extend(due(pay_until, What::PurchaseLapse));
            agenda.extend(ends(package, settings));
            agenda.extend(renewal(package, settings));
            agenda
        }
        Stage::Declined | Stage::Voided | Stage::Refunded | Stage::Transferred => Vec::new(),
    }
}

fn ends(package: &Package, settings: &Settings) -> Vec<Due> {
    let standing = &package.standing;
    let resting = standing.frozen.is_some_and(|rest| rest.until.is_none());
    let (Some(expires_at), Some(ends_at)) = (standing.expires_at, standing.ends_at) else {
        return Vec::new();
    };
    if resting {
        return Vec::new();
    }
    let mut agenda = Vec::new();
    if !write_off(package).is_empty() || ends_untold(package) {
        let (at, what) = (ends_at, What::Expiry);
        agenda.push(Due { at, what });
    }
    if !is_usable(package) {
        return agenda;
    }
    agenda.extend(settings.expiring_days.iter().filter_map(|days| {
        let at = days_before(expires_at, *days, settings.time_zone())?;
        let what = What::Expiring(*days);
        (at > package.active_since()).then_some(Due { at, what })
    }));
    agenda
}

/// Whether anything of it can be used, or will be: a pass can until its end is recorded.
fn is_usable(package: &Package) -> bool {
    package.pools.iter().any(|pool| match pool.unit {
        Unit::Visit | Unit::Money(_) => pool.balance.owed() > 0,
        Unit::Unlimited => !pool.has_expired(),
    })
}

/// Whether it ends without anything being written off: a pass that is worth nothing (any more). One that
/// bookings hold worth of ends when they are resolved.
fn ends_untold(package: &Package) -> bool {
    let passes = package.pools.iter();
    let passes: Vec<&Pool> = passes.filter(|pool| pool.unit == Unit::Unlimited).collect();
    let worthless = passes.iter().all(|pool| pool.worth_minor == 0);
    !passes.is_empty() && worthless && !package.pools.iter().any(Pool::has_expired)
}

fn renewal(package: &Package, settings: &Settings) -> Option<Due> {
    let renewals = settings.renewals.as_ref()?;
    let zone = settings.time_zone();
    let used_up_on = renewable_on(package, package.last_change(), zone).ok()?;
    let day = used_up_on.checked_sub_days(Days::new(renewals.lead_days.into()))?;
    let (at, what) = (start_of_day(day, zone)?, What::Renewal);
    Some(Due { at, what })
}

fn instalments(package: &Package, settings: &Settings) -> Vec<Due> {
    let zone = settings.time_zone();
    let at_bank = package.standing.in_flight_minor() > 0;
    let mut agenda = Vec::new();
    let mut begins = |day: Option<NaiveDate>, what: What| {
        let at = day.and_then(|day| start_of_day(day, zone));
        agenda.extend(at.map(|at| Due { at, what }));
    };
    for part in schedule(package, zone) {
        let Some(due_on) = part
            .due_on
            .filter(|_| part.outstanding().amount_minor() > 0)
        else {
            continue;
        };
        let number = match part.part {
            // What was bought online has its own time to be paid.
            Part::Deposit if package.standing.pay_until.is_some() => continue,
            Part::Deposit => 0,
            Part::Monthly(number) => number,
            Part::Open => continue,
        };
        if number > 0 {
            begins(Some(due_on), What::Instalment(number));
        }
        if !at_bank {
            begins(due_on.succ_opt(), What::Overdue(number));
        }
    }
    agenda
}
