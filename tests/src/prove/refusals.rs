//! The refusals that the model knows.

use super::answer::Told;

/// The code of each.
pub(super) const REFUSALS: [&str; 59] = [
    "booking-id-reused",
    "booking-not-found",
    "booking-not-reversible",
    "booking-of-another-customer",
    "booking-paid",
    "booking-resolved",
    "cancel-too-late",
    "cap-reached",
    "customer-not-found",
    "end-not-later",
    "expired-at-appointment",
    "forbidden",
    "freeze-end",
    "holder-is-member",
    "insufficient-units",
    "no-package",
    "no-show-too-early",
    "not-a-member",
    "not-an-offer",
    "not-paid",
    "not-payable",
    "not-sold-online",
    "nothing-to-refund",
    "nothing-to-transfer",
    "offer-answered",
    "offer-lapsed",
    "package-already-frozen",
    "package-closed",
    "package-ended",
    "package-frozen",
    "package-not-active",
    "package-not-found",
    "package-not-frozen",
    "package-not-sold",
    "package-not-transferable",
    "package-over",
    "package-paid",
    "package-resting",
    "package-unpaid",
    "package-used",
    "package-without-end",
    "pass-uncounted",
    "payment-differs",
    "payment-not-awaited",
    "payment-not-found",
    "payment-not-returnable",
    "payment-of-nothing",
    "payment-returned",
    "payment-too-large",
    "refund-quote-expired",
    "refund-quote-not-found",
    "refund-quote-outdated",
    "reschedule-too-late",
    "service-not-covered",
    "starts-in-past",
    "too-many-members",
    "transfer-to-holder",
    "units-held",
    "units-not-available",
];

impl Told {
    /// The model refuses it. It gives no code that is not listed: each has to come in a long proof.
    pub(super) fn refused(status: u16, code: &str) -> Self {
        assert!(REFUSALS.contains(&code), "{code} is not listed");
        Told::Refused(status, code.to_owned())
    }
}
