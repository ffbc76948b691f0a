//! What a bank is asked to collect.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Creditor, EndToEndId, Mandate, MessageId, SepaText};
use crate::{Instant, Money};

/// Where a debit stands among those of its mandate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Sequence {
    /// The first of several.
    First,
    /// One of several; since 2016 banks take it for the first one too.
    Recurring,
    /// The only one; the mandate ends with it.
    OneOff,
    /// The last of several; the mandate ends with it.
    Final,
}

impl Sequence {
    /// Every sequence, in the order of a file.
    pub const ALL: [Sequence; 4] = [
        Sequence::First,
        Sequence::Recurring,
        Sequence::OneOff,
        Sequence::Final,
    ];

    /// The four letters of the scheme.
    pub fn code(self) -> &'static str {
        match self {
            Sequence::First => "FRST",
            Sequence::Recurring => "RCUR",
            Sequence::OneOff => "OOFF",
            Sequence::Final => "FNAL",
        }
    }
}

/// One amount to be collected from one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Debit {
    /// What it is called, to know it again when it is returned.
    pub id: EndToEndId,
    /// How much.
    pub amount: Money,
    /// Who permitted it, and from which account.
    pub mandate: Mandate,
    /// Where it stands among those of its mandate.
    pub sequence: Sequence,
    /// What the customer reads about it.
    pub remittance: SepaText<140>,
}

/// A file that a bank can carry out: made by [`collect`](super::collect) only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CollectionFile {
    pub(super) id: MessageId,
    pub(super) created_at: Instant,
    pub(super) collect_on: NaiveDate,
    pub(super) creditor: Creditor,
    pub(super) debits: Vec<Debit>,
}

/// The debits of one sequence, which banks want together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Batch<'f> {
    /// What it is called: the file's id and the sequence, at most 35 characters.
    pub id: String,
    /// What its debits have in common.
    pub sequence: Sequence,
    /// The debits, as they were given; at least one.
    pub debits: Vec<&'f Debit>,
}

impl CollectionFile {
    /// What the file is called.
    pub fn id(&self) -> &MessageId {
        &self.id
    }

    /// When it was made.
    pub fn created_at(&self) -> Instant {
        self.created_at
    }

    /// The day of the collection: the one asked for, or the next on which banks settle.
    pub fn collect_on(&self) -> NaiveDate {
        self.collect_on
    }

    /// Who collects.
    pub fn creditor(&self) -> &Creditor {
        &self.creditor
    }

    /// Every debit, as they were given; at least one.
    pub fn debits(&self) -> &[Debit] {
        &self.debits
    }

    /// The sum of all debits, in cents.
    pub fn total_cents(&self) -> u64 {
        self.batches().iter().map(Batch::total_cents).sum()
    }

    /// The debits by sequence, those sequences only that there are.
    pub fn batches(&self) -> Vec<Batch<'_>> {
        let batch = |sequence: Sequence| Batch {
            id: format!("{}-{}", self.id, sequence.code()),
            sequence,
            debits: (self.debits.iter())
                .filter(|debit| debit.sequence == sequence)
                .collect(),
        };
        let batches = Sequence::ALL.into_iter().map(batch);
        batches.filter(|batch| !batch.debits.is_empty()).collect()
    }
}

impl Batch<'_> {
    /// The sum of its debits, in cents. A file's limits keep it far from the end of the numbers.
    pub fn total_cents(&self) -> u64 {
        let debits = self.debits.iter();
        debits.map(|debit| debit.amount.amount_minor()).sum()
    }
}
