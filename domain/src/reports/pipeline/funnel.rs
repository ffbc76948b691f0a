//! How opportunities go from stage to stage.

use super::row::sum;
use super::{PipelineFigure, PipelineRow};
use crate::SchemeId;
use crate::pipeline::{Outcome, Phase, StageScheme};
use crate::reports::row::add;
use crate::reports::{Figure, Row, Rows, Share, Sums};

/// How opportunities came into a stage and left it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FunnelLine {
    /// The scheme.
    pub scheme: SchemeId,
    /// The number of the stage.
    pub stage: u16,
    /// Opened in it, moved into it, reopened in it.
    pub entered: i128,
    /// Of these, those that were reopened.
    pub reopened: i128,
    /// Went past it on the way to a later stage: not among those that entered.
    pub skipped: i128,
    /// Left it for a later stage.
    pub moved_on: i128,
    /// Left it for an earlier stage.
    pub moved_back: i128,
    /// Won in it.
    pub won: i128,
    /// Lost in it.
    pub lost: i128,
    /// Abandoned in it.
    pub abandoned: i128,
    /// Seconds in it, of all that left it.
    pub seconds: i128,
}

impl FunnelLine {
    /// All that left the stage.
    pub fn left(&self) -> i128 {
        self.moved_on + self.moved_back + self.won + self.lost + self.abandoned
    }

    /// Moved on or won, of all that left.
    pub fn conversion(&self) -> Share {
        Share {
            numerator: self.moved_on + self.won,
            denominator: self.left(),
        }
    }

    /// Mean seconds in the stage, rounded; none where nothing left it.
    pub fn mean_seconds(&self) -> Option<i128> {
        let left = self.left();
        let rounded = (2 * self.seconds + left).div_euclid((2 * left).max(1));
        Some(rounded).filter(|_| left > 0)
    }
}

/// By scheme and stage, in the order that the schemes have now; archived stages come last.
pub fn funnel(rows: &Rows, schemes: &[StageScheme]) -> Vec<FunnelLine> {
    schemes
        .iter()
        .flat_map(|scheme| of_scheme(rows, scheme))
        .collect()
}

fn of_scheme(rows: &Rows, scheme: &StageScheme) -> Vec<FunnelLine> {
    let mut lines: Vec<FunnelLine> = Vec::new();
    let stages: Vec<(u16, Sums)> = scheme
        .stages
        .iter()
        .map(|stage| (stage.number, sums_of(rows, scheme.id, stage.number)))
        .collect();
    for (place, stage) in scheme.stages.iter().enumerate() {
        let own = &stages[place].1;
        let delivery = stage.terms.phase == Phase::PostWin;
        // What was won has left the stages before the win by that.
        let moves = moves(own).filter(|(won, _, _)| *won == delivery);
        let (mut moved_on, mut moved_back) = (0, 0);
        for (_, to, count) in moves {
            match Way::between(scheme, stage.number, to) {
                Way::On => moved_on += count,
                Way::Back => moved_back += count,
            }
        }
        let came = stages.iter().flat_map(|(_, sums)| moves_of(sums));
        let came = came.filter(|(to, _)| *to == stage.number);
        let reopened = sum(own, PipelineFigure::ReopenedIn);
        let opened = sum(own, PipelineFigure::OpenedIn);
        let closed = |outcome| sum(own, PipelineFigure::ClosedFrom(outcome));
        lines.push(FunnelLine {
            scheme: scheme.id,
            stage: stage.number,
            entered: opened + reopened + came.map(|(_, count)| count).sum::<i128>(),
            reopened,
            skipped: skipped(scheme, &stages, stage.number),
            moved_on,
            moved_back,
            won: closed(Outcome::Won),
            lost: closed(Outcome::Lost),
            abandoned: closed(Outcome::Abandoned),
            seconds: sum(
                own,
                match delivery {
                    true => PipelineFigure::StayedWon,
                    false => PipelineFigure::Stayed,
                },
            ),
        });
    }
    lines
}

/// Which way a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    On,
    Back,
}

impl Way {
    /// By the order of the scheme; where one of the two is archived and has no place in it any more, by
    /// their numbers, which is the order in which they were made.
    fn between(scheme: &StageScheme, from: u16, to: u16) -> Self {
        let on = match place(scheme, from).zip(place(scheme, to)) {
            Some((from, to)) => from < to,
            None => from < to,
        };
        if on { Way::On } else { Way::Back }
    }
}

/// How many went past a stage: opened in a later one before the win, or moved from before it to after
/// it. What is won goes from any stage to any after the win, and skips only among these.
fn skipped(scheme: &StageScheme, stages: &[(u16, Sums)], number: u16) -> i128 {
    let Some(here) = place(scheme, number) else {
        return 0;
    };
    let phase = scheme.stage(number).map(|stage| stage.terms.phase);
    let mut skipped = 0;
    for (from, sums) in stages {
        let Some(at) = place(scheme, *from) else {
            continue;
        };
        if at > here && phase == Some(Phase::PreWin) {
            skipped += sum(sums, PipelineFigure::OpenedIn);
        }
        for (won, to, count) in moves(sums) {
            let after = place(scheme, to).is_some_and(|to| here < to);
            let among = won == (phase == Some(Phase::PostWin));
            if at < here && after && among {
                skipped += count;
            }
        }
    }
    skipped
}

/// The place of a stage in use.
fn place(scheme: &StageScheme, number: u16) -> Option<usize> {
    scheme.in_use().position(|stage| stage.number == number)
}

fn sums_of(rows: &Rows, scheme: SchemeId, stage: u16) -> Sums {
    let mut sums = Sums::new();
    for (row, of_row) in rows.iter() {
        if let Row::Pipeline(PipelineRow::Funnel(_, of, number)) = row
            && (*of, *number) == (scheme, stage)
        {
            add(&mut sums, of_row);
        }
    }
    sums
}

/// The moves out of a stage: whether what moved was won, where to, and how many.
fn moves(sums: &Sums) -> impl Iterator<Item = (bool, u16, i128)> {
    sums.iter().filter_map(|(figure, by)| {
        if let Figure::Pipeline(PipelineFigure::MovedTo(to)) = figure {
            return Some((false, *to, *by));
        }
        if let Figure::Pipeline(PipelineFigure::DeliveredTo(to)) = figure {
            return Some((true, *to, *by));
        }
        None
    })
}

fn moves_of(sums: &Sums) -> impl Iterator<Item = (u16, i128)> {
    moves(sums).map(|(_, to, count)| (to, count))
}
