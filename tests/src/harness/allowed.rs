//! What operations may use of the database, for the tests that hold them to it and the bench that looks
//! whether they do: (round trips, WRU, RRU).

/// The most that an operation may use.
pub(crate) type Allowed = (usize, f64, f64);

pub(crate) const SELL: Allowed = (2, 7.0, 2.0);
pub(crate) const REDEEM: Allowed = (2, 6.0, 2.0);
/// Complete, cancel or note a no-show, the customer named; redeem later, and reverse it.
pub(crate) const RESOLVE: Allowed = (2, 6.0, 2.0);
pub(crate) const RESOLVE_UNNAMED: Allowed = (3, 6.0, 2.0);
/// What was done already.
pub(crate) const REPLAY: Allowed = (3, 6.0, 2.0);
/// Of 20 packages.
pub(crate) const WALLET: Allowed = (1, 0.0, 2.5);
pub(crate) const ADJUST: Allowed = (2, 6.0, 2.5);
/// The journal is read for the bookings that are listed.
pub(crate) const FREEZE: Allowed = (3, 6.0, 4.0);
/// The receiver's package and its index, and the entry, which tells it whole, twice.
pub(crate) const TRANSFER: Allowed = (2, 19.0, 2.5);
pub(crate) const REFUND: Allowed = (2, 6.0, 2.5);
/// An accepted offer moves in the index of packages.
pub(crate) const ACCEPT_OFFER: Allowed = (2, 8.0, 2.5);
/// Of a package that no debit pays for.
pub(crate) const PAY: Allowed = (2, 6.0, 2.5);
/// Two of the read units see to it that the customer was not erased meanwhile.
pub(crate) const OPEN_OPPORTUNITY: Allowed = (2, 13.0, 4.0);
/// It moves in the list of its stage, and of its representative, alone.
pub(crate) const MOVE_STAGE: Allowed = (2, 15.0, 2.5);

/// Bookings of a series.
pub(crate) fn series(bookings: u16) -> Allowed {
    let bookings = f64::from(bookings);
    (2, 2.0 + 4.0 * bookings, 2.0 + bookings / 2.0)
}
