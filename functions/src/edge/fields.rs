//! Fields that many bodies share.

use chrono::{DateTime, SubsecRound, Utc};
use domain::{Instant, ServiceId};
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

/// The schema of an amount of money.
#[derive(Debug, ToSchema)]
#[schema(as = Money)]
pub struct MoneyField {
    /// Whole minor units: kuruş, bani, cents.
    #[schema(minimum = 0, maximum = 999_999_999_999_u64, example = 150_000)]
    pub amount_minor: u64,
    /// ISO 4217.
    #[schema(example = "TRY")]
    pub currency: String,
}

/// An instant as it was sent, to the millisecond.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Timestamp(pub Instant);

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let at = DateTime::<Utc>::deserialize(deserializer)?;
        // Far years have no place in a calendar and overflow what is stored.
        let range = -62_135_596_800..253_402_300_800;
        if !range.contains(&at.timestamp()) {
            return Err(serde::de::Error::custom(
                "the year must be between 1 and 9999",
            ));
        }
        Ok(Self(at.trunc_subsecs(3)))
    }
}

/// A service that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRef {
    /// The service.
    #[schema(value_type = String, example = "svc_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    pub service_id: ServiceId,
}
