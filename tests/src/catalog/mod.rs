//! What a business offers, and how it works.

mod services;
mod settings;
mod templates;
