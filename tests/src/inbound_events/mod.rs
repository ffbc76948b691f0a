//! Events of other systems, through the function that takes them.

mod appointments;
mod payments;
mod refused;
mod registered;
mod sequences;
mod stripe;
