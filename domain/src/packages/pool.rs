//! A balance inside a package: every unit that was granted is in exactly one account.

use serde::{Deserialize, Serialize};

use crate::{Currency, Instant, Name, Refusal, ServiceId};

/// The most visits one pool may be granted.
pub const MAX_VISITS: u64 = 100_000;

/// What a pool counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Visits.
    Visit,
    /// Minor units of a currency.
    Money(Currency),
}

/// Which services a pool pays for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Every service there is or will be.
    Any,
    /// These.
    Services(Vec<Cover>),
}

/// A covered service, as it was called when the terms were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The service.
    pub service: ServiceId,
    /// Its name then.
    pub name: Name,
    /// Visits that one redemption takes; 1 where the pool counts money.
    pub units: u32,
}

impl Covers {
    /// How wide the cover is, for preferring the narrowest.
    pub fn width(&self) -> usize {
        match self {
            Covers::Any => usize::MAX,
            Covers::Services(covers) => covers.len(),
        }
    }

    /// Visits that one redemption of `service` takes, if it is covered.
    pub fn units_for(&self, service: ServiceId) -> Option<u32> {
        match self {
            Covers::Any => Some(1),
            Covers::Services(covers) => covers
                .iter()
                .find(|cover| cover.service == service)
                .map(|cover| cover.units),
        }
    }
}

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
    /// Lost to a no-show.
    Forfeited,
    /// Lost to time.
    Expired,
}

impl Account {
    /// What it is called, in the API and where it is stored.
    pub fn name(self) -> &'static str {
        match self {
            Account::Available => "available",
            Account::Held => "held",
            Account::Captured => "captured",
            Account::Forfeited => "forfeited",
            Account::Expired => "expired",
        }
    }
}

/// The accounts of one pool. They always add up to what was granted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Balance {
    /// Everything that was ever put in.
    pub granted: u64,
    /// Free to be redeemed.
    pub available: u64,
    /// Reserved by bookings.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub held: u64,
    /// Used.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub captured: u64,
    /// Lost to no-shows.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub forfeited: u64,
    /// Lost to time.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub expired: u64,
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "the signature serde asks for"
)]
fn is_zero(units: &u64) -> bool {
    *units == 0
}

impl Balance {
    fn account(&mut self, account: Account) -> &mut u64 {
        match account {
            Account::Available => &mut self.available,
            Account::Held => &mut self.held,
            Account::Captured => &mut self.captured,
            Account::Forfeited => &mut self.forfeited,
            Account::Expired => &mut self.expired,
        }
    }
}

/// A balance, what it counts and what it pays for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pool {
    /// What it counts.
    pub unit: Unit,
    /// What it pays for.
    pub covers: Covers,
    /// Where its units are.
    #[serde(flatten)]
    pub balance: Balance,
}

impl Pool {
    /// Moves units from one account to another; from none means new units.
    ///
    /// # Errors
    /// [`Refusal::InsufficientUnits`] when `from` has too few, [`Refusal::HoldMissing`] when it is
    /// what is held, then [`Refusal::TooLarge`].
    pub(crate) fn transfer(
        &mut self,
        from: Option<Account>,
        to: Account,
        units: u64,
    ) -> Result<(), Refusal> {
        let mut after = self.balance;
        let source = match from {
            Some(account) => after.account(account),
            None => &mut after.granted,
        };
        *source = match from {
            Some(Account::Held) => source.checked_sub(units).ok_or(Refusal::HoldMissing)?,
            Some(_) => source
                .checked_sub(units)
                .ok_or(Refusal::InsufficientUnits)?,
            None => source.checked_add(units).ok_or(Refusal::TooLarge)?,
        };
        let target = after.account(to);
        *target = target.checked_add(units).ok_or(Refusal::TooLarge)?;
        self.balance = after;
        Ok(())
    }

    /// The balance as it stands at `now`: from the package's expiry on, what was still available
    /// counts as expired, whether or not anyone has written that down yet. Units under a hold stay.
    pub fn balance_at(&self, expires_at: Option<Instant>, now: Instant) -> Balance {
        let mut balance = self.balance;
        if expires_at.is_some_and(|end| end <= now) {
            balance.expired += balance.available;
            balance.available = 0;
        }
        balance
    }
}
