//! The whole of Carnet on one machine: the deployed functions behind a local API gateway, an embedded
//! database, and demo data.

pub mod agenda;
pub mod bus;
pub mod clock;
pub mod database;
pub mod demo;
mod directory;
mod due;
pub mod gateway;
mod place;
mod problem;
pub mod replay;
pub mod reports;
mod run;
mod set_aside;
pub mod stream;
pub mod template;
pub mod tokens;

pub use gateway::{Gateway, Running};
pub use problem::Problem;
pub use run::{Command, Options, run};
pub use template::Template;
pub use tokens::{Claims, Role, Tokens};

/// `N` random bytes in hexadecimal digits.
fn random_hex<const N: usize>() -> Result<String, Problem> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|error| Problem::System {
        what: "random numbers",
        reason: error.to_string(),
    })?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
