//! A pool as the model keeps it: where its units are, and what they are worth.

use super::passes::Caps;
use crate::prove::asked::answer::Draw;

/// Where units can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Account {
    Available,
    Held,
    Used,
    Forfeited,
    Expired,
    Refunded,
    Given,
}

impl Account {
    /// Whether what is in it is owed to the customer.
    fn is_owed(self) -> bool {
        matches!(self, Account::Available | Account::Held)
    }
}

/// Units that went from one account of a pool to another, with their part of the price.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Moved {
    pub(crate) draw: Draw,
    pub(crate) from: Account,
    pub(crate) to: Account,
    pub(crate) value: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pool {
    /// The services; none for credit, which pays for everything.
    pub(crate) covers: Option<&'static [usize]>,
    /// How often it may be drawn on, where its units have no number; and the days that it was drawn on for.
    pub(crate) caps: Option<Caps>,
    pub(crate) days: Vec<i64>,
    has: [u64; 7],
    /// What everything was sold for, less what was taken back.
    price: u64,
    /// The part of it that is owed: for what is available or held.
    worth: u64,
    /// The part that was lost to time, and the part that was given away.
    expired: u64,
    given: u64,
}

impl Pool {
    /// So many units, sold for that.
    pub(crate) fn new(covers: Option<&'static [usize]>, units: u64, price: u64) -> Self {
        let mut pool = Self {
            covers,
            caps: None,
            days: Vec::new(),
            has: [0; 7],
            price: 0,
            worth: 0,
            expired: 0,
            given: 0,
        };
        pool.grant(units, price);
        pool
    }

    pub(crate) fn has(&self, account: Account) -> u64 {
        self.has[account as usize]
    }

    pub(crate) fn available(&self) -> u64 {
        self.has(Account::Available)
    }

    pub(crate) fn grant(&mut self, units: u64, price: u64) {
        self.has[Account::Available as usize] += units;
        self.price += price;
        self.worth += price;
    }

    /// Takes available units back as if they had never been granted, if there are so many.
    pub(crate) fn take_back(&mut self, units: u64) -> Option<()> {
        let left = self.available().checked_sub(units)?;
        let value = self.value_of(units);
        self.price -= value;
        self.worth -= value;
        self.has[Account::Available as usize] = left;
        Some(())
    }

    /// Everything comes back that was lost to time, with what it was worth then.
    pub(crate) fn revive(&mut self) {
        let (units, value) = (self.has(Account::Expired), self.expired);
        self.carry(Account::Expired, Account::Available, units, value);
        self.expired = 0;
    }

    /// As if it had never been sold. Nothing of it is held or used.
    pub(crate) fn clear(&mut self) {
        self.revive();
        self.has[Account::Available as usize] = 0;
        (self.price, self.worth) = (0, 0);
    }

    /// All that is left, of which nothing is held, is paid back.
    pub(crate) fn pay_back(&mut self) {
        let (units, worth) = (self.available(), self.worth);
        self.carry(Account::Available, Account::Refunded, units, worth);
    }

    /// What everything was sold for that was not given away, and the part of it that is owed.
    pub(crate) fn price_and_worth(&self) -> (u64, u64) {
        (self.price - self.given, self.worth)
    }

    /// What would be paid back of it: what is available, and the part of the price that is owed.
    pub(crate) fn left(&self) -> (u64, u64) {
        (self.available(), self.worth)
    }

    /// What of the price has to be paid so that so many units more may be drawn: what was earned, and the part
    /// of what is held.
    pub(crate) fn earned(&self, drawn: u64) -> u64 {
        let held = self.has(Account::Held) + drawn;
        self.price - self.given - self.worth + self.value_of(held)
    }

    /// What is available is lost to time.
    pub(crate) fn write_off(&mut self) {
        let (from, to) = (Account::Available, Account::Expired);
        self.expired += self.shift(from, to, self.available()).unwrap_or_default();
    }

    /// Moves units, if there are so many; the part of the price that is no longer owed with them.
    pub(crate) fn shift(&mut self, from: Account, to: Account, units: u64) -> Option<u64> {
        let value = match from.is_owed() && !to.is_owed() {
            true => self.value_of(units),
            false => 0,
        };
        self.carry(from, to, units, value)?;
        if to == Account::Given {
            self.given += value;
        }
        Some(value)
    }

    /// Moves units with that part of the price.
    pub(crate) fn carry(
        &mut self,
        from: Account,
        to: Account,
        units: u64,
        value: u64,
    ) -> Option<()> {
        // Units of a pass come to be as they are drawn.
        let counted = |account: Account| self.caps.is_none() || account != Account::Available;
        let (leave, arrive) = (counted(from), counted(to));
        if leave {
            self.has[from as usize] = self.has(from).checked_sub(units)?;
        }
        if arrive {
            self.has[to as usize] += units;
        }
        match (from.is_owed(), to.is_owed()) {
            (true, false) => self.worth -= value,
            (false, true) => self.worth += value,
            (true, true) | (false, false) => {}
        }
        Some(())
    }

    /// What so many of the units that are owed stand for, rounded down: the last one takes what is left.
    fn value_of(&self, units: u64) -> u64 {
        let owed = self.available() + self.has(Account::Held);
        (self.worth * units).checked_div(owed).unwrap_or_default()
    }

    /// What is in each account, and what is owed; where the package is over, nothing is available.
    pub(crate) fn counted(&self, over: bool) -> [u64; 8] {
        let mut pool = self.clone();
        if over {
            pool.write_off();
        }
        let [available, held, used, forfeited, expired, refunded, given] = pool.has;
        [
            available, held, used, forfeited, expired, refunded, given, pool.worth,
        ]
    }
}
