//! What a function is called with: as Lambda calls it, or in this process.

use aws_lambda_events::dynamodb::Event;
use functions::{BUS_FUNCTIONS, STREAM_FUNCTIONS};
use local::Claims;
use serde_json::{Value, json};

use super::Failed;
use super::request::{Request, of_lambda};
use super::shop::Shop;

/// One call of a function.
pub(super) enum Call {
    /// A request of the business's owner.
    Request(Request),
    /// An event of the bus.
    Bus(Value),
    /// Records of the stream, for the function of this name.
    Stream(&'static str, Event),
    /// What a timer calls.
    Timer,
}

impl Call {
    /// The event as Lambda gives it.
    pub(super) fn event(&self, claims: &Claims) -> Result<String, Failed> {
        Ok(match self {
            Self::Request(request) => request.event(claims)?,
            Self::Bus(event) => event.to_string(),
            Self::Stream(_, event) => serde_json::to_string(event)?,
            Self::Timer => json!({}).to_string(),
        })
    }

    /// Whether this is the answer of a function that has done it all.
    pub(super) fn answered(&self, answer: &Value) -> Result<(), Failed> {
        match self {
            Self::Request(request) => of_lambda(answer, request).map(drop),
            Self::Stream(..) if answer["batchItemFailures"] != json!([]) => {
                Err(format!("records failed: {answer}").into())
            }
            Self::Stream(..) | Self::Bus(_) | Self::Timer => Ok(()),
        }
    }

    /// Has it done by the functions in this process.
    pub(super) async fn made(&self, shop: &Shop) -> Result<(), Failed> {
        match self {
            Self::Request(request) => shop.send(request).await.map(drop),
            Self::Bus(event) => {
                let [function] = BUS_FUNCTIONS;
                let taken = function.call(&shop.app, event.clone()).await;
                taken.map_err(|rejected| rejected.to_string().into())
            }
            Self::Stream(name, event) => {
                let mut functions = STREAM_FUNCTIONS.into_iter();
                let function = functions.find(|function| function.name == *name);
                let function = function.ok_or("no such function")?;
                let answer = function.call(&shop.app, event.clone()).await;
                let answer = answer.map_err(|failed| failed.fault.to_string())?;
                self.answered(&serde_json::to_value(answer)?)?;
                match function.publishes && shop.on_bus.last().is_empty() {
                    true => Err("nothing was published".into()),
                    false => Ok(()),
                }
            }
            Self::Timer => Ok(()),
        }
    }
}
