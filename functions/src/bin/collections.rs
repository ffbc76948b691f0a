//! The `collections` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::collections::FUNCTION).await
}
