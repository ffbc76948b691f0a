//! What becomes of the packages that an opportunity sold moves it on among the stages after the win, and
//! what was written about a person who was erased goes: a part of `follow-journal`.

mod advance;
mod forget;

pub(crate) use advance::advance;
