//! What each representative did, and what they have to decide yet.

use std::collections::BTreeMap;

use super::row::sum;
use super::{PipelineFigure, PipelineRow, Tally};
use crate::pipeline::Outcome;
use crate::reports::row::add;
use crate::reports::{Row, Rows, Sums};
use crate::{ActorId, Currency};

/// A representative, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RepresentativeLine {
    /// Who.
    pub representative: ActorId,
    /// The currency.
    pub currency: Currency,
    /// What was opened, for them.
    pub opened: Tally,
    /// What was won, less what was reopened.
    pub won: Tally,
    /// What was lost, less what was reopened.
    pub lost: Tally,
    /// What was abandoned, less what was reopened.
    pub abandoned: Tally,
    /// What is open at the end of the last day.
    pub pending: Tally,
    /// Activities done about what they answer for.
    pub activities: i128,
}

/// From what happened on some days, `worked`, and what was pending by all days up to the last of them.
pub fn representatives(worked: &Rows, pending: &Rows) -> Vec<RepresentativeLine> {
    let mut lines = BTreeMap::<(ActorId, Currency), (Sums, Sums)>::new();
    for (row, sums) in worked.iter() {
        if let Row::Pipeline(PipelineRow::Worked(_, currency, by)) = row {
            let line = lines.entry((by.clone(), *currency)).or_default();
            add(&mut line.0, sums);
        }
    }
    for (row, sums) in pending.iter() {
        if let Row::Pipeline(PipelineRow::Pending(_, currency, by)) = row {
            let line = lines.entry((by.clone(), *currency)).or_default();
            add(&mut line.1, sums);
        }
    }
    let lines = lines.into_iter();
    let lines = lines.map(|((representative, currency), (worked, pending))| {
        let closed =
            |outcome| Tally::of(&worked, |measure| PipelineFigure::Closed(outcome, measure));
        RepresentativeLine {
            representative,
            currency,
            opened: Tally::of(&worked, PipelineFigure::Opened),
            won: closed(Outcome::Won),
            lost: closed(Outcome::Lost),
            abandoned: closed(Outcome::Abandoned),
            pending: Tally::of(&pending, PipelineFigure::Open),
            activities: sum(&worked, PipelineFigure::Activities),
        }
    });
    lines.filter(did_something).collect()
}

fn did_something(line: &RepresentativeLine) -> bool {
    let tallies = [
        line.opened,
        line.won,
        line.lost,
        line.abandoned,
        line.pending,
    ];
    line.activities != 0 || tallies.into_iter().any(|tally| !tally.is_none())
}
