//! What an opportunity or a quote is about: services and packages, each so many times.

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::prove::asked::command::SERVICES;
use crate::prove::model::terms::{PRICES, TEMPLATES};
use crate::prove::shop::Shop;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Item {
    Service(usize),
    Template(usize),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) item: Item,
    pub(crate) count: u64,
    /// So many per cent are taken off.
    pub(crate) off: Option<u64>,
}

impl Line {
    /// What all of it costs, less the discount.
    pub(crate) fn total(&self) -> u64 {
        let each = match self.item {
            Item::Service(place) => PRICES[place],
            Item::Template(place) => TEMPLATES[place].price,
        };
        let whole = each * self.count;
        whole - (whole * self.off.unwrap_or_default() + 50) / 100
    }

    /// As it is sent.
    pub(crate) fn body(&self, shop: &Shop) -> Value {
        let mut body = json!({"quantity": self.count});
        match self.item {
            Item::Service(place) => body["service_id"] = json!(shop.services[place]),
            Item::Template(place) => body["template_id"] = json!(shop.templates[place]),
        }
        if let Some(off) = self.off {
            body["discount"] = json!({"percent": off});
        }
        body
    }
}

/// What all of them come to.
pub(crate) fn total(lines: &[Line]) -> u64 {
    lines.iter().map(Line::total).sum()
}

/// Up to three of them, so many at least.
pub(crate) fn lines(least: usize) -> impl Strategy<Value = Vec<Line>> {
    let item = prop_oneof![
        1 => (0..SERVICES).prop_map(Item::Service),
        3 => (0..TEMPLATES.len()).prop_map(Item::Template),
    ];
    let off = prop_oneof![2 => Just(None), 1 => Just(Some(10)), 1 => Just(Some(50))];
    let line = (item, 1u64..3, off).prop_map(|(item, count, off)| Line { item, count, off });
    prop::collection::vec(line, least..3)
}
