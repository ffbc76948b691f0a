//! What clients ask for: drawn, named, sent, and what they are told.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod care;
pub(crate) mod command;
pub(crate) mod drawn;
pub(crate) mod moment;
pub(crate) mod money;
pub(crate) mod named;
pub(crate) mod payments;
pub(crate) mod request;
