//! The OpenAPI document: it has every route, is whole, and says what the API really answers.

mod answers;
mod document;
mod forms;
mod occurs;
mod schema;

pub(crate) use schema::Schemas;
