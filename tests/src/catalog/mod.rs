//! What a business offers, and how it works.

mod large;
mod services;
mod settings;
mod templates;
