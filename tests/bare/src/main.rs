//! A bare function: the runtime, the SDK on the same TLS as Carnet's but with its own patience, and one put of an item of half a
//! kilobyte into the table that `CARNET_TABLE` names. With `BARE_OPENS` it opens its connection while it
//! starts, as Carnet's functions do.

use aws_config::BehaviorVersion;
use aws_sdk_dynamodb::Client;
use aws_sdk_dynamodb::types::AttributeValue;
use aws_smithy_http_client::{Builder, tls};
use lambda_runtime::{Error, LambdaEvent, service_fn};
use serde_json::{Value, json};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let table = std::env::var("CARNET_TABLE")?;
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    let config = aws_config::defaults(BehaviorVersion::latest())
        .http_client(Builder::new().tls_provider(ring).build_https())
        .load()
        .await;
    let client = Client::new(&config);
    if std::env::var_os("BARE_OPENS").is_some() {
        let get = client.get_item().table_name(&table);
        let get = get.key("PK", text("OPEN")).key("SK", text("OPEN"));
        // Whether there is such an item is of no matter.
        let _ = get.send().await;
    }
    lambda_runtime::run(service_fn(|event: LambdaEvent<Value>| {
        put(&client, &table, event)
    }))
    .await
}

async fn put(client: &Client, table: &str, event: LambdaEvent<Value>) -> Result<Value, Error> {
    let id = event.context.request_id;
    let put = client.put_item().table_name(table);
    let put = put
        .item("PK", text("BARE"))
        .item("SK", text(&id))
        .item("words", text(&"word ".repeat(100)));
    put.send().await?;
    Ok(json!({"statusCode": 201, "body": id}))
}

fn text(text: &str) -> AttributeValue {
    AttributeValue::S(text.to_owned())
}
