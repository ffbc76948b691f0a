//! What is asked of the database, in the words of a role's policy.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use aws_sdk_dynamodb::Client;
use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::BeforeTransmitInterceptorContextRef;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::ConfigBag;
use serde_json::Value;

/// An action, such as `dynamodb:Query`, and the index it is done on; none is the table.
pub(crate) type Need = (String, Option<String>);

/// Notes every action that passes.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recorder(Arc<Mutex<BTreeSet<Need>>>);

impl Recorder {
    /// The client with everything it asks for noted.
    pub(crate) fn between(&self, client: &Client) -> Client {
        let config = client.config().to_builder();
        Client::from_conf(config.interceptor(self.clone()).build())
    }

    /// Everything that was asked for.
    pub(crate) fn needs(&self) -> BTreeSet<Need> {
        self.0.lock().unwrap().clone()
    }
}

impl Intercept for Recorder {
    fn name(&self) -> &'static str {
        "recorder"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request();
        let target = request.headers().get("x-amz-target").unwrap_or_default();
        let operation = target.rsplit('.').next().unwrap_or_default();
        let body: Value = serde_json::from_slice(request.body().bytes().unwrap_or_default())?;
        let index = body["IndexName"].as_str().map(str::to_owned);
        let mut needs = self.0.lock().unwrap();
        match operation {
            // A transaction needs the action of each of its parts.
            "TransactWriteItems" => {
                let parts = body["TransactItems"].as_array().into_iter().flatten();
                let kinds = parts.filter_map(|part| part.as_object()?.keys().next());
                needs.extend(kinds.map(|kind| (action_of(kind), None)));
            }
            operation => drop(needs.insert((format!("dynamodb:{operation}"), index))),
        }
        Ok(())
    }
}

fn action_of(part: &str) -> String {
    match part {
        "ConditionCheck" => "dynamodb:ConditionCheckItem".to_owned(),
        part => format!("dynamodb:{part}Item"),
    }
}
