//! The DynamoDB client: of a function on Lambda, of whoever works with the account, or at a given address.

use std::time::Duration;

use aws_config::environment::EnvironmentVariableCredentialsProvider;
use aws_config::retry::RetryConfig;
use aws_config::timeout::TimeoutConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::config::{Credentials, SharedCredentialsProvider};
use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::http::SharedHttpClient;

/// The client of a Lambda function.
///
/// # Errors
/// When the environment has no region.
pub fn of_function() -> Result<Client, &'static str> {
    Ok(Client::new(&config_of_function("DYNAMODB")?))
}

/// What every client of a Lambda function has in common. Lambda puts region and credentials into its
/// environment, so that it looks nowhere else, and starts without what would. Where the service is may be there
/// too, as all SDKs read it: for this service, by its name in capitals, or for all.
pub(crate) fn config_of_function(service: &str) -> Result<SdkConfig, &'static str> {
    let region = std::env::var("AWS_REGION").map_err(|_| "AWS_REGION is not set")?;
    let credentials = EnvironmentVariableCredentialsProvider::new();
    let mut config = SdkConfig::builder();
    let endpoint = format!("AWS_ENDPOINT_URL_{service}");
    let endpoints = [endpoint.as_str(), "AWS_ENDPOINT_URL"];
    let mut endpoints = endpoints.iter().filter_map(|name| std::env::var(name).ok());
    config.set_endpoint_url(endpoints.find(|endpoint| !endpoint.is_empty()));
    config.set_use_fips(switched_on("AWS_USE_FIPS_ENDPOINT"));
    config.set_use_dual_stack(switched_on("AWS_USE_DUALSTACK_ENDPOINT"));
    let config = config
        .behavior_version(BehaviorVersion::latest())
        .region(Region::new(region))
        .credentials_provider(SharedCredentialsProvider::new(credentials))
        .http_client(https())
        .retry_config(retries())
        .timeout_config(timeouts());
    Ok(config.build())
}

fn switched_on(name: &str) -> Option<bool> {
    std::env::var(name).ok()?.to_ascii_lowercase().parse().ok()
}

/// The client of someone who works with the account: region and credentials from wherever the SDK
/// looks for them.
pub async fn from_env() -> Client {
    Client::new(&config_from_env().await)
}

/// What every client of them has in common.
pub(crate) async fn config_from_env() -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .http_client(https())
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

fn https() -> SharedHttpClient {
    // Ring makes the first TLS request ten times cheaper than the default provider.
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    Builder::new().tls_provider(ring).build_https()
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
