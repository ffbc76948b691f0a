//! How much of what was granted is used.

use std::collections::BTreeMap;

use super::row::{add, sum};
use super::{Counted, Figure, Row, Rows, Share, Sums};
use crate::TemplateId;

/// How much of what was granted was used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Usage {
    /// Of packages of this template; none for what was put together for a customer.
    pub template: Option<TemplateId>,
    /// What is counted.
    pub counted: Counted,
    /// Units used, of units granted.
    pub used: Share,
}

/// By template and kind of unit, over all months of sale in `rows`.
pub fn usage(rows: &Rows) -> Vec<Usage> {
    let mut lines = BTreeMap::<(Option<TemplateId>, Counted), Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Usage(_, template, counted) = row {
            add(lines.entry((*template, *counted)).or_default(), sums);
        }
    }
    let lines = lines.into_iter();
    lines
        .map(|((template, counted), sums)| Usage {
            template,
            counted,
            used: Share {
                numerator: sum(&sums, Figure::Captured),
                denominator: sum(&sums, Figure::Granted),
            },
        })
        .collect()
}
