//! What the stream tells goes into the rows that reports read: a part of `follow-journal`.

mod project;

pub(crate) use project::project;
