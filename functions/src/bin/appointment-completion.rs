//! The `appointment-completion` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run("appointment-completion").await
}
