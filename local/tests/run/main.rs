//! The real program: started, stopped, toured.

#![cfg(test)]

mod process;
mod reports;
mod start_and_stop;
mod tour;
