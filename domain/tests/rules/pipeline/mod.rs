//! The pipeline: what is to be sold, what is sold again, and what becomes of what was sold.

mod opened;
mod progress;
mod quotas;
mod renewal;
