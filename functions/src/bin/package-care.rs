//! The `package-care` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::package_care::FUNCTION).await
}
