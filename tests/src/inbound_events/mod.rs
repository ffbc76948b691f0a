//! Events of other systems, through the function that takes them.

mod appointments;
mod believed;
mod matched;
mod payments;
mod refunds;
mod refused;
mod registered;
mod sequences;
mod stripe;

pub(crate) use stripe::example;
