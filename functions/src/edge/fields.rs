//! Fields that many bodies share.

use chrono::{DateTime, TimeZone, Utc};
use domain::{Instant, Object, ServiceId};
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

/// The schema of what amounts come to: it is shown, never taken, and may be above the most of one amount.
#[derive(Debug, ToSchema)]
#[schema(as = Sum)]
pub struct SumField {
    /// Whole minor units: kuruş, bani, cents.
    #[schema(minimum = 0, example = 150_000)]
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
        let text = String::deserialize(deserializer)?;
        // Far years have no place in a calendar. A leap second is the second after it.
        let years = -62_135_596_800_000..253_402_300_800_000;
        DateTime::parse_from_rfc3339(&text)
            .ok()
            .map(|at| at.timestamp_millis())
            .filter(|millis| years.contains(millis))
            .and_then(|millis| Utc.timestamp_millis_opt(millis).single())
            .map(Self)
            .ok_or_else(|| {
                serde::de::Error::custom(
                    "a time is RFC 3339 with its zone, such as 2026-11-30T10:00:00Z",
                )
            })
    }
}

/// Reads a field whose value must be an object, or null.
///
/// # Errors
/// When it is not, or not the right one.
pub fn object_or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    let value: Option<Object<T>> = Option::deserialize(deserializer)?;
    Ok(value.map(|Object(value)| value))
}

/// Reads a field whose value must be a list of objects, or null.
///
/// # Errors
/// When it is not, or not of the right ones.
pub fn objects_or_null<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Vec<T>>, D::Error> {
    let values: Option<Vec<Object<T>>> = Option::deserialize(deserializer)?;
    Ok(values.map(|values| values.into_iter().map(|Object(value)| value).collect()))
}

/// Reads a field whose value must be a list of objects.
///
/// # Errors
/// When it is not, or not of the right ones.
pub fn objects<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Vec<T>, D::Error> {
    let values: Vec<Object<T>> = Vec::deserialize(deserializer)?;
    Ok(values.into_iter().map(|Object(value)| value).collect())
}

/// Tells a null from a field that was left out.
///
/// # Errors
/// When the value is not what the field takes.
pub fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<Option<T>>, D::Error> {
    Option::<T>::deserialize(deserializer).map(Some)
}

/// A service that is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ServiceRef {
    /// The service.
    #[schema(value_type = String, example = "svc_01JD2Y3Z4A5B6C7D8E9F0G1H2J")]
    pub service_id: ServiceId,
}
