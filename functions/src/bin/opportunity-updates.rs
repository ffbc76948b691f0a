//! The `opportunity-updates` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::opportunity_updates::FUNCTION).await
}
