//! What will fall due of a record goes onto the agenda that `due-work` works off: a part of
//! `follow-journal`.

mod note;

pub(crate) use note::note;
