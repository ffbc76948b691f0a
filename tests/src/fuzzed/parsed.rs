//! What is held of every parser of a text.

use std::fmt::{Debug, Display};
use std::str::FromStr;

use domain::packages::{PaymentReference, ReturnReason};
use domain::sepa::{Bic, CreditorId, EndToEndId, Iban, MandateReference};
use domain::{
    ActivityId, ActorId, BookingId, BusinessId, Cause, Colour, CompanyId, Currency, CustomerId,
    Email, EntryId, Fingerprint, IdempotencyKey, Money, Name, Note, OpportunityId, PackageId,
    Phone, QuotaId, QuoteId, RefundQuoteId, SchemeId, ServiceId, Slug, TemplateId,
};
use infra::{Cursor, List};

/// None panics, and what is parsed says the same again.
pub(crate) fn every_parser(text: &str) {
    ids(text);
    texts(text);
    cursors(text);
    money(text);
}

/// What is parsed says what is parsed to the same again.
fn again<T: FromStr<Err: Display> + Display + PartialEq + Debug>(text: &str) {
    match text.parse::<T>() {
        Ok(parsed) => {
            let said = parsed.to_string();
            let again = said.parse::<T>().ok();
            assert_eq!(again.as_ref(), Some(&parsed), "{text:?} as {said:?}");
        }
        Err(error) => assert!(!error.to_string().is_empty(), "{text:?}"),
    }
}

fn ids(text: &str) {
    again::<CustomerId>(text);
    again::<PackageId>(text);
    again::<TemplateId>(text);
    again::<ServiceId>(text);
    again::<OpportunityId>(text);
    again::<QuoteId>(text);
    again::<QuotaId>(text);
    again::<SchemeId>(text);
    again::<CompanyId>(text);
    again::<ActivityId>(text);
    again::<EntryId>(text);
    again::<RefundQuoteId>(text);
    again::<BookingId>(text);
    again::<BusinessId>(text);
    again::<ActorId>(text);
    again::<Cause>(text);
    again::<Fingerprint>(text);
    again::<IdempotencyKey>(text);
}

fn texts(text: &str) {
    again::<Name>(text);
    again::<Note>(text);
    again::<Email>(text);
    again::<Phone>(text);
    again::<Slug>(text);
    again::<Colour>(text);
    again::<PaymentReference>(text);
    again::<ReturnReason>(text);
    again::<MandateReference>(text);
    again::<EndToEndId>(text);
    again::<CreditorId>(text);
    again::<Bic>(text);
}

fn cursors(text: &str) {
    for list in [
        List::Services,
        List::Templates,
        List::Customers,
        List::Journal,
        List::Packages,
        List::Opportunities(7),
        List::Activities,
        List::ToDo(7),
        List::Versions,
        List::Companies,
        List::Quotas,
    ] {
        if let Ok(cursor) = Cursor::decode(text, list) {
            assert_eq!(Cursor::decode(&cursor.encode(), list).ok(), Some(cursor));
        }
    }
}

fn money(text: &str) {
    if let Ok(currency) = Currency::try_from(text.to_owned()) {
        assert_eq!(currency.to_string(), text);
    }
    if let Ok(money) = serde_json::from_str::<Money>(text) {
        assert!(money.amount_minor() <= Money::MAX_MINOR, "{text}");
        let said = serde_json::to_string(&money).unwrap();
        assert_eq!(serde_json::from_str::<Money>(&said).ok(), Some(money));
    }
    if let Ok(iban) = text.parse::<Iban>() {
        let said = serde_json::to_string(&iban).unwrap();
        assert_eq!(serde_json::from_str::<Iban>(&said).ok(), Some(iban));
    }
}
