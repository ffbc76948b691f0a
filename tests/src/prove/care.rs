//! What is done for a package.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::harness::lira;

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Care {
    Adjust(i64),
    TopUp(u64),
    Void,
}

impl Care {
    /// What it is called in the summary.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Care::Adjust(_) => "adjust",
            Care::TopUp(_) => "top up",
            Care::Void => "void",
        }
    }

    /// The end of its path, and its body.
    pub(super) fn request(&self) -> (&'static str, Value) {
        match self {
            Care::Adjust(units) => {
                let body = json!({"units": units, "reason": "correction"});
                ("adjustments", body)
            }
            Care::TopUp(units) => {
                let pools = json!([{"pool": 0, "units": units}]);
                let body = json!({"pools": pools, "price": lira(1_000)});
                ("top-ups", body)
            }
            Care::Void => ("void", json!({"reason": "mistake"})),
        }
    }
}

/// Something.
pub(super) fn care() -> impl Strategy<Value = Care> {
    prop_oneof![
        3 => prop_oneof![-4i64..0, 1i64..4].prop_map(Care::Adjust),
        1 => (1u64..3).prop_map(Care::TopUp),
        1 => Just(Care::Void),
    ]
}
