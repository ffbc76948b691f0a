//! The `inbound-events` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_bus(functions::inbound_events::FUNCTION).await
}
