//! What becomes of the packages that an opportunity sold moves it on among the stages after the win: a
//! part of `follow-journal`.

mod advance;

pub(crate) use advance::advance;
