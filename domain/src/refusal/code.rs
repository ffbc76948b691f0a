//! The stable code of every refusal.

use super::Refusal;

impl Refusal {
    /// The refusal itself: of a series, that of its appointment.
    pub fn cause(&self) -> &Refusal {
        let mut cause = self;
        while let Refusal::InSeries { refusal, .. } = cause {
            cause = refusal;
        }
        cause
    }

    /// The stable code of the API.
    pub fn code(&self) -> &'static str {
        match self {
            Refusal::SettingsMissing => "settings-missing",
            Refusal::SettingsOutOfRange(_) => "settings-out-of-range",
            Refusal::ServiceNotFound(_) => "service-not-found",
            Refusal::ServiceArchived(_) => "service-archived",
            Refusal::TemplateNotFound => "package-template-not-found",
            Refusal::TemplateArchived => "package-template-archived",
            Refusal::CustomerNotFound => "customer-not-found",
            Refusal::PackageNotFound => "package-not-found",
            Refusal::BookingNotFound => "booking-not-found",
            Refusal::EmailTaken => "email-taken",
            Refusal::EmailUnverified => "email-unverified",
            Refusal::NothingToClaim => "nothing-to-claim",
            Refusal::AlreadyClaimed => "already-claimed",
            Refusal::VersionMismatch => "version-mismatch",
            Refusal::KeyReused => "idempotency-key-reused",
            Refusal::BookingIdReused => "booking-id-reused",
            Refusal::BookingOfAnother => "booking-of-another-customer",
            Refusal::BookingResolved(_) => "booking-resolved",
            Refusal::StartsInPast => "starts-in-past",
            Refusal::StartsTooFar => "starts-too-far",
            Refusal::StartsInFuture => "starts-in-future",
            Refusal::NoShowTooEarly => "no-show-too-early",
            Refusal::NoPackage => "no-package",
            Refusal::ServiceNotCovered(_) => "service-not-covered",
            Refusal::CurrencyDiffers(_) => "currency-differs",
            Refusal::PackageNotActive(_) => "package-not-active",
            Refusal::PackageFrozen(_) => "package-frozen",
            Refusal::CapReached(_) => "cap-reached",
            Refusal::NotPaid(_) => "not-paid",
            Refusal::ExpiredAtAppointment(_) => "expired-at-appointment",
            Refusal::InsufficientUnits => "insufficient-units",
            Refusal::HoldMissing => "hold-missing",
            Refusal::ValidityOutOfRange => "validity-out-of-range",
            Refusal::TemplateContents(_) => "package-template-contents",
            Refusal::PackageTerms(_) => "package-terms",
            Refusal::TooLarge => "amounts-too-large",
            Refusal::CollectionSize => "collection-size",
            Refusal::CollectionCurrency(_) => "collection-currency",
            Refusal::DebitRepeated(_) => "debit-repeated",
            Refusal::DebitAmount(_) => "debit-amount",
            Refusal::MandateDate(_) => "mandate-date",
            Refusal::CollectionDate => "collection-date",
            Refusal::NotAMember(_) => "not-a-member",
            Refusal::BookingPaid => "booking-paid",
            Refusal::NotReversible(_) => "booking-not-reversible",
            Refusal::PackageClosed => "package-closed",
            Refusal::SeriesSize => "series-size",
            Refusal::InSeries { refusal, .. } => refusal.code(),
            Refusal::RefundQuoteNotFound => "refund-quote-not-found",
            Refusal::Unchanged(why) => why.code(),
            Refusal::DayOutOfRange(_) => "day-out-of-range",
            Refusal::EndsInPast => "ends-in-past",
            Refusal::TemplatePriceFixed => "package-template-price-fixed",
            Refusal::NotSoldOnline => "not-sold-online",
            Refusal::NotAnOffer => "not-an-offer",
            Refusal::OfferAnswered => "offer-answered",
            Refusal::OfferLapsed => "offer-lapsed",
            Refusal::CreditorMissing => "creditor-missing",
            Refusal::MandateSigned => "mandate-signed",
            Refusal::NotPayable => "not-payable",
            Refusal::PaymentCurrency => "payment-currency",
            Refusal::PaymentOfNothing => "payment-of-nothing",
            Refusal::PaymentTooLarge => "payment-too-large",
            Refusal::PaymentNotFound => "payment-not-found",
            Refusal::ServiceInUse(_) => "service-in-use",
            Refusal::RescheduleLate => "reschedule-too-late",
            Refusal::CancelLate => "cancel-too-late",
            Refusal::DebitNotFound => "debit-not-found",
            Refusal::PaymentNotReturnable => "payment-not-returnable",
            Refusal::PaymentReturned => "payment-returned",
            Refusal::CustomerErased => "customer-erased",
            Refusal::UsedAboveQuantity => "used-above-quantity",
            Refusal::PaidAbovePrice => "paid-above-price",
            Refusal::ExpiresBeforeSold => "expires-before-sold",
            Refusal::ImportTerms(..) => "import-terms",
            Refusal::ImportDiffers => "import-differs",
            Refusal::Pipeline(why) => why.code(),
        }
    }
}
