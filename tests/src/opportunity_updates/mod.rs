//! The pipeline over HTTP.

mod quotas;
mod renewal;
