//! What was done and what came of it.

use std::collections::BTreeMap;
use std::fmt;

use super::asked::ask::NAMES;
use super::refusals::REFUSALS;
use crate::harness::Trouble::{
    Broken, BrokenLate, Conflict, Exceeded, InProgress, LostAnswer, LostRequest, Silence,
    SilenceLate, Throttled,
};
use crate::harness::{Answer, Trouble};

/// The kinds of trouble that come; silence that nobody ends is for tests that can wait.
pub(super) const KINDS: [Trouble; 10] = [
    Conflict,
    InProgress,
    Throttled,
    Exceeded,
    Broken,
    BrokenLate,
    LostRequest,
    LostAnswer,
    Silence,
    SilenceLate,
];

/// Of fewer operations not every kind of trouble is to be expected, nor of requests; the rarest refusals come
/// once in ten thousand.
const FEW: u64 = 10_000;
const MANY: u64 = 100_000;

/// Counts of a proof.
#[derive(Debug, Clone, Default)]
pub(super) struct Summary {
    pub(super) histories: u64,
    /// Histories that went otherwise than the model says.
    pub(super) violations: u64,
    pub(super) waited: u64,
    /// How often what was due was done.
    pub(super) due: u64,
    /// What was due and was done beside clients.
    pub(super) fell_due: u64,
    /// Pieces in which the stream told what it had to tell.
    pub(super) pieces: u64,
    /// How often who follows the stream was killed, and transactions of theirs that met trouble.
    pub(super) told_again: u64,
    pub(super) told_amid_trouble: u64,
    /// Requests that were sent once more.
    pub(super) again: u64,
    /// Groups of requests that were sent at once.
    pub(super) at_once: u64,
    /// Requests in such groups that are the same as one under way.
    pub(super) copies: u64,
    /// Looks at a package by clients in such groups.
    pub(super) looks: u64,
    /// Requests after such groups that find out which of several resolved a booking.
    pub(super) found_out: u64,
    /// Requests that such a group had under way when it was killed.
    pub(super) asked_again: u64,
    /// Handlers that were killed.
    pub(super) killed: u64,
    /// Reads that were answered as they were before.
    pub(super) stale: u64,
    /// Handlers that got into trouble at a request of any kind.
    pub(super) of_any: u64,
    /// Handlers whose clock was behind.
    pub(super) behind: u64,
    /// Visits that were drawn on passes, and instalments that were told to be due or overdue.
    pub(super) visits: u64,
    pub(super) instalments: u64,
    /// Requests by what they ask for and whether they were carried out, known again or refused.
    operations: BTreeMap<(&'static str, &'static str), u64>,
    refusals: BTreeMap<String, u64>,
    trouble: BTreeMap<String, u64>,
}

impl Summary {
    pub(super) fn operations(&self) -> u64 {
        self.operations.values().sum()
    }

    pub(super) fn answered(&mut self, asked: &'static str, answer: &Answer) {
        let came_of_it = match (answer.status, answer.replayed) {
            (200..300, false) => "done",
            (200..300, true) => "known",
            _ => "refused",
        };
        assert!(NAMES.contains(&asked), "{asked}");
        *self.operations.entry((asked, came_of_it)).or_default() += 1;
        if came_of_it == "refused" {
            let code = answer.body["code"].as_str().unwrap_or("no code");
            *self.refusals.entry(code.to_owned()).or_default() += 1;
        }
    }

    pub(super) fn troubled(&mut self, trouble: &[Trouble]) {
        for kind in trouble {
            *self.trouble.entry(format!("{kind:?}")).or_default() += 1;
        }
    }

    /// How often any trouble came.
    pub(super) fn all_trouble(&self) -> u64 {
        self.trouble.values().sum()
    }

    /// How often such trouble came.
    pub(super) fn came(&self, kind: Trouble) -> u64 {
        let came = self.trouble.get(&format!("{kind:?}"));
        came.copied().unwrap_or_default()
    }

    /// Whether there was trouble of every sort, and clients were at it at once. Of few operations not every
    /// kind of trouble is to be expected.
    pub(super) fn is_full_of_trouble(&self) -> bool {
        let counts = [
            self.again,
            self.at_once,
            self.copies,
            self.looks,
            self.killed,
            self.due,
            self.pieces,
        ];
        let kinds = KINDS.iter().filter(|kind| self.came(**kind) > 0).count();
        let few = self.operations() < FEW;
        let rare = [
            self.stale,
            self.asked_again,
            self.told_again,
            self.told_amid_trouble,
            self.fell_due,
            self.found_out,
            self.visits,
            self.instalments,
        ];
        let rare = rare.iter().all(|count| *count > 0);
        (rare || few)
            && counts.iter().all(|count| *count > 0)
            && (kinds == KINDS.len() || few && kinds > 0)
    }

    /// The kinds of requests of which none was done, and the refusals that nobody was told. Of few operations
    /// not all are to be expected: not each kind of fewer than 10,000, not each refusal of fewer than 100,000.
    pub(super) fn missing(&self) -> Vec<&'static str> {
        let never_done = NAMES.into_iter().filter(|name| {
            let done = self.operations.get(&(*name, "done"));
            done.is_none() && self.operations() >= FEW
        });
        let never_told = REFUSALS
            .into_iter()
            .filter(|code| !self.refusals.contains_key(*code) && self.operations() >= MANY);
        never_done.chain(never_told).collect()
    }

    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        fn add<K: Ord>(all: &mut BTreeMap<K, u64>, more: BTreeMap<K, u64>) {
            for (key, count) in more {
                *all.entry(key).or_default() += count;
            }
        }
        self.histories += other.histories;
        self.violations += other.violations;
        self.waited += other.waited;
        self.due += other.due;
        self.fell_due += other.fell_due;
        self.pieces += other.pieces;
        self.told_again += other.told_again;
        self.told_amid_trouble += other.told_amid_trouble;
        self.asked_again += other.asked_again;
        self.again += other.again;
        self.at_once += other.at_once;
        self.copies += other.copies;
        self.looks += other.looks;
        self.found_out += other.found_out;
        self.killed += other.killed;
        self.stale += other.stale;
        self.of_any += other.of_any;
        self.behind += other.behind;
        self.visits += other.visits;
        self.instalments += other.instalments;
        add(&mut self.operations, other.operations);
        add(&mut self.refusals, other.refusals);
        add(&mut self.trouble, other.trouble);
        self
    }
}

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            histories,
            violations,
            waited,
            due,
            fell_due,
            pieces,
            told_again,
            told_amid_trouble,
            asked_again,
            again,
            at_once,
            copies,
            looks,
            found_out,
            killed,
            stale,
            of_any,
            behind,
            visits,
            instalments,
            ..
        } = self;
        writeln!(
            f,
            "{} operations in {histories} histories, {violations} violations",
            self.operations()
        )?;
        writeln!(
            f,
            "{again} sent again, {at_once} groups at once with {copies} copies and {looks} looks, {asked_again} \
             of their requests cut off, {found_out} asked who resolved what, {killed} handlers killed, {of_any} in trouble at any request, {behind} with a clock behind, {stale} stale reads, {waited} waits, {due} \
             times what was due, {fell_due} things beside clients, {pieces} pieces of the stream, {told_again} told again as who follows it was killed, \
             {told_amid_trouble} of their transactions in trouble, {visits} visits on passes, {instalments} instalments told"
        )?;
        for ((asked, came_of_it), count) in &self.operations {
            writeln!(f, "  {asked:<12} {came_of_it:<8} {count:>9}")?;
        }
        writeln!(f, "refusals")?;
        for (code, count) in &self.refusals {
            writeln!(f, "  {code:<28} {count:>9}")?;
        }
        writeln!(f, "trouble on the way to the database")?;
        for (kind, count) in &self.trouble {
            writeln!(f, "  {kind:<28} {count:>9}")?;
        }
        Ok(())
    }
}
