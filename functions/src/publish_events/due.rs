//! What fell due by the calendar, as events.

use domain::due::{Notice, Noticed};
use events::out::{
    CloseDateNear, InstalmentDue, InstalmentOverdue, PackageChange, PackageExpired,
    PackageExpiring, PackageOfferLapsed, QuoteLapsed, ReminderDue, Sequence,
};
use events::{Contract, Version};
use infra::Fault;

use super::figures::money;
use super::told::{Tellings, time};

/// What fell due. It changed nothing: it stands where the last change before does.
pub(super) fn noticed(tellings: &mut Tellings<'_>, notice: &Notice) -> Result<(), Fault> {
    match &notice.what {
        Noticed::PackageExpiring {
            package,
            days,
            expires_at,
        } => tell(tellings, notice, package, |told| PackageExpiring {
            version: Version,
            told,
            package_id: package.to_string(),
            days: *days,
            expires_at: time(*expires_at),
        }),
        Noticed::PackageEnded { package } => {
            tell(tellings, notice, package, |told| PackageExpired {
                version: Version,
                told,
                package: PackageChange {
                    package_id: package.to_string(),
                    movements: Vec::new(),
                    pools: Vec::new(),
                    standing: None,
                },
            })
        }
        Noticed::OfferLapsed { package } => {
            tell(tellings, notice, package, |told| PackageOfferLapsed {
                version: Version,
                told,
                package_id: package.to_string(),
            })
        }
        Noticed::InstalmentDue {
            package,
            instalment,
            due_on,
            outstanding,
        } => tell(tellings, notice, package, |told| InstalmentDue {
            version: Version,
            told,
            package_id: package.to_string(),
            instalment: *instalment,
            due_on: due_on.to_string(),
            outstanding: money(*outstanding),
        }),
        Noticed::InstalmentOverdue {
            package,
            instalment,
            due_on,
            outstanding,
        } => tell(tellings, notice, package, |told| InstalmentOverdue {
            version: Version,
            told,
            package_id: package.to_string(),
            instalment: *instalment,
            due_on: due_on.to_string(),
            outstanding: money(*outstanding),
        }),
        Noticed::QuoteLapsed { opportunity, quote } => {
            tell(tellings, notice, opportunity, |told| QuoteLapsed {
                version: Version,
                told,
                opportunity_id: opportunity.to_string(),
                quote_id: quote.to_string(),
            })
        }
        Noticed::CloseDateNear {
            opportunity,
            expected_close_on,
        } => tell(tellings, notice, opportunity, |told| CloseDateNear {
            version: Version,
            told,
            opportunity_id: opportunity.to_string(),
            expected_close_on: expected_close_on.to_string(),
        }),
        Noticed::ReminderDue {
            opportunity,
            activity,
            assignee,
        } => tell(tellings, notice, opportunity, |told| ReminderDue {
            version: Version,
            told,
            opportunity_id: opportunity.to_string(),
            activity_id: activity.to_string(),
            assignee_id: assignee.to_string(),
        }),
    }
}

/// Tells it of a package or an opportunity.
fn tell<C: Contract>(
    tellings: &mut Tellings<'_>,
    notice: &Notice,
    of: &impl ToString,
    event: impl FnOnce(events::out::Told) -> C,
) -> Result<(), Fault> {
    let sequence = Sequence {
        of: of.to_string(),
        number: notice.version,
    };
    let customer = Some(notice.customer.to_string());
    tellings.tell(customer, Some(sequence), event)
}
