//! The pipeline.

mod activities;
