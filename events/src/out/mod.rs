//! What this system tells.

mod bookings;
mod customers;
mod due;
mod figures;
mod opportunities;
mod packages;
mod payments;
mod pipeline;
mod quotes;
mod told;

use crate::{Direction, Listed};

pub use bookings::*;
pub use customers::*;
pub use due::*;
pub use figures::*;
pub use opportunities::*;
pub use packages::*;
pub use payments::*;
pub use pipeline::*;
pub use quotes::*;
pub use told::{Actor, Role, Sequence, Told};

macro_rules! catalogue {
    ($($name:ident),* $(,)?) => {
        /// Every event that is published.
        pub const ALL: &[Listed] = &[$(Listed::of::<$name>(Direction::Out)),*];
    };
}

catalogue!(
    PackageOffered,
    PackageOfferDeclined,
    PackageSold,
    PackageImported,
    PackageActivated,
    PackageAdjusted,
    PackageToppedUp,
    PackageFrozen,
    PackageUnfrozen,
    PackageExtended,
    PackageTransferred,
    PackageReceived,
    PackageMembersChanged,
    PackageVoided,
    PackageRefunded,
    PackageExpired,
    PackageLow,
    PackageExhausted,
    PaymentRecorded,
    PaymentReturned,
    InstalmentsCollected,
    DebitRejected,
    SessionsHeld,
    SessionsCaptured,
    SessionsReleased,
    SessionsForfeited,
    AppointmentUnpaid,
    CustomerCreated,
    CustomerClaimed,
    CustomerErased,
    OpportunityOpened,
    OpportunityEdited,
    OpportunityStageChanged,
    OpportunityAssigned,
    OpportunitySuspended,
    OpportunityResumed,
    OpportunityWon,
    OpportunityLost,
    OpportunityAbandoned,
    OpportunityReopened,
    QuoteSent,
    QuoteAccepted,
    QuoteRejected,
    QuoteWithdrawn,
    PackageExpiring,
    PackageOfferLapsed,
    InstalmentDue,
    InstalmentOverdue,
    QuoteLapsed,
    CloseDateNear,
    ReminderDue,
);
