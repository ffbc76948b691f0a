//! The rows that reports are read from: sums that every entry adds to, in any order.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Month, Period, PipelineFigure, PipelineRow};
use crate::packages::Unit;
use crate::{Actor, ActorId, Currency, Role, TemplateId};

/// Who sold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Seller {
    /// Customers themselves: one line for all of them.
    Customers,
    /// A member of the staff, or another system.
    Account(ActorId),
}

impl Seller {
    /// Who sold, where `actor` acted.
    pub fn of(actor: &Actor) -> Self {
        match actor.role {
            Role::Customer => Seller::Customers,
            Role::Owner | Role::Staff | Role::Sales | Role::Machine => {
                Seller::Account(actor.id.clone())
            }
        }
    }
}

/// What a row adds up: one currency, or one kind of unit, and never two.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    /// What became of the money that is owed, by when it did.
    Ledger(Period, Currency),
    /// Sales of a template, none for what was put together for a customer, by when they were made.
    Template(Period, Option<TemplateId>, Currency),
    /// Sales of a seller, by when they were made.
    Seller(Period, Seller, Currency),
    /// What became of the money of the packages of a template that were sold in a month.
    Cohort(Month, Option<TemplateId>, Currency),
    /// What became of the units of the packages of a template that were sold in a month.
    Usage(Month, Option<TemplateId>, Counted),
    /// Opportunities.
    Pipeline(PipelineRow),
}

/// What is counted; kinds are never added to each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Counted {
    /// Visits.
    Visits,
    /// Minor units of the credit's currency.
    Credit(Currency),
}

impl Counted {
    /// What a pool counts; none where its units are without number, so that no share of them can be
    /// used.
    pub fn of(unit: Unit) -> Option<Self> {
        match unit {
            Unit::Visit => Some(Counted::Visits),
            Unit::Money(currency) => Some(Counted::Credit(currency)),
            Unit::Unlimited => None,
        }
    }
}

/// What is summed in a row. Money in minor units, units as they are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Figure {
    /// In usage: everything that was granted, less what was taken back or went on to other customers.
    Granted,
    /// Granted by a sale.
    Sold,
    /// How many packages were sold.
    SoldCount,
    /// Taken back because the sale was a mistake.
    Voided,
    /// How many packages were voided.
    VoidedCount,
    /// Granted by a top-up.
    ToppedUp,
    /// Granted by a correction, less what corrections took back.
    Adjusted,
    /// Granted by transfers, less what they took away.
    Transferred,
    /// Used, less what was reversed.
    Captured,
    /// Lost to late cancellations and no-shows.
    Forfeited,
    /// Paid back.
    Refunded,
    /// Lost to time.
    Expired,
    /// In a cohort: what ends on a day, whether or not anyone writes that down.
    Ends(NaiveDate),
    /// Of opportunities.
    Pipeline(PipelineFigure),
}

/// Something to be added to a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    /// Where.
    pub row: Row,
    /// To which of its sums.
    pub figure: Figure,
    /// How much.
    pub by: i128,
}

/// The sums of a row.
pub type Sums = BTreeMap<Figure, i128>;

/// A sum; 0 where there is none.
pub(super) fn sum(sums: &Sums, figure: Figure) -> i128 {
    sums.get(&figure).copied().unwrap_or_default()
}

/// Adds each sum to those of `to`.
pub(super) fn add(to: &mut Sums, sums: &Sums) {
    for (figure, by) in sums {
        *to.entry(*figure).or_default() += by;
    }
}

/// Rows with their sums. Sums of zero are none, and rows without sums neither.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rows(BTreeMap<Row, Sums>);

impl Rows {
    /// Adds a posting.
    pub fn add(&mut self, posting: &Posting) {
        let sums = self.0.entry(posting.row.clone()).or_default();
        let sum = sums.entry(posting.figure).or_default();
        *sum += posting.by;
        if *sum == 0 {
            sums.remove(&posting.figure);
        }
        if sums.is_empty() {
            self.0.remove(&posting.row);
        }
    }

    /// Adds what a row has.
    pub fn add_row(&mut self, row: &Row, sums: &Sums) {
        for (figure, by) in sums {
            self.add(&Posting {
                row: row.clone(),
                figure: *figure,
                by: *by,
            });
        }
    }

    /// Every row with its sums, in order.
    pub fn iter(&self) -> impl Iterator<Item = (&Row, &Sums)> {
        self.0.iter()
    }

    /// The sums of a row; none of a row that is not there.
    pub fn sums(&self, row: &Row) -> Sums {
        self.0.get(row).cloned().unwrap_or_default()
    }

    /// How many rows there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl FromIterator<Posting> for Rows {
    fn from_iter<I: IntoIterator<Item = Posting>>(postings: I) -> Self {
        let mut rows = Rows::default();
        for posting in postings {
            rows.add(&posting);
        }
        rows
    }
}
