//! A rate, as the parts it is made of.

/// A part of a whole. The share itself is for whoever shows it: no rounding here.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Share {
    /// The part.
    pub numerator: i128,
    /// The whole.
    pub denominator: i128,
}
