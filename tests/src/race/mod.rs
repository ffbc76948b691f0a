//! Clients that want the same at once: nothing is overdrawn, nothing counted twice, and each gets an answer.

mod again;
mod care;
mod chosen;
mod given;
mod moved;
mod once;
mod paid;
mod quotes;
mod series;
