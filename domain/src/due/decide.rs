//! What is done when something falls due. A record that has changed since it came onto the agenda is
//! decided on as it is: what is not on its agenda any more is not done.

use super::notice::told;
use super::{
    Due, DueOf, Notice, Noticed, Since, What, activity_agenda, opportunity_agenda, package_agenda,
};
use crate::packages::{Instalment, Package, Part, expire, lapse_unpaid, schedule};
use crate::pipeline::{Activity, Opportunity, Rules, resume};
use crate::settings::Settings;
use crate::{Context, Decision, Instant, Refusal};

/// What came of something that was on an agenda.
#[expect(clippy::large_enum_variant, reason = "there is one at a time")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fallen {
    /// This is to be recorded.
    Decided(Decision),
    /// It was its time, and nothing is to be done.
    Nothing,
    /// It is not on the agenda any more, or not at this time.
    Stale,
}

impl Fallen {
    fn of(decision: Option<Decision>) -> Self {
        decision.map_or(Fallen::Nothing, Fallen::Decided)
    }
}

/// Does what is due of a package: expires it, undoes an unpaid purchase, or tells what has to be told.
///
/// # Errors
/// Those of [`expire`] and [`lapse_unpaid`].
pub fn package_due(
    package: &Package,
    settings: &Settings,
    due: &Due,
    context: &Context,
) -> Result<Fallen, Refusal> {
    if !is_due(&package_agenda(package, settings), due, context.now) {
        return Ok(Fallen::Stale);
    }
    let id = package.id;
    // Which instalment it is says the rest: the day of one may be another in another zone.
    let agreed = Since::Moment(package.agreed_at());
    let what = match due.what {
        What::Expiry => match expire(package, context)? {
            Some(decision) => return Ok(Fallen::Decided(decision)),
            None => package.standing.ends_at.map(|ends_at| {
                let ended = Noticed::PackageEnded { package: id };
                (Since::Moment(ends_at), ended)
            }),
        },
        What::PurchaseLapse => return lapse_unpaid(package, context).map(Fallen::of),
        What::Expiring(days) => {
            let expires_at = package.standing.expires_at;
            // After a long outage it is over already, which is told as such.
            let ahead = expires_at.filter(|end| *end > context.now);
            ahead.map(|expires_at| {
                let expiring = Noticed::PackageExpiring {
                    package: id,
                    days,
                    expires_at,
                };
                (Since::Moment(expires_at), expiring)
            })
        }
        What::OfferLapse => {
            let lapsed = Noticed::OfferLapsed { package: id };
            Some((Since::Moment(due.at), lapsed))
        }
        What::Instalment(number) => part(package, settings, number).and_then(|part| {
            let due_on = part.due_on?;
            let noticed = Noticed::InstalmentDue {
                package: id,
                instalment: number,
                due_on,
                outstanding: part.outstanding(),
            };
            Some((agreed, noticed))
        }),
        What::Overdue(number) => part(package, settings, number).and_then(|part| {
            let due_on = part.due_on?;
            let noticed = Noticed::InstalmentOverdue {
                package: id,
                instalment: number,
                due_on,
                outstanding: part.outstanding(),
            };
            Some((agreed, noticed))
        }),
        // Its own verb does it, as it looks at more.
        What::Renewal => None,
        What::QuoteLapse(_) | What::CloseDate | What::Reminder | What::Resumption => None,
    };
    let (customer, version) = (package.customer, package.version);
    let notice = |what| Notice {
        customer,
        version,
        what,
    };
    let of = DueOf::Package { customer, id };
    let about = (Some(customer), package.last_change());
    Ok(Fallen::of(what.map(|(since, what)| {
        told((of, due.what, since), notice(what), about, context)
    })))
}

/// Does what is due of an opportunity: resumes it, or tells what has to be told.
///
/// # Errors
/// In this order: [`Refusal::SettingsMissing`], those of [`resume`].
pub fn opportunity_due(
    opportunity: &Opportunity,
    rules: &Rules,
    due: &Due,
    context: &Context,
) -> Result<Fallen, Refusal> {
    let agenda = opportunity_agenda(opportunity, rules.zone()?);
    if !is_due(&agenda, due, context.now) {
        return Ok(Fallen::Stale);
    }
    let (id, version) = (opportunity.id, opportunity.version);
    let what = match due.what {
        What::Resumption => {
            return resume(opportunity, version, rules, context).map(Fallen::Decided);
        }
        What::QuoteLapse(quote) => {
            let lapsed = Noticed::QuoteLapsed {
                opportunity: id,
                quote,
            };
            let of = opportunity.quotes.iter().find(|one| one.id == quote);
            let valid_until = of.and_then(|quote| quote.valid_until);
            valid_until.map(|until| (Since::Day(until), lapsed))
        }
        What::CloseDate => {
            let expected_close_on = opportunity.position.expected_close_on;
            // What is over is not near.
            let near = expected_close_on >= rules.today(context.now)?;
            let noticed = Noticed::CloseDateNear {
                opportunity: id,
                expected_close_on,
            };
            near.then_some((Since::Day(expected_close_on), noticed))
        }
        What::Expiry
        | What::Expiring(_)
        | What::Instalment(_)
        | What::Overdue(_)
        | What::OfferLapse
        | What::PurchaseLapse
        | What::Renewal
        | What::Reminder => None,
    };
    let notice = |what| Notice {
        customer: opportunity.customer,
        version,
        what,
    };
    let of = DueOf::Opportunity(id);
    let about = (None, opportunity.changed_at);
    Ok(Fallen::of(what.map(|(since, what)| {
        told((of, due.what, since), notice(what), about, context)
    })))
}

/// Tells that somebody is to be reminded of an activity of this opportunity.
pub fn activity_due(
    activity: &Activity,
    opportunity: &Opportunity,
    due: &Due,
    context: &Context,
) -> Fallen {
    if !is_due(&activity_agenda(activity), due, context.now) {
        return Fallen::Stale;
    }
    let what = Noticed::ReminderDue {
        opportunity: opportunity.id,
        activity: activity.id,
        assignee: activity.assignee.clone(),
    };
    let notice = Notice {
        customer: opportunity.customer,
        version: opportunity.version,
        what,
    };
    let (id, opportunity_id) = (activity.id, opportunity.id);
    let of = DueOf::Activity {
        opportunity: opportunity_id,
        id,
    };
    let about = (None, opportunity.changed_at);
    let since = Since::Moment(due.at);
    Fallen::Decided(told((of, due.what, since), notice, about, context))
}

pub(super) fn is_due(agenda: &[Due], due: &Due, now: Instant) -> bool {
    due.at <= now && agenda.contains(due)
}

/// The instalment of this number; 0 is the deposit.
fn part(package: &Package, settings: &Settings, number: u8) -> Option<Instalment> {
    let wanted = match number {
        0 => Part::Deposit,
        1.. => Part::Monthly(number),
    };
    let mut parts = schedule(package, settings.time_zone()).into_iter();
    parts.find(|part| part.part == wanted)
}
