//! What clients are told, as far as the model says what it must be.

use serde_json::Value;

use super::moment::hour;

/// What stands for the status of an event that was taken.
pub(super) const TAKEN: u16 = 202;
/// What stands for that of one that was not.
pub(super) const REJECTED: u16 = 422;

/// Units of one pool of one package, the packages counted in the order in which they were sold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Draw {
    pub(super) package: usize,
    pub(super) pool: usize,
    pub(super) units: u64,
}

/// How a booking stands, and what pays for each of its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Shown {
    pub(super) status: &'static str,
    /// The hour, counted from when the history begins.
    pub(super) starts_at: i64,
    pub(super) paid_by: Vec<Option<Draw>>,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Told {
    /// Done, or done before.
    Booking(u16, Shown),
    /// The same, of a package.
    Package(u16),
    /// So much would be paid back.
    Quote(u64),
    /// An event was taken.
    Taken,
    /// Refused, with this status and code.
    Refused(u16, String),
}

impl Told {
    pub(super) fn refused(status: u16, code: &str) -> Self {
        Told::Refused(status, code.to_owned())
    }

    /// What came, where the packages have these ids.
    pub(super) fn read(status: u16, body: &Value, packages: &[String]) -> Self {
        if !(200..300).contains(&status) {
            return Told::refused(status, body["code"].as_str().unwrap_or_default());
        }
        if status == TAKEN {
            return Told::Taken;
        }
        if body["policy"].is_string() {
            return Told::Quote(body["amount"]["amount_minor"].as_u64().unwrap_or(u64::MAX));
        }
        let Some(services) = body["services"]
            .as_array()
            .filter(|_| body["booking_id"].is_string())
        else {
            return Told::Package(status);
        };
        let names = ["booked", "completed", "cancelled", "no-show"];
        let named = |name: &&&'static str| body["status"] == ***name;
        let paid_by = services.iter().map(|line| {
            let draw = &line["paid_by"];
            let package = draw["package_id"].as_str()?;
            Some(Draw {
                package: packages
                    .iter()
                    .position(|id| id == package)
                    .unwrap_or(usize::MAX),
                pool: usize::try_from(draw["pool"].as_u64()?).ok()?,
                units: draw["units"].as_u64()?,
            })
        });
        let shown = Shown {
            status: names.iter().find(named).copied().unwrap_or("unknown"),
            starts_at: hour(&body["starts_at"]),
            paid_by: paid_by.collect(),
        };
        Told::Booking(status, shown)
    }
}
