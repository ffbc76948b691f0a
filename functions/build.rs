//! Links the functions to a fixed address.
//!
//! A binary that can lie anywhere is adjusted as it starts: 44,000 pointers, most of them in the tables of
//! the time zones. That costs each instance of a function 1.8 MiB that it never reads. What the kernel
//! places at random still is: the stack, the heap and every library.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-link-arg-bins=-no-pie");
    }
}
