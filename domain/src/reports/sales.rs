//! What was sold, and by whom.

use std::collections::BTreeMap;

use super::row::{add, sum};
use super::{Figure, Row, Rows, Seller, Sums};
use crate::{Currency, TemplateId};

/// Sales of a template or a seller, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sales<K> {
    /// Of what, or by whom.
    pub of: K,
    /// The currency.
    pub currency: Currency,
    /// How many packages were sold.
    pub sold_count: i128,
    /// For how much, in minor units.
    pub sold: i128,
    /// How many packages were voided.
    pub voided_count: i128,
    /// How much was taken back by that, in minor units.
    pub voided: i128,
}

/// Sales by template; none stands for what was put together for a customer.
pub fn sales_by_template(rows: &Rows) -> Vec<Sales<Option<TemplateId>>> {
    sales(rows, |row| match row {
        Row::Template(_, template, currency) => Some((*template, *currency)),
        Row::Ledger(..) | Row::Seller(..) | Row::Cohort(..) | Row::Usage(..) | Row::Pipeline(_) => {
            None
        }
    })
}

/// Sales by who made them.
pub fn sales_by_seller(rows: &Rows) -> Vec<Sales<Seller>> {
    sales(rows, |row| match row {
        Row::Seller(_, seller, currency) => Some((seller.clone(), *currency)),
        Row::Ledger(..)
        | Row::Template(..)
        | Row::Cohort(..)
        | Row::Usage(..)
        | Row::Pipeline(_) => None,
    })
}

fn sales<K: Ord>(rows: &Rows, key: impl Fn(&Row) -> Option<(K, Currency)>) -> Vec<Sales<K>> {
    let mut lines = BTreeMap::<(K, Currency), Sums>::new();
    for (row, sums) in rows.iter() {
        if let Some(key) = key(row) {
            add(lines.entry(key).or_default(), sums);
        }
    }
    let lines = lines.into_iter();
    lines
        .map(|((of, currency), sums)| Sales {
            of,
            currency,
            sold_count: sum(&sums, Figure::SoldCount),
            sold: sum(&sums, Figure::Sold),
            voided_count: sum(&sums, Figure::VoidedCount),
            voided: sum(&sums, Figure::Voided),
        })
        .collect()
}
