//! What changes in a package beside its units, as its journal shows it.

use chrono::{DateTime, Utc};
use domain::journal::StandingChange;
use domain::{CustomerId, PackageId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::package_sales::FrozenView;

/// A package after an entry that changed more than its units.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[schema(as = JournalStanding)]
pub struct StandingView {
    /// The package.
    #[schema(value_type = String)]
    pub package_id: PackageId,
    /// `offered`, `declined`, `pending`, `active`, `voided`, `refunded` or `transferred`: a pass that was
    /// given away whole.
    pub stage: String,
    /// An offer can be accepted strictly before; null at any time.
    pub offered_until: Option<DateTime<Utc>>,
    /// Usable strictly before; null never expires, or has not begun.
    pub expires_at: Option<DateTime<Utc>>,
    /// The same with the days of grace.
    pub usable_until: Option<DateTime<Utc>>,
    /// Rests from then on, and until then if that is known; null where it does not.
    pub frozen: Option<FrozenView>,
    /// Others who may redeem from it.
    #[schema(value_type = Vec<String>)]
    pub members: Vec<CustomerId>,
    /// What has to be paid for it, in minor units of its price's currency.
    pub price_minor: u64,
    /// What has been paid, less what came back, was paid back or went on with units.
    pub paid_minor: u64,
    /// A payment came back: it pays only as far as it is paid.
    pub blocked: bool,
    /// The package's version after the entry.
    pub version: u64,
}

impl StandingView {
    pub(super) fn of(change: &StandingChange) -> Self {
        let standing = &change.standing;
        Self {
            package_id: change.package,
            stage: standing.stage.name().to_owned(),
            offered_until: standing.offered_until,
            expires_at: standing.expires_at,
            usable_until: standing.ends_at,
            frozen: standing.frozen.map(Into::into),
            members: standing.members.clone(),
            price_minor: standing.price_minor,
            paid_minor: standing.paid_minor,
            blocked: standing.blocked,
            version: change.version,
        }
    }
}
