//! What clients are told, as far as the model says what it must be.

use serde_json::Value;

use super::moment::hour;
use super::money::REASONS;
use crate::prove::counted::{Displayed, Ids};
use crate::prove::pipeline::opportunity::ShownOpportunity;
use crate::prove::pipeline::sales_quote::ShownQuote;

/// What stands for the status of an event that was taken.
pub(crate) const TAKEN: u16 = 202;
/// What stands for that of one that was not.
pub(crate) const REJECTED: u16 = 422;

/// Units of one pool of one package, the packages counted in the order in which they were sold.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Draw {
    pub(crate) package: usize,
    pub(crate) pool: usize,
    pub(crate) units: u64,
    /// The day of the appointment, which no answer says of it.
    pub(crate) day: i64,
}

impl PartialEq for Draw {
    fn eq(&self, other: &Self) -> bool {
        let of = |draw: &Draw| (draw.package, draw.pool, draw.units);
        of(self) == of(other)
    }
}

impl Eq for Draw {}

/// How a booking stands, and what pays for each of its services.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shown {
    pub(crate) status: &'static str,
    /// The hour, counted from when the history begins.
    pub(crate) starts_at: i64,
    pub(crate) paid_by: Vec<Option<Draw>>,
}

/// What would be paid back for which package: how many units of each pool are left and what they stand for,
/// what it was sold for, what was paid, and what would come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Quoted {
    pub(crate) package: usize,
    pub(crate) pools: Vec<(u64, u64)>,
    pub(crate) price: u64,
    pub(crate) paid: u64,
    pub(crate) amount: u64,
    /// The hour from which on it is no longer good.
    pub(crate) until: i64,
}

/// An answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Told {
    /// Done, or done before.
    Booking(u16, Shown),
    /// Booked together.
    Series(Vec<Shown>),
    /// The same, of packages: one, or the one that something was given from and the one it became.
    Packages(u16, Vec<Displayed>),
    /// The same, of a payment of so much, and the package after it.
    Paid(u64, Box<Displayed>),
    /// The same, of a payment that came back for this reason.
    Back(u64, usize, Box<Displayed>),
    /// What would be paid back, and of what.
    Quote(Quoted),
    /// An opportunity, and a quote for a customer, as they are then.
    Opportunity(u16, Box<ShownOpportunity>),
    SalesQuote(u16, Box<ShownQuote>),
    /// An event was taken.
    Taken,
    /// Refused, with this status and code.
    Refused(u16, String),
}

impl Told {
    /// What came, where what there is has these ids.
    pub(crate) fn read(status: u16, body: &Value, ids: &Ids) -> Self {
        if !(200..300).contains(&status) {
            let code = body["code"].as_str().unwrap_or_default();
            return Told::Refused(status, code.to_owned());
        }
        if status == TAKEN {
            return Told::Taken;
        }
        if let Some(told) = Told::situation(status, body, ids) {
            return told;
        }
        if body["policy"].is_string() {
            return Told::Quote(quoted(body, ids));
        }
        // What is frozen has those in its rest.
        if let (201, Some(series)) = (status, body["bookings"].as_array()) {
            return Told::Series(series.iter().map(|body| booking(body, ids)).collect());
        }
        if body["booking_id"].is_string() {
            return Told::Booking(status, booking(body, ids));
        }
        let package = ids.displayed(&body["package"]);
        if let (201, payment @ Value::Object(_), Some(package)) =
            (status, &body["payment"], &package)
        {
            return Told::Paid(minor(&payment["amount"]), Box::new(package.clone()));
        }
        if let (200, payment @ Value::Object(_), Some(package)) =
            (status, &body["payment"], &package)
        {
            let reason = &payment["returned"]["reason"];
            let reason = REASONS.iter().position(|known| reason == known);
            let reason = reason.unwrap_or(usize::MAX);
            return Told::Back(minor(&payment["amount"]), reason, Box::new(package.clone()));
        }
        let shown = [
            ids.displayed(body),
            package,
            ids.displayed(&body["received"]),
        ];
        Told::Packages(status, shown.into_iter().flatten().collect())
    }
}

fn minor(sum: &Value) -> u64 {
    sum["amount_minor"].as_u64().unwrap_or(u64::MAX)
}

fn quoted(body: &Value, ids: &Ids) -> Quoted {
    let pools = body["pools"].as_array().into_iter().flatten();
    let left = |pool: &Value| {
        let units = pool["units"].as_u64().unwrap_or(u64::MAX);
        (units, minor(&pool["value"]))
    };
    Quoted {
        package: ids.package(&body["package_id"]),
        pools: pools.map(left).collect(),
        price: minor(&body["price"]),
        paid: minor(&body["paid"]),
        amount: minor(&body["amount"]),
        until: hour(&body["valid_until"]),
    }
}

fn booking(body: &Value, ids: &Ids) -> Shown {
    let names = ["booked", "completed", "cancelled", "no-show"];
    let named = |name: &&&'static str| body["status"] == ***name;
    let services = body["services"].as_array().into_iter().flatten();
    let paid_by = services.map(|line| {
        let draw = &line["paid_by"];
        draw["package_id"].as_str()?;
        Some(Draw {
            package: ids.package(&draw["package_id"]),
            pool: usize::try_from(draw["pool"].as_u64()?).ok()?,
            units: draw["units"].as_u64()?,
            day: 0,
        })
    });
    Shown {
        status: names.iter().find(named).copied().unwrap_or("unknown"),
        starts_at: hour(&body["starts_at"]),
        paid_by: paid_by.collect(),
    }
}
