//! What may be sold: opportunities and quotes, as they are asked for, in the model, and as they are shown.

pub(crate) mod advancing;
pub(crate) mod changing;
pub(crate) mod deal;
pub(crate) mod deals;
pub(crate) mod drawn;
pub(crate) mod entering;
pub(crate) mod funnel;
pub(crate) mod leading;
pub(crate) mod line;
pub(crate) mod look;
pub(crate) mod opportunity;
pub(crate) mod quoting;
pub(crate) mod sales_quote;
pub(crate) mod sent;
pub(crate) mod stages;
