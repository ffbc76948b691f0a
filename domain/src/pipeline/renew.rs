//! Opening the opportunity to sell a package again, before it is used up.

use std::collections::BTreeSet;

use chrono::{Days, NaiveDate, TimeDelta};
use chrono_tz::Tz;

use super::{
    Earned, Goods, Item, LineDraft, Opening, OpportunityDraft, Origin, PipelineRefusal, open,
};
use crate::calendar::day_of;
use crate::packages::{Package, Pool, Status, Unit};
use crate::{ActorId, Context, Decision, Fingerprint, Instant, OpportunityId, Refusal};

/// How many visits say at which rate a package is used.
const TELLING_VISITS: u64 = 2;
/// After how many days any use says so. That of credit never says so earlier: one visit takes many of
/// its units.
const TELLING_DAYS: u64 = 7;
/// How far ahead a package without an end may be used up: later there is nothing to do yet.
const AHEAD_DAYS: u64 = 365;

/// Opens the opportunity `id` to sell `package` again, if it will be used up before it ends: with the
/// same template where that is still for sale, else with what the package cost as an estimate. It is
/// expected to be decided on the day on which the package will be used up, and what is sold then would
/// begin. `salt` is random.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], those of [`renewable_on`], then those of [`open`].
pub fn renew(
    opening: &Opening,
    package: &Package,
    (id, salt): (OpportunityId, Fingerprint),
    representative: Option<ActorId>,
    context: &Context,
) -> Result<Decision, Refusal> {
    let zone = opening.rules.zone()?;
    let day = renewable_on(package, context.now, zone)?;
    let draft = OpportunityDraft {
        title: package.terms.name.clone(),
        description: None,
        scheme: None,
        stage: None,
        estimate: package.terms.price,
        earned: Earned::default(),
        lines: same_again(package, &opening.goods),
        starts_on: Some(day),
        expected_close_on: Some(day),
        forecast: None,
        representative,
        tags: BTreeSet::new(),
        recurs: None,
    };
    let origin = Origin::RenewalOf(package.id);
    open(opening, draft, (id, salt), Some(origin), context)
}

/// The day on which a package will be used up that will be before it ends.
///
/// # Errors
/// In this order: those of [`used_up_on`], [`PipelineRefusal::RenewalNotNeeded`].
pub(crate) fn renewable_on(
    package: &Package,
    now: Instant,
    zone: Tz,
) -> Result<NaiveDate, Refusal> {
    let day = used_up_on(package, now, zone)?;
    match day > last_day(package, now, zone) {
        true => Err(PipelineRefusal::RenewalNotNeeded.into()),
        false => Ok(day),
    }
}

/// The template that the package was made from, if it is still for sale.
fn same_again(package: &Package, goods: &Goods) -> Vec<LineDraft> {
    let template = goods
        .templates
        .iter()
        .find(|template| Some(template.id) == package.template && !template.archived);
    let line = template.map(|template| LineDraft {
        item: Item::TemplateId(template.id),
        quantity: 1,
        unit_price: None,
        discount: None,
    });
    line.into_iter().collect()
}

/// The day on which a package will be used up: of its pools, the first that will be, as from then on
/// something that was bought is missing. Each is taken to be used at the rate at which it was used so
/// far; one of which too little was used to say so is left out.
///
/// # Errors
/// In this order: [`PipelineRefusal::RenewalUncounted`] for a package that is not active or has no pool
/// of visits or credit, [`PipelineRefusal::RenewalNoUse`] where no pool has two visits captured, or
/// anything in seven days or more.
pub fn used_up_on(package: &Package, now: Instant, zone: Tz) -> Result<NaiveDate, Refusal> {
    let active = package.status(now) == Status::Active;
    let counted: Vec<&Pool> = package.pools.iter().filter(|pool| counts(pool)).collect();
    if !active || counted.is_empty() {
        return Err(PipelineRefusal::RenewalUncounted.into());
    }
    let today = day_of(now, zone);
    let since = day_of(package.used_since(), zone);
    let days = u64::try_from((today - since).num_days() + 1).unwrap_or(1);
    let days = days.max(1);
    let telling = counted.into_iter().filter(|pool| {
        let visits = pool.unit == Unit::Visit && pool.balance.captured >= TELLING_VISITS;
        visits || days >= TELLING_DAYS
    });
    let used_up = telling
        .filter_map(|pool| predicted_day(pool.balance.captured, days, pool.balance.owed(), today));
    Ok(used_up.min().ok_or(PipelineRefusal::RenewalNoUse)?)
}

/// Whether a pool has a number of units that can be used up.
fn counts(pool: &Pool) -> bool {
    match pool.unit {
        Unit::Visit | Unit::Money(_) => true,
        Unit::Unlimited => false,
    }
}

/// The day on which `left` units are used up, when `used` were in `days` days: so many days after
/// `today`, rounded up. None where none were used. What the calendar does not reach is its last day.
pub fn predicted_day(used: u64, days: u64, left: u64, today: NaiveDate) -> Option<NaiveDate> {
    let lasting = (u128::from(left) * u128::from(days)).checked_div(u128::from(used))?;
    let rest = (u128::from(left) * u128::from(days)) % u128::from(used);
    let lasting = u64::try_from(lasting + u128::from(rest > 0)).unwrap_or(u64::MAX);
    let day = today.checked_add_days(Days::new(lasting));
    Some(day.unwrap_or(NaiveDate::MAX))
}

/// The last day on which being used up is worth an opportunity: the package's last, or a year from today
/// where it never ends.
fn last_day(package: &Package, now: Instant, zone: Tz) -> NaiveDate {
    match package.standing.ends_at {
        // The end is exclusive.
        Some(end) => day_of(end - TimeDelta::milliseconds(1), zone),
        None => {
            let ahead = day_of(now, zone).checked_add_days(Days::new(AHEAD_DAYS));
            ahead.unwrap_or(NaiveDate::MAX)
        }
    }
}
