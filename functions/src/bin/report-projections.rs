//! The `report-projections` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run_stream(functions::report_projections::FUNCTION).await
}
