//! Quotes: drafted, sent, answered.

pub(super) mod accept;
mod body;
mod change;
pub(super) mod draft;
pub(super) mod edit;
pub(super) mod get;
pub(super) mod list;
pub(super) mod primary;
pub(super) mod reject;
pub(super) mod revise;
pub(super) mod send;
mod view;
pub(super) mod withdraw;

pub(crate) use view::QuoteView;
