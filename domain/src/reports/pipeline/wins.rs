//! What was decided, why, and with how much effort.

use std::collections::BTreeMap;

use super::row::sum;
use super::{PipelineFigure, PipelineRow, Tally};
use crate::pipeline::{ActivityKind, Outcome};
use crate::reports::row::add;
use crate::reports::{Row, Rows, Share, Sums};
use crate::{Currency, Slug};

/// What was decided, in one currency. What was reopened is taken off on the day on which it was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wins {
    /// The currency; none for the counts of all.
    pub currency: Option<Currency>,
    /// What was won.
    pub won: Tally,
    /// What was lost.
    pub lost: Tally,
    /// What was abandoned.
    pub abandoned: Tally,
    /// Days from the opening to the win, of all that was won.
    pub won_days: i128,
}

/// Why something was decided so, in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReasonLine {
    /// How.
    pub outcome: Outcome,
    /// Why.
    pub reason: Slug,
    /// The currency.
    pub currency: Currency,
    /// What was decided so for this reason.
    pub tally: Tally,
}

/// Activities done for what was decided so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EffortLine {
    /// How.
    pub outcome: Outcome,
    /// How many opportunities.
    pub closed: i128,
    /// Tasks.
    pub tasks: i128,
    /// Notes.
    pub notes: i128,
    /// Calls.
    pub calls: i128,
    /// Meetings.
    pub meetings: i128,
}

impl Wins {
    /// Won of won and lost, by count. What is undecided or was abandoned is in neither.
    pub fn rate_by_count(&self) -> Share {
        Share {
            numerator: self.won.count,
            denominator: self.won.count + self.lost.count,
        }
    }

    /// Won of won and lost, by value; none for several currencies.
    pub fn rate_by_value(&self) -> Option<Share> {
        self.currency.map(|_| Share {
            numerator: self.won.value,
            denominator: self.won.value + self.lost.value,
        })
    }

    /// The mean value of what was won, in minor units, rounded; none of nothing.
    pub fn mean_value(&self) -> Option<i128> {
        let of = self.currency.map(|_| self.won.count)?;
        divided(self.won.value, of)
    }

    /// The mean days from the opening to the win, in hundredths, rounded; none of nothing.
    pub fn mean_days_hundredths(&self) -> Option<i128> {
        divided(self.won_days * 100, self.won.count)
    }

    /// The sales velocity equation, opportunities × mean value × win rate ÷ mean days, in minor units a
    /// day: of those that were won or lost, computed from the sums and rounded once. None where nothing
    /// was won, or all on the day it was opened, or more was reopened than decided.
    pub fn velocity(&self) -> Option<i128> {
        let value = self.currency.map(|_| self.won.value)?;
        if self.won.count <= 0 || self.lost.count < 0 {
            return None;
        }
        // decided × (value ÷ won) × (won ÷ decided) ÷ (days ÷ won): how many were decided cancels out.
        divided(value * self.won.count, self.won_days)
    }
}

impl EffortLine {
    /// So many activities for each of the opportunities, in hundredths, rounded; none of nothing.
    pub fn per_opportunity_hundredths(&self, done: i128) -> Option<i128> {
        divided(done * 100, self.closed)
    }
}

/// One line per currency; before them, one with the counts of all.
pub fn wins(rows: &Rows) -> Vec<Wins> {
    let mut lines = BTreeMap::<Option<Currency>, Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Pipeline(PipelineRow::Outcome(_, currency)) = row {
            add(lines.entry(None).or_default(), sums);
            add(lines.entry(Some(*currency)).or_default(), sums);
        }
    }
    let lines = lines.into_iter().map(|(currency, sums)| {
        let closed = |outcome| {
            let tally = Tally::of(&sums, |measure| PipelineFigure::Closed(outcome, measure));
            Tally {
                // Two currencies are never added.
                value: currency.map_or(0, |_| tally.value),
                ..tally
            }
        };
        Wins {
            currency,
            won: closed(Outcome::Won),
            lost: closed(Outcome::Lost),
            abandoned: closed(Outcome::Abandoned),
            won_days: sum(&sums, PipelineFigure::WonDays),
        }
    });
    lines.collect()
}

/// By outcome, reason and currency.
pub fn loss_reasons(rows: &Rows) -> Vec<ReasonLine> {
    let mut lines = BTreeMap::<_, Sums>::new();
    for (row, sums) in rows.iter() {
        if let Row::Pipeline(PipelineRow::Reason(_, currency, outcome, reason)) = row {
            let line = (*outcome, reason.clone(), *currency);
            add(lines.entry(line).or_default(), sums);
        }
    }
    let lines = lines.into_iter();
    let lines = lines.map(|((outcome, reason, currency), sums)| ReasonLine {
        tally: Tally::of(&sums, |measure| PipelineFigure::Closed(outcome, measure)),
        outcome,
        reason,
        currency,
    });
    lines.filter(|line| !line.tally.is_none()).collect()
}

/// By outcome, over all currencies.
pub fn effort(rows: &Rows) -> Vec<EffortLine> {
    let mut sums = Sums::new();
    for (row, of_row) in rows.iter() {
        if matches!(row, Row::Pipeline(PipelineRow::Outcome(..))) {
            add(&mut sums, of_row);
        }
    }
    let lines = [Outcome::Won, Outcome::Lost, Outcome::Abandoned].map(|outcome| {
        let done = |kind| sum(&sums, PipelineFigure::Effort(outcome, kind));
        EffortLine {
            outcome,
            closed: Tally::of(&sums, |measure| PipelineFigure::Closed(outcome, measure)).count,
            tasks: done(ActivityKind::Task),
            notes: done(ActivityKind::Note),
            calls: done(ActivityKind::Call),
            meetings: done(ActivityKind::Meeting),
        }
    });
    lines.into_iter().collect()
}

/// Rounded half up; none of nothing.
fn divided(whole: i128, parts: i128) -> Option<i128> {
    let rounded = (2 * whole + parts).div_euclid((2 * parts).max(1));
    Some(rounded).filter(|_| parts > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn velocity_is_what_is_won_a_day_of_the_mean_cycle_however_much_was_lost() {
        let tally = |count, value| Tally { count, value };
        let mut wins = Wins {
            currency: Currency::try_from("TRY".to_owned()).ok(),
            won: tally(2, 30_000),
            lost: tally(6, 90_000),
            abandoned: tally(1, 5_000),
            won_days: 20,
        };
        // 8 × 150.00 × 2/8 ÷ 10 days
        assert_eq!(wins.velocity(), Some(3_000));
        wins.lost.count = -1;
        assert_eq!(wins.velocity(), None);
        wins.lost.count = 0;
        wins.won_days = 0;
        assert_eq!(wins.velocity(), None);
    }
}
