//! The `opportunity-progress` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_stream(functions::opportunity_progress::FUNCTION).await
}
