//! What every event that is published says.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What every event says. Ids alone: who wants to know more asks the API, as whom they may.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Told {
    /// The event's id: the same however often it is delivered, so that a repetition is known by it.
    pub id: String,
    /// The journal entry that it tells of. Several events may tell of one entry.
    pub entry_id: String,
    /// When it happened, in RFC 3339.
    #[schemars(extend("format" = "date-time"))]
    pub at: String,
    /// The business.
    pub business_id: String,
    /// Who did it.
    pub actor: Actor,
    /// What made it happen, such as the id of a request.
    pub cause: String,
    /// The customer concerned.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_id: Option<String>,
    /// Where it stands among the events of one package or opportunity.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sequence: Option<Sequence>,
}

/// Who did something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Actor {
    /// The subject of their token; a customer's own id; `carnet` for this system itself.
    pub id: String,
    /// The part they play.
    pub role: Role,
}

/// The part that somebody plays in a business.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Role {
    /// Runs it.
    Owner,
    /// Serves customers.
    Staff,
    /// Sells.
    Sales,
    /// Another system, or this one.
    Machine,
    /// A customer, for themselves.
    Customer,
}

/// Where an event stands among those of one package or opportunity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Sequence {
    /// The package or opportunity.
    pub of: String,
    /// Its version after what happened: it grows, and not every number is told of. Events of one entry
    /// have the same.
    pub number: u64,
}

/// A type for an event that is published: what every event says, and its own fields.
macro_rules! told {
    ($(#[$doc:meta])* $name:ident v $version:literal { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        pub struct $name {
            /// The version of this contract.
            pub version: crate::Version<$version>,
            /// What every event says.
            #[serde(flatten)]
            pub told: crate::out::Told,
            $($(#[$field_doc])* pub $field: $type,)*
        }

        impl crate::Contract for $name {
            const DETAIL_TYPE: &'static str = stringify!($name);
            const VERSION: u32 = $version;
        }
    };
}

pub(super) use told;
