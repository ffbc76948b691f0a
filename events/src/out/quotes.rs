//! What happens to quotes.

use super::pipeline::{OpportunityChange, of_opportunity};
use super::told::told;

of_opportunity! {
    /// A quote was sent: the revision that it replaces is superseded.
    QuoteSent v 1 {
        /// Which.
        quote_id: String,
    }
}
of_opportunity! {
    /// A quote was accepted: the opportunity is won, and its packages are sold.
    QuoteAccepted v 1 {
        /// Which.
        quote_id: String,
        /// The packages that it sold.
        package_ids: Vec<String>,
    }
}
of_opportunity! {
    /// The customer does not want a quote.
    QuoteRejected v 1 {
        /// Which.
        quote_id: String,
    }
}
of_opportunity! {
    /// The business took a quote back.
    QuoteWithdrawn v 1 {
        /// Which.
        quote_id: String,
    }
}
