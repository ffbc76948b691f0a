//! The `appointment-completion` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::appointment_completion::FUNCTION).await
}
