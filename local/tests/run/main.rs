//! The real program: started, stopped, toured.

mod process;
mod start_and_stop;
mod tour;
