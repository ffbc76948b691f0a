//! The `imports` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::imports::FUNCTION).await
}
