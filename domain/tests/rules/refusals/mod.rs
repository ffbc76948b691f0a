//! Every verb's refusals, in the order its documentation gives.

mod booking;
mod care;
mod catalog;
mod collection;
mod customers;
mod import;
mod paying;
mod payments;
mod posting;
mod repeated;
mod resolving;
mod reversing;
mod sale;
mod series;
mod settings;
mod told;

use domain::Refusal;
use domain::bookings::BookingStatus;
use domain::packages::Unchanged;

use crate::fixtures::{svc, tpl};

#[test]
fn every_refusal_has_its_own_code_in_kebab_case() {
    let all = [
        Refusal::SettingsMissing,
        Refusal::ServiceNotFound(svc(1)),
        Refusal::ServiceArchived(svc(1)),
        Refusal::TemplateNotFound,
        Refusal::TemplateArchived,
        Refusal::CustomerNotFound,
        Refusal::PackageNotFound,
        Refusal::BookingNotFound,
        Refusal::EmailTaken,
        Refusal::EmailUnverified,
        Refusal::NothingToClaim,
        Refusal::AlreadyClaimed,
        Refusal::VersionMismatch,
        Refusal::KeyReused,
        Refusal::BookingIdReused,
        Refusal::BookingOfAnother,
        Refusal::BookingResolved(BookingStatus::NoShow),
        Refusal::StartsInPast,
        Refusal::StartsTooFar,
        Refusal::StartsInFuture,
        Refusal::NoShowTooEarly,
        Refusal::NoPackage,
        Refusal::ServiceNotCovered(svc(1)),
        Refusal::CurrencyDiffers(svc(1)),
        Refusal::ExpiredAtAppointment(svc(1)),
        Refusal::InsufficientUnits,
        Refusal::HoldMissing,
        Refusal::ValidityOutOfRange,
        Refusal::TemplateContents(""),
        Refusal::TooLarge,
        Refusal::SettingsOutOfRange(""),
        Refusal::PackageTerms(""),
        Refusal::PackageNotActive(svc(1)),
        Refusal::PackageFrozen(svc(1)),
        Refusal::CapReached(svc(1)),
        Refusal::NotPaid(svc(1)),
        Refusal::CollectionSize,
        Refusal::CollectionCurrency("d-1".parse().unwrap()),
        Refusal::DebitRepeated("d-1".parse().unwrap()),
        Refusal::DebitAmount("d-1".parse().unwrap()),
        Refusal::MandateDate("d-1".parse().unwrap()),
        Refusal::CollectionDate,
        Refusal::NotAMember(svc(1)),
        Refusal::BookingPaid,
        Refusal::NotReversible(BookingStatus::Booked),
        Refusal::PackageClosed,
        Refusal::SeriesSize,
        Refusal::RefundQuoteNotFound,
        Refusal::DayOutOfRange(""),
        Refusal::EndsInPast,
        Refusal::TemplatePriceFixed,
        Refusal::NotSoldOnline,
        Refusal::NotAnOffer,
        Refusal::OfferAnswered,
        Refusal::OfferLapsed,
        Refusal::CreditorMissing,
        Refusal::MandateSigned,
        Refusal::NotPayable,
        Refusal::PaymentCurrency,
        Refusal::PaymentOfNothing,
        Refusal::PaymentTooLarge,
        Refusal::PaymentNotFound,
        Refusal::ServiceInUse(tpl(1)),
        Refusal::RescheduleLate,
        Refusal::CancelLate,
        Refusal::DebitNotFound,
        Refusal::PaymentNotReturnable,
        Refusal::PaymentReturned,
        Refusal::CustomerErased,
        Refusal::UsedAboveQuantity,
        Refusal::PaidAbovePrice,
        Refusal::ExpiresBeforeSold,
        Refusal::ImportTerms("", ""),
        Refusal::ImportDiffers,
    ];
    // A refusal added later must be added above.
    let arms = include_str!("../../../src/refusal/code.rs")
        .matches("=> \"")
        .count();
    assert_eq!(all.len(), arms);
    let unchanged = Unchanged::ALL.iter().copied().map(Refusal::Unchanged);
    let all: Vec<Refusal> = all.into_iter().chain(unchanged).collect();
    let codes: std::collections::BTreeSet<&str> = all.iter().map(Refusal::code).collect();
    assert_eq!(codes.len(), all.len(), "{codes:?}");
    for code in codes {
        let words: Vec<&str> = code.split('-').collect();
        let kebab = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        assert!(words.iter().all(kebab), "{code}");
    }
}
