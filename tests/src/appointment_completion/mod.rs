//! What became of an appointment.

mod complete;
mod no_show;
mod reverse;
mod walk_in;
