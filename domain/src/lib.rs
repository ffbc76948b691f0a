//! The rules of prepaid packages, and of the pipeline that sells them.
//!
//! Pure: no clock, no randomness, no input or output. Every verb takes the state it was shown and a
//! [`Context`] (who, when, with which fresh id) and answers a [`Decision`] or a [`Refusal`].

pub mod bookings;
pub mod calendar;
pub mod catalog;
pub mod customers;
mod decision;
pub mod due;
mod entry_key;
mod ids;
pub mod journal;
mod money;
mod object;
pub mod packages;
pub mod pipeline;
mod refusal;
pub mod reports;
pub mod sepa;
pub mod settings;
mod text;

pub use decision::{Actor, Context, Decision, Put, Role};
pub use entry_key::EntryKey;
pub use ids::{
    ActivityId, ActorId, BookingId, BusinessId, Cause, CompanyId, CustomerId, EntryId, Fingerprint,
    IdempotencyKey, MalformedId, OpportunityId, PackageId, QuotaId, QuoteId, RefundQuoteId,
    SchemeId, ServiceId, TemplateId,
};
pub use money::{Currency, Money, MoneyError};
pub use object::Object;
pub use refusal::Refusal;
pub use text::{Colour, Email, InvalidText, Name, Note, Phone, Slug};

/// A moment in UTC, to the millisecond.
pub type Instant = chrono::DateTime<chrono::Utc>;
