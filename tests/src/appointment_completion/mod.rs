//! What became of an appointment.

mod complete;
mod no_show;
mod walk_in;
