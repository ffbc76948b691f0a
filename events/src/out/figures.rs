//! Amounts, units and how a package stands.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// An amount of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Money {
    /// Whole minor units: kuruş, bani, cents.
    pub amount_minor: u64,
    /// ISO 4217.
    pub currency: String,
}

/// Where units are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// Free to be redeemed.
    Available,
    /// Reserved by a booking.
    Held,
    /// Used.
    Used,
    /// Lost to a late cancellation or a no-show.
    Forfeited,
    /// Lost to time.
    Expired,
    /// Paid back.
    Refunded,
    /// Given to another customer.
    Transferred,
}

/// The accounts of a pool: they add up to what was granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Balance {
    /// Everything that was put in, less what was taken back.
    pub granted: u64,
    /// Free to be redeemed.
    pub available: u64,
    /// Reserved by bookings.
    pub held: u64,
    /// Used.
    pub used: u64,
    /// Lost to late cancellations and no-shows.
    pub forfeited: u64,
    /// Lost to time.
    pub expired: u64,
    /// Paid back.
    pub refunded: u64,
    /// Given to another customer.
    pub transferred: u64,
}

/// Units that moved from one account of a pool to another.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Movement {
    /// Which of the package's pools, from 0.
    pub pool: usize,
    /// Taken from; nothing where they were granted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Account>,
    /// Put into; nothing where what was granted was taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Account>,
    /// Visits, or minor units of the pool's currency.
    pub units: u64,
    /// The money they stand for, where they come to be owed to the customer or cease to be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Money>,
}

/// What became of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PoolChange {
    /// Which of the package's pools, from 0.
    pub pool: usize,
    /// Before.
    pub before: Balance,
    /// After.
    pub after: Balance,
}

/// What happened to a package.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct PackageChange {
    /// Which.
    pub package_id: String,
    /// The units that moved, in order.
    pub movements: Vec<Movement>,
    /// The pools that changed.
    pub pools: Vec<PoolChange>,
    /// How it stands from then on, where more than its units changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// How a package stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Standing {
    /// How far it has come.
    pub stage: Stage,
    /// It can be used strictly before, in RFC 3339; nothing where it never ends or has not begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub expires_at: Option<String>,
    /// It rests since, in RFC 3339.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub frozen_since: Option<String>,
    /// It rests until, in RFC 3339; nothing until that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schemars(extend("format" = "date-time"))]
    pub frozen_until: Option<String>,
    /// Whether a payment came back, so that only what is paid can be used.
    pub blocked: bool,
    /// What has to be paid for it, in minor units of its currency.
    pub price_minor: u64,
    /// What has been paid.
    pub paid_minor: u64,
    /// What is still to be paid.
    pub outstanding_minor: u64,
}

/// How far a package has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Offered, neither accepted nor declined.
    Offered,
    /// Offered, and the customer does not want it.
    Declined,
    /// Sold, and to be used once it is paid as far as was agreed.
    Pending,
    /// Sold.
    Active,
    /// Sold by mistake.
    Voided,
    /// What was left was paid back.
    Refunded,
    /// All of it was given to another customer.
    Transferred,
}
