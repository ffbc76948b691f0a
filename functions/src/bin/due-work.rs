//! The `due-work` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_timed(functions::due_work::FUNCTION).await
}
