//! The pipeline, over HTTP.

pub(crate) mod quotes;
