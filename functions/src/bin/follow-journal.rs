//! The `follow-journal` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_stream(functions::follow_journal::FUNCTION).await
}
