//! The real program: started, stopped, toured.

#![cfg(test)]

mod killed;
mod process;
mod reports;
mod start_and_stop;
mod tour;
