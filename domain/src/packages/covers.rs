//! What a pool pays for.

use serde::{Deserialize, Serialize};

use crate::{Name, ServiceId};

/// Which services a pool pays for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Covers {
    /// Every service there is or will be.
    Any,
    /// These.
    Services(Vec<Cover>),
}

/// A covered service, as it was called when the terms were written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cover {
    /// The service.
    pub service: ServiceId,
    /// Its name then.
    pub name: Name,
    /// Visits that one redemption takes; 1 where the pool counts money.
    pub units: u32,
}

impl Covers {
    /// How wide the cover is, for preferring the narrowest.
    pub fn width(&self) -> usize {
        match self {
            Covers::Any => usize::MAX,
            Covers::Services(covers) => covers.len(),
        }
    }

    /// The services that are named; none where any is covered.
    pub fn named(&self) -> impl Iterator<Item = ServiceId> {
        let named: &[Cover] = match self {
            Covers::Any => &[],
            Covers::Services(covers) => covers,
        };
        named.iter().map(|cover| cover.service)
    }

    /// Visits that one redemption of `service` takes, if it is covered.
    pub fn units_for(&self, service: ServiceId) -> Option<u32> {
        match self {
            Covers::Any => Some(1),
            Covers::Services(covers) => covers
                .iter()
                .find(|cover| cover.service == service)
                .map(|cover| cover.units),
        }
    }
}
