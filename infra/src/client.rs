//! The DynamoDB client: on Lambda from the environment, elsewhere at a given address.

use std::time::Duration;

use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_http_client::{Builder, tls};

/// The client of a Lambda function: region and credentials from its environment.
pub async fn from_env() -> Client {
    Client::new(&config_from_env().await)
}

/// What every client of a Lambda function has in common.
pub(crate) async fn config_from_env() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(
            // Ring makes the first TLS request ten times cheaper than the default provider.
            Builder::new()
                .tls_provider(tls::Provider::Rustls(
                    tls::rustls_provider::CryptoMode::Ring,
                ))
                .build_https(),
        )
        .retry_config(retries())
        .timeout_config(timeouts())
        .load()
        .await
}

/// A client of the database at `endpoint_url`, plain HTTP, for the embedded database and DynamoDB
/// Local; the credentials are placeholders that those accept.
pub fn at(endpoint_url: &str) -> Client {
    Client::new(&config_at(endpoint_url))
}

/// What every client of something on this machine has in common.
pub(crate) fn config_at(endpoint_url: &str) -> SdkConfig {
    let credentials = Credentials::new("local", "local", None, None, "local");
    SdkConfig::builder()
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new("eu-central-1"))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .endpoint_url(endpoint_url)
        .http_client(Builder::new().build_http())
        .retry_config(retries())
        .build()
}

fn retries() -> RetryConfig {
    RetryConfig::standard().with_max_attempts(3)
}

/// A silent database is given up well within a function's fifteen seconds.
fn timeouts() -> TimeoutConfig {
    TimeoutConfig::builder()
        .connect_timeout(Duration::from_secs(2))
        .operation_attempt_timeout(Duration::from_secs(2))
        .operation_timeout(Duration::from_secs(6))
        .build()
}
