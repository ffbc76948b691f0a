//! What falls due by the calendar alone: of a record, what and when; and what is then to be done.
//!
//! A record's agenda is a function of the record and the business's settings. It decides nothing: at its
//! time, what is due is decided on the record as it is then.

mod activity;
mod decide;
mod notice;
mod opportunity;
mod package;
mod renewal;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{ActivityId, CustomerId, Instant, OpportunityId, PackageId, QuoteId};

pub use activity::activity_agenda;
pub use decide::{Fallen, activity_due, opportunity_due, package_due};
pub use notice::{Notice, Noticed};
pub use opportunity::{CLOSE_NEAR_DAYS, opportunity_agenda};
pub use package::package_agenda;
pub use renewal::renewal_due;

/// Something on a record's agenda.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Due {
    /// From when on.
    #[serde(with = "chrono::serde::ts_milliseconds")]
    pub at: Instant,
    /// What.
    pub what: What,
}

/// What falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// A package ends: what is left of it is written off, or its end is told.
    Expiry,
    /// A package will end in so many days.
    Expiring(u16),
    /// The n-th monthly instalment is due.
    Instalment(u8),
    /// The n-th monthly instalment, or with 0 the deposit, should have been paid.
    Overdue(u8),
    /// An offer can be accepted no longer.
    OfferLapse,
    /// What was bought online is not paid: the sale is undone.
    PurchaseLapse,
    /// A quote can be accepted no longer.
    QuoteLapse(QuoteId),
    /// The day on which an opportunity is to be decided comes near.
    CloseDate,
    /// An opportunity is to be opened to sell a package again.
    Renewal,
    /// Somebody is to be reminded of an activity.
    Reminder,
    /// An opportunity is to be resumed.
    Resumption,
}

/// When something falls due as its record says it, whatever zone the business is in: so it is told once,
/// also where the zone moves the instant at which it does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Since {
    /// A day of the business.
    Day(NaiveDate),
    /// An instant.
    Moment(Instant),
}

/// Whose agenda it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DueOf {
    /// A package.
    Package {
        /// Who holds it.
        customer: CustomerId,
        /// Which.
        id: PackageId,
    },
    /// An opportunity, with its quotes.
    Opportunity(OpportunityId),
    /// An activity.
    Activity {
        /// What it is about.
        opportunity: OpportunityId,
        /// Which.
        id: ActivityId,
    },
}

impl What {
    /// What it is called where it is stored: each differently.
    pub fn name(self) -> String {
        match self {
            What::Expiry => "expiry".to_owned(),
            What::Expiring(days) => format!("expiring-{days}"),
            What::Instalment(number) => format!("instalment-{number}"),
            What::Overdue(number) => format!("overdue-{number}"),
            What::OfferLapse => "offer-lapse".to_owned(),
            What::PurchaseLapse => "purchase-lapse".to_owned(),
            What::QuoteLapse(quote) => format!("quote-lapse-{quote}"),
            What::CloseDate => "close-date".to_owned(),
            What::Renewal => "renewal".to_owned(),
            What::Reminder => "reminder".to_owned(),
            What::Resumption => "resumption".to_owned(),
        }
    }
}

impl std::fmt::Display for DueOf {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            DueOf::Package { id, .. } => id.fmt(f),
            DueOf::Opportunity(id) => id.fmt(f),
            DueOf::Activity { id, .. } => id.fmt(f),
        }
    }
}
