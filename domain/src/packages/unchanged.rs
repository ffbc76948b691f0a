//! Why a package is left as it is.

use super::{Package, Stage};
use crate::{Instant, Refusal};

macro_rules! reasons {
    ($($(#[$doc:meta])* $name:ident, $code:literal, $text:literal;)*) => {
        /// Why a package is left as it is. The text says what to do, the code is stable.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
        pub enum Unchanged {
            $($(#[$doc])* #[error($text)] $name,)*
        }

        impl Unchanged {
            /// Every reason.
            pub const ALL: &[Unchanged] = &[$(Unchanged::$name),*];

            /// The stable code of the API.
            pub fn code(self) -> &'static str {
                match self {
                    $(Unchanged::$name => $code,)*
                }
            }
        }
    };
}

reasons! {
    /// An offer, open or declined.
    NotSold, "package-not-sold",
        "this package is only offered: accept the offer first";
    /// Voided, refunded or given away.
    Over, "package-over",
        "this package was voided, refunded or given away and can no longer change: sell a new one";
    /// Its time is over.
    Ended, "package-ended",
        "the time of this package is over: extend it first";
    /// It rests.
    Resting, "package-resting",
        "this package is frozen: unfreeze it first";
    /// To be frozen, and rests already.
    AlreadyFrozen, "package-already-frozen",
        "this package is frozen already: unfreeze it first to set another end";
    /// To be unfrozen, and does not rest.
    NotFrozen, "package-not-frozen",
        "this package is not frozen: there is nothing to end";
    /// No pool of this number.
    PoolMissing, "pool-not-found",
        "this package has no such pool: count its pools from 0";
    /// Units of a pass.
    PassUncounted, "pass-uncounted",
        "a pass counts no units: extend it, or transfer it whole by leaving pools out";
    /// More units than are available.
    UnitsMissing, "units-not-available",
        "fewer units than that are available: read the package for what there is";
    /// Units are taken for another reason than a correction.
    CorrectionRequired, "correction-required",
        "only a correction takes units back: send the reason correction, or units above 0";
    /// Another currency than the package's.
    CurrencyDiffers, "package-currency-differs",
        "the price must be in the currency of the package";
    /// A rest that ends today, earlier, or in years.
    FreezeEnd, "freeze-end",
        "until is the day from which the package can be used again: give one after today and within two years";
    /// Nothing to extend.
    NoEnd, "package-without-end",
        "this package has no end yet: it never expires, or its time begins with its first use";
    /// An end that is not later.
    EndNotLater, "end-not-later",
        "expires_on must be later than the package's end, and not before today";
    /// The terms do not allow a transfer.
    NotTransferable, "package-not-transferable",
        "this package was sold as not transferable: adjust it, or sell one that is";
    /// Not fully paid.
    Unpaid, "package-unpaid",
        "this package is not fully paid: record the payment first";
    /// The receiver holds it already.
    ToHolder, "transfer-to-holder",
        "the receiver holds this package already: name another customer";
    /// There is nothing to transfer.
    NothingToTransfer, "nothing-to-transfer",
        "nothing of this package is available: there is nothing to transfer";
    /// Bookings hold units.
    UnitsHeld, "units-held",
        "bookings hold units of this package: cancel or complete them first";
    /// More members than agreed.
    TooManyMembers, "too-many-members",
        "this package was not sold for so many members: remove one first";
    /// The holder needs no share.
    HolderIsMember, "holder-is-member",
        "the holder may redeem anyway: leave them out of the members";
    /// Units were used, lost or given away.
    Used, "package-used",
        "units of this package were used, lost or given away: refund it instead";
    /// Something was paid.
    Paid, "package-paid",
        "something was paid for this package: refund it, or return the payment first";
    /// The bank was given a debit to collect, and has not said what became of it.
    DebitInFlight, "debit-in-flight",
        "a direct debit of this package is on its way: record that it was paid or rejected first";
    /// There is nothing to pay back for.
    NothingToRefund, "nothing-to-refund",
        "nothing is left of this package: there is nothing to refund";
    /// A quote that is too old.
    QuoteExpired, "refund-quote-expired",
        "this refund quote is older than 24 hours: ask for a new one";
    /// The package changed since the quote.
    QuoteOutdated, "refund-quote-outdated",
        "the package has changed since this refund quote: ask for a new one";
    /// A payment that was made online, of another amount than one that is to be paid.
    PaymentNotAwaited, "payment-not-awaited",
        "this amount is not to be paid for this package: give it back, or record it by hand";
    /// A payment that is recorded with another amount, or for something else.
    PaymentDiffers, "payment-differs",
        "the payment is recorded with another amount or for something else: settle the difference by hand";
}

impl Package {
    /// # Errors
    /// [`Unchanged::NotSold`] for an offer, [`Unchanged::Over`] for what can no longer change.
    pub(super) fn must_be_open(&self) -> Result<(), Refusal> {
        match self.standing.stage {
            Stage::Pending | Stage::Active => Ok(()),
            Stage::Offered | Stage::Declined => Err(Unchanged::NotSold.into()),
            Stage::Voided | Stage::Refunded | Stage::Transferred => Err(Unchanged::Over.into()),
        }
    }

    /// # Errors
    /// [`Unchanged::Ended`].
    pub(super) fn must_last(&self, now: Instant) -> Result<(), Refusal> {
        match self.standing.ended_at(now) {
            true => Err(Unchanged::Ended.into()),
            false => Ok(()),
        }
    }

    /// # Errors
    /// [`Unchanged::UnitsHeld`].
    pub(super) fn must_hold_nothing(&self) -> Result<(), Refusal> {
        match self.pools.iter().any(|pool| pool.balance.held > 0) {
            true => Err(Unchanged::UnitsHeld.into()),
            false => Ok(()),
        }
    }

    /// # Errors
    /// [`Unchanged::DebitInFlight`].
    pub(super) fn must_await_no_debit(&self) -> Result<(), Refusal> {
        match self.standing.in_flight_minor() {
            0 => Ok(()),
            1.. => Err(Unchanged::DebitInFlight.into()),
        }
    }
}

impl From<Unchanged> for Refusal {
    fn from(why: Unchanged) -> Self {
        Refusal::Unchanged(why)
    }
}
