//! The `booking-redemption` function.

#[tokio::main(flavor = "current_thread")]
async fn main() -> functions::Start {
    functions::run(functions::booking_redemption::FUNCTION).await
}
