//! How the business works.

pub(super) mod get;
pub(super) mod put;

use std::collections::BTreeSet;

use chrono_tz::Tz;
use domain::bookings::DeductAt;
use domain::settings::{EXPIRING_DAYS, Policies, RETURN_GRACE_DAYS, Renewals, Settings};
use domain::{ActorId, Name};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::edge::{PenaltyField, object_or_null};

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
    /// What a no-show costs.
    pub no_show: PenaltyField,
    /// What a late cancellation costs; `release` if left out.
    #[serde(default)]
    pub late_cancel: PenaltyField,
    /// How many hours before the appointment a cancellation begins to be late; 0 if left out: when the
    /// appointment starts.
    #[serde(default)]
    #[schema(maximum = 720, example = 24)]
    pub cancel_window_hours: u16,
    /// For how many days a unit can be used that returns to a package which has ended meanwhile; 14 if
    /// left out, and with 0 it is forfeited.
    #[serde(default = "return_grace_days")]
    #[schema(maximum = 366, example = 14)]
    pub return_grace_days: u16,
    /// Whether a booking that does not say what should pay is paid by whichever packages can, as far
    /// as they can; no if left out.
    #[serde(default)]
    pub auto_apply: bool,
    /// The systems whose events about this business are believed, by the `source` of the events: at most
    /// 10; all that the deployment takes, if none is named.
    #[serde(default)]
    #[schema(value_type = Vec<String>, example = json!(["appointments.example"]))]
    pub event_sources: BTreeSet<ActorId>,
    /// How many days before its end it is told of a package that it will expire: at most 5 different
    /// numbers between 1 and 366; 7 if left out, never where empty.
    #[serde(default = "expiring_days")]
    #[schema(example = json!([14, 7]))]
    pub expiring_days: Vec<u16>,
    /// Has an opportunity opened to sell a package again before it is used up, as `POST
    /// /v1/packages/{id}/renewal` does, once per package; none is opened if left out.
    #[serde(
        default,
        deserialize_with = "object_or_null",
        skip_serializing_if = "Option::is_none"
    )]
    pub renewals: Option<RenewalsField>,
}

/// Who sells packages again, and how early.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(as = Renewals)]
pub struct RenewalsField {
    /// Who answers for these opportunities: the subject of their token.
    #[schema(value_type = String, max_length = 128)]
    pub representative_id: ActorId,
    /// How many days before the day on which the package will be used up at its rate so far: from the
    /// beginning of that day on, within minutes.
    #[schema(maximum = 366, example = 14)]
    pub lead_days: u16,
}

fn expiring_days() -> Vec<u16> {
    EXPIRING_DAYS.to_vec()
}

fn return_grace_days() -> u16 {
    RETURN_GRACE_DAYS
}

impl From<Settings> for SettingsView {
    fn from(settings: Settings) -> Self {
        let policies = settings.policies;
        Self {
            name: settings.name,
            time_zone: policies.time_zone,
            deduct_at: policies.deduct_at,
            no_show: policies.no_show.into(),
            late_cancel: policies.late_cancel.into(),
            cancel_window_hours: policies.cancel_window_hours,
            return_grace_days: policies.return_grace_days,
            auto_apply: settings.auto_apply,
            event_sources: settings.event_sources,
            expiring_days: settings.expiring_days,
            renewals: settings.renewals.map(|renewals| RenewalsField {
                representative_id: renewals.representative,
                lead_days: renewals.lead_days,
            }),
        }
    }
}

impl From<SettingsView> for Settings {
    /// As they would be put; the version is the verb's to say.
    fn from(view: SettingsView) -> Self {
        Self {
            name: view.name,
            auto_apply: view.auto_apply,
            event_sources: view.event_sources,
            expiring_days: view.expiring_days,
            renewals: view.renewals.map(|renewals| Renewals {
                representative: renewals.representative_id,
                lead_days: renewals.lead_days,
            }),
            policies: Policies {
                time_zone: view.time_zone,
                deduct_at: view.deduct_at,
                no_show: view.no_show.into(),
                late_cancel: view.late_cancel.into(),
                cancel_window_hours: view.cancel_window_hours,
                return_grace_days: view.return_grace_days,
            },
            version: 0,
        }
    }
}
