//! How the business works.

pub(super) mod get;
pub(super) mod put;

use chrono_tz::Tz;
use domain::Name;
use domain::bookings::{DeductAt, NoShowPolicy};
use domain::settings::Settings;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// The settings of a business.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Settings)]
pub struct SettingsView {
    /// The business's name.
    #[schema(value_type = String, max_length = 120, example = "Gül Güzellik")]
    pub name: Name,
    /// IANA time zone: days begin, and packages expire, at its midnight.
    #[schema(value_type = String, example = "Europe/Istanbul")]
    pub time_zone: Tz,
    /// When units leave the wallet: held at booking, or taken at completion.
    #[schema(value_type = String, example = "booking")]
    pub deduct_at: DeductAt,
    /// What a no-show costs: `release` gives the units back, `forfeit` keeps them.
    #[schema(value_type = String, example = "forfeit")]
    pub no_show: NoShowPolicy,
}

impl From<Settings> for SettingsView {
    fn from(settings: Settings) -> Self {
        Self {
            name: settings.name,
            time_zone: settings.time_zone,
            deduct_at: settings.deduct_at,
            no_show: settings.no_show,
        }
    }
}
