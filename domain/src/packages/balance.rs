//! Where units are: every unit that was granted is in exactly one account.

use serde::{Deserialize, Serialize};

/// Where a unit can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Account {
    /// Free to be redeemed.
    Available,
    /// Reserved by a booking.
    Held,
    /// Used.
    Captured,
    /// Lost to a late cancellation or a no-show.
    Forfeited,
    /// Lost to time.
    Expired,
    /// Paid back.
    Refunded,
    /// Given to another customer.
    Transferred,
}

impl Account {
    /// Every account.
    pub const ALL: [Account; 7] = [
        Account::Available,
        Account::Held,
        Account::Captured,
        Account::Forfeited,
        Account::Expired,
        Account::Refunded,
        Account::Transferred,
    ];

    /// What it is called, in the API and where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Account::Available => "available",
            Account::Held => "held",
            Account::Captured => "captured",
            Account::Forfeited => "forfeited",
            Account::Expired => "expired",
            Account::Refunded => "refunded",
            Account::Transferred => "transferred",
        }
    }

    /// Whether the business still owes what is in it.
    pub fn is_owed(self) -> bool {
        match self {
            Account::Available | Account::Held => true,
            Account::Captured
            | Account::Forfeited
            | Account::Expired
            | Account::Refunded
            | Account::Transferred => false,
        }
    }
}

/// The accounts of one pool. They always add up to what was granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Everything that was put in, less what was taken back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub granted: u64,
    /// Free to be redeemed.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub available: u64,
    /// Reserved by bookings.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: u64,
    /// Used.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub captured: u64,
    /// Lost to late cancellations and no-shows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub forfeited: u64,
    /// Lost to time.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub expired: u64,
    /// Paid back.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub refunded: u64,
    /// Given to another customer.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub transferred: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
pub(crate) fn is_zero(units: &u64) -> bool {
    *units == 0
}

impl Balance {
    /// What is in an account.
    pub fn of(mut self, account: Account) -> u64 {
        *self.account(account)
    }

    /// What is owed to the customer: available and held.
    pub fn owed(self) -> u64 {
        self.available.saturating_add(self.held)
    }

    pub(super) fn account(&mut self, account: Account) -> &mut u64 {
        match account {
            Account::Available => &mut self.available,
            Account::Held => &mut self.held,
            Account::Captured => &mut self.captured,
            Account::Forfeited => &mut self.forfeited,
            Account::Expired => &mut self.expired,
            Account::Refunded => &mut self.refunded,
            Account::Transferred => &mut self.transferred,
        }
    }
}
