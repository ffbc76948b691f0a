//! What a late cancellation or a no-show costs, as clients send and see it.

use std::borrow::Cow;

use domain::Object;
use domain::bookings::Penalty;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::RefOr;
use utoipa::openapi::schema::{ObjectBuilder, OneOfBuilder, Schema, Type};
use utoipa::{PartialSchema, ToSchema};

/// `"release"`, `"forfeit"`, or `{"forfeit_percent": 50}`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(
    untagged,
    expecting = "a penalty is \"release\", \"forfeit\" or {\"forfeit_percent\": 50}"
)]
pub enum PenaltyField {
    /// All or nothing.
    Word(PenaltyWord),
    /// A part.
    #[serde(deserialize_with = "part")]
    Part(PenaltyPart),
}

/// All or nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PenaltyWord {
    /// The units go back.
    Release,
    /// They are lost.
    Forfeit,
}

/// A part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PenaltyPart {
    /// How much is lost of what is drawn of a pool, from 1 to 99; rounded to the nearest whole unit, half a
    /// unit up.
    pub forfeit_percent: u8,
}

/// An object, not a list of its values.
fn part<'de, D: Deserializer<'de>>(deserializer: D) -> Result<PenaltyPart, D::Error> {
    Object::deserialize(deserializer).map(|Object(part)| part)
}

impl Default for PenaltyField {
    fn default() -> Self {
        Penalty::default().into()
    }
}

impl From<Penalty> for PenaltyField {
    fn from(penalty: Penalty) -> Self {
        match penalty {
            Penalty::Release => Self::Word(PenaltyWord::Release),
            Penalty::Forfeit => Self::Word(PenaltyWord::Forfeit),
            Penalty::ForfeitPercent(forfeit_percent) => Self::Part(PenaltyPart { forfeit_percent }),
        }
    }
}

impl From<PenaltyField> for Penalty {
    fn from(field: PenaltyField) -> Self {
        match field {
            PenaltyField::Word(PenaltyWord::Release) => Penalty::Release,
            PenaltyField::Word(PenaltyWord::Forfeit) => Penalty::Forfeit,
            PenaltyField::Part(part) => Penalty::ForfeitPercent(part.forfeit_percent),
        }
    }
}

impl PartialSchema for PenaltyField {
    fn schema() -> RefOr<Schema> {
        let word = ObjectBuilder::new()
            .schema_type(Type::String)
            .enum_values(Some(["release", "forfeit"]));
        let percent = ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1.0))
            .maximum(Some(99.0));
        let part = ObjectBuilder::new()
            .property("forfeit_percent", percent)
            .required("forfeit_percent");
        OneOfBuilder::new()
            .item(word)
            .item(part)
            .description(Some(
                "`release` gives the units back, `forfeit` keeps them, a percentage keeps that part",
            ))
            .into()
    }
}

impl ToSchema for PenaltyField {
    fn name() -> Cow<'static, str> {
        "Penalty".into()
    }
}
