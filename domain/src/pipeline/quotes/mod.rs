//! What happens to quotes. Each verb is one step of the opportunity that the quote is of.

mod accept;
mod change;
mod draft;
mod edit;
mod packages;
mod primary;
mod reject;
mod revise;
mod send;
mod withdraw;

pub use accept::accept_quote;
pub use change::Quoting;
pub use draft::{QuoteDraft, draft_quote};
pub use edit::edit_quote;
pub use packages::MAX_PACKAGES;
pub use primary::make_primary;
pub use reject::reject_quote;
pub use revise::revise_quote;
pub use send::{Sending, send_quote};
pub use withdraw::withdraw_quote;
