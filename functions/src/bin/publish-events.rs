//! The `publish-events` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_stream(functions::publish_events::FUNCTION).await
}
