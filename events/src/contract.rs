//! What makes a type a contract, and the list of them.

use schemars::{JsonSchema, generate::SchemaSettings};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The `detail` of an event of one version. Adding an optional field is compatible; everything else that
/// another system could notice is another version, with a type of its own beside this one.
pub trait Contract: Serialize + DeserializeOwned + JsonSchema {
    /// The event's `detail-type`.
    const DETAIL_TYPE: &'static str;
    /// The number in the detail's `version`.
    const VERSION: u32;
}

/// Whether an event is published here, or by other systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Published here.
    Out,
    /// Taken from other systems.
    In,
}

impl Direction {
    /// The folder of its schemas and examples.
    pub fn folder(self) -> &'static str {
        match self {
            Direction::Out => "out",
            Direction::In => "in",
        }
    }
}

/// A contract in the list of all.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    /// Who publishes it.
    pub direction: Direction,
    /// See [`Contract::DETAIL_TYPE`].
    pub detail_type: &'static str,
    /// See [`Contract::VERSION`].
    pub version: u32,
    /// The JSON Schema of its detail.
    pub schema: fn() -> Value,
    /// Reads a detail into its type and writes it again.
    pub through: fn(Value) -> Result<Value, serde_json::Error>,
}

impl Listed {
    /// `C` among what goes in or out.
    pub const fn of<C: Contract>(direction: Direction) -> Self {
        Self {
            direction,
            detail_type: C::DETAIL_TYPE,
            version: C::VERSION,
            schema: schema::<C>,
            through: through::<C>,
        }
    }

    /// The name of its schema's and its example's file.
    pub fn file(&self) -> String {
        let folder = self.direction.folder();
        format!("{folder}/{}.v{}.json", self.detail_type, self.version)
    }
}

/// Every contract.
pub fn listed() -> impl Iterator<Item = &'static Listed> {
    crate::out::ALL.iter().chain(crate::inbound::ALL)
}

fn schema<C: Contract>() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<C>();
    schema.insert("title".to_owned(), C::DETAIL_TYPE.into());
    schema.to_value()
}

fn through<C: Contract>(detail: Value) -> Result<Value, serde_json::Error> {
    serde_json::to_value(serde_json::from_value::<C>(detail)?)
}
