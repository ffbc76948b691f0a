//! SEPA direct debit: accounts, mandates, and the file by which a bank collects what is due.
//!
//! A business is a [`Creditor`] once its bank has given it a [`CreditorId`]. A customer signs a
//! [`Mandate`], which names the account. What falls due becomes a [`Debit`] each, and [`collect`]
//! checks a [`Collection`] of them whole: what it gives back can be written and sent as it stands.
//!
//! Every type here is parsed once and stores as its text. An [`Iban`] shows itself only in part;
//! [`Iban::electronic`] is the one way to the whole of it.

mod bic;
mod collect;
mod creditor;
mod file;
mod iban;
mod mandate;
mod reference;
mod target;
mod text;

pub use bic::Bic;
pub(crate) use collect::check_day;
pub use collect::{Collection, collect};
pub use creditor::{Creditor, CreditorId};
pub use file::{Batch, CollectionFile, Debit, Sequence};
pub use iban::Iban;
pub use mandate::Mandate;
pub use reference::{EndToEndId, MandateReference, MessageId};
pub(crate) use target::today;
pub use target::{is_target_day, next_target_day};
pub use text::SepaText;
