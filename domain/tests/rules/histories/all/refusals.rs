//! For what a verb may be refused here. Everything that is asked for names what there is, so nothing is
//! missing, nothing is too large, and what was decided before can be carried out: what took place is
//! completed, what is open is cancelled, what has ended is written off.

use domain::Refusal;

use super::command::{Command, Verb};

/// When nothing pays for everything.
const UNPAID: &[&str] = &[
    "no-package",
    "not-a-member",
    "service-not-covered",
    "currency-differs",
    "package-not-active",
    "package-frozen",
    "expired-at-appointment",
    "cap-reached",
    "insufficient-units",
    "not-paid",
];

/// When a package can no longer change, or not yet.
const CLOSED: &[&str] = &["package-not-sold", "package-over"];

pub(super) fn is_a_rule_that_said_no(command: &Command, refusal: &Refusal) {
    let code = refusal.code();
    let named = command.is_odd() && code == "package-not-found";
    let groups = may_be_refused_for(command.verb);
    let expected = groups.iter().any(|group| group.contains(&code));
    assert!(expected || named, "{command:?}: {code}");
    assert!(!matches!(refusal, Refusal::HoldMissing | Refusal::TooLarge));
}

fn may_be_refused_for(verb: Verb) -> &'static [&'static [&'static str]] {
    match verb {
        Verb::Sell => &[&[
            "customer-erased",
            "ends-in-past",
            "package-template-price-fixed",
        ]],
        Verb::SellTerms | Verb::EditCustomer => &[&["customer-erased"]],
        Verb::Buy => &[&["customer-erased", "ends-in-past", "not-sold-online"]],
        Verb::Offer => &[&["customer-erased", "ends-in-past"]],
        Verb::Accept | Verb::Decline => &[&["not-an-offer", "offer-answered", "offer-lapsed"]],
        Verb::Import => &[&["customer-erased", "expires-before-sold", "import-terms"]],
        Verb::Pay => &[
            &["not-payable", "payment-of-nothing", "payment-too-large"],
            &["debit-in-flight"],
        ],
        Verb::RejectDebit => &[&["debit-not-found"]],
        Verb::ReturnPayment => &[&["payment-not-returnable", "payment-returned"]],
        Verb::Collect => &[&["collection-size"]],
        Verb::TopUp => &[
            CLOSED,
            &[
                "package-ended",
                "package-currency-differs",
                "pass-uncounted",
            ],
        ],
        Verb::Adjust => &[
            CLOSED,
            &["package-ended", "pass-uncounted"],
            &["correction-required", "units-not-available"],
        ],
        Verb::Freeze => &[
            CLOSED,
            &["package-ended", "package-already-frozen", "freeze-end"],
        ],
        Verb::Unfreeze => &[CLOSED, &["package-not-frozen"]],
        Verb::Extend => &[CLOSED, &["package-without-end", "end-not-later"]],
        Verb::Transfer => &[
            CLOSED,
            &[
                "package-not-transferable",
                "package-ended",
                "package-resting",
            ],
            &["package-unpaid", "customer-erased", "transfer-to-holder"],
            &["pass-uncounted", "units-not-available", "units-held"],
            &["nothing-to-transfer"],
        ],
        Verb::ChangeMembers => &[
            CLOSED,
            &["customer-erased", "holder-is-member", "too-many-members"],
        ],
        Verb::Void => &[
            CLOSED,
            &["units-held", "package-used", "package-paid"],
            &["debit-in-flight"],
        ],
        Verb::QuoteRefund => &[
            CLOSED,
            &["package-ended", "units-held", "nothing-to-refund"],
            &["debit-in-flight"],
        ],
        Verb::Refund => &[CLOSED, &["refund-quote-expired", "refund-quote-outdated"]],
        Verb::Expire => &[CLOSED],
        Verb::Book | Verb::BookSeries => &[UNPAID, &["customer-erased", "starts-in-past"]],
        Verb::PayBooking => &[UNPAID, &["booking-resolved", "booking-paid"]],
        Verb::Reschedule => &[
            UNPAID,
            &["booking-resolved", "reschedule-too-late", "starts-in-past"],
        ],
        Verb::Complete => &[&["booking-resolved"]],
        Verb::Cancel => &[&["booking-resolved", "cancel-too-late"]],
        Verb::NoShow => &[&["booking-resolved", "no-show-too-early"]],
        Verb::WalkIn => &[&["customer-erased"]],
        Verb::Reverse => &[
            &["booking-not-reversible", "package-closed"],
            &["cap-reached", "insufficient-units"],
            UNPAID,
        ],
        Verb::SaveMandate => &[&["customer-erased", "mandate-signed"]],
        Verb::Claim => &[&["already-claimed", "nothing-to-claim"]],
        Verb::PayExisting
        | Verb::RemoveMandate
        | Verb::Erase
        | Verb::EditService
        | Verb::ChangeSettings
        | Verb::Wait => &[],
    }
}
