//! What an entry of an opportunity adds.

use chrono::{Days, NaiveDate};
use chrono_tz::Tz;

use super::{Measure, PipelineFigure, PipelineRow};
use crate::Instant;
use crate::calendar::day_of;
use crate::pipeline::{ActivityKind, Effort, OpportunityChange, Outcome, Position, Status};
use crate::reports::{Figure, Month, Period, Posting, Row, Rows};

const TALLY: [Measure; 2] = [Measure::Count, Measure::Value];
const ALL: [Measure; 3] = [Measure::Count, Measure::Value, Measure::Weighted];

/// What a change that was entered at `at` adds, in the days of `zone`.
pub(in crate::reports) fn postings(
    change: &OpportunityChange,
    at: Instant,
    zone: Tz,
) -> Vec<Posting> {
    let mut ledger = Ledger {
        day: day_of(at, zone),
        at,
        zone,
        sign: 1,
        rows: Rows::default(),
    };
    let (before, after) = (change.before.as_ref(), &change.after);
    // What is done about it after the decision belongs to the decision.
    let closed_still = before.is_some_and(|before| before.status == after.status);
    let effort_on = after.closed_on.filter(|_| closed_still);
    ledger.standing(after);
    ledger.closed(after, effort_on);
    ledger.credit(after);
    if let Some(before) = before {
        ledger.sign = -1;
        ledger.standing(before);
        ledger.closed(before, effort_on);
        // Who won keeps the win when somebody else answers for it later.
        let still_closed = before.status == after.status && after.status.is_closed();
        let credited = match still_closed {
            true => Position {
                representative: after.representative.clone(),
                ..before.clone()
            },
            false => before.clone(),
        };
        ledger.credit(&credited);
        ledger.sign = 1;
    }
    ledger.flows(before, after);
    let rows = ledger.rows.iter();
    rows.flat_map(|(row, sums)| {
        sums.iter().map(|(figure, by)| Posting {
            row: row.clone(),
            figure: *figure,
            by: *by,
        })
    })
    .collect()
}

/// What is added up so far; what is taken off again at once never shows.
struct Ledger {
    day: NaiveDate,
    at: Instant,
    zone: Tz,
    sign: i128,
    rows: Rows,
}

impl Ledger {
    fn add(&mut self, row: PipelineRow, figure: PipelineFigure, by: i128) {
        if by != 0 {
            self.rows.add(&Posting {
                row: Row::Pipeline(row),
                figure: Figure::Pipeline(figure),
                by: self.sign * by,
            });
        }
    }

    /// In the year, the month and the day.
    fn on(
        &mut self,
        day: NaiveDate,
        row: impl Fn(Period) -> PipelineRow,
        figure: PipelineFigure,
        by: i128,
    ) {
        for period in Period::around(day) {
            self.add(row(period), figure, by);
        }
    }

    /// Each of these measures of an opportunity.
    fn each(
        &mut self,
        (day, position): (NaiveDate, &Position),
        row: impl Fn(Period) -> PipelineRow,
        figure: impl Fn(Measure) -> PipelineFigure,
        measures: &[Measure],
    ) {
        for measure in measures {
            self.on(day, &row, figure(*measure), measured(position, *measure));
        }
    }

    /// Where an undecided opportunity stands, from its day on or from when time makes it so.
    fn standing(&mut self, position: &Position) {
        let currency = position.value.currency();
        let (scheme, stage) = (position.scheme, position.stage);
        let in_stage = |at| PipelineRow::Stage(at, scheme, stage, currency);
        let now = (self.day, position);
        match position.status {
            Status::Open => {}
            Status::Suspended => {
                self.each(now, in_stage, PipelineFigure::Suspended, &TALLY);
                return;
            }
            Status::Won | Status::Lost | Status::Abandoned => return,
        }
        self.each(now, in_stage, PipelineFigure::Open, &ALL);
        let representative = &position.representative;
        let pending = |at| PipelineRow::Pending(at, currency, representative.clone());
        self.each(now, pending, PipelineFigure::Open, &TALLY);

        let close_on = position.expected_close_on;
        let on = |day: NaiveDate| (day.max(now.0), position);
        let category = position.forecast;
        let forecast = |measure| PipelineFigure::Forecast(category, measure);
        let overdue = |measure| PipelineFigure::Overdue(category, measure);
        let in_month = |at| PipelineRow::Forecast(at, currency, Month::of(close_on));
        let outlook = |at| PipelineRow::Outlook(at, currency);
        self.each(now, in_month, forecast, &ALL);
        // Once its day has gone by, it is no longer of that month.
        let gone_by = on(later(close_on, 1));
        self.sign = -self.sign;
        self.each(gone_by, in_month, forecast, &ALL);
        self.sign = -self.sign;
        self.each(gone_by, outlook, overdue, &ALL);
        let (week, month) = (on(earlier(close_on, 7)), on(earlier(close_on, 30)));
        self.each(week, outlook, PipelineFigure::WithinWeek, &TALLY);
        self.each(month, outlook, PipelineFigure::WithinMonth, &TALLY);
        if let Some(rots_on) = position.rots_on {
            self.each(on(rots_on), outlook, PipelineFigure::Rotting, &TALLY);
        }
    }

    /// How an opportunity was decided, for as long as it is.
    /// What was done about it counts on the day `effort_on`, or on this one.
    fn closed(&mut self, position: &Position, effort_on: Option<NaiveDate>) {
        let Some(outcome) = outcome(position.status) else {
            return;
        };
        let (currency, day) = (position.value.currency(), self.day);
        let row = |at| PipelineRow::Outcome(at, currency);
        let decided = |measure| PipelineFigure::Closed(outcome, measure);
        self.each((day, position), row, decided, &TALLY);
        for (kind, done) in done(position.effort) {
            let day = effort_on.unwrap_or(day);
            self.on(day, row, PipelineFigure::Effort(outcome, kind), done);
        }
        if let Some(reason) = &position.reason {
            let row = |at| PipelineRow::Reason(at, currency, outcome, reason.clone());
            self.each((day, position), row, decided, &TALLY);
        }
        if let (Outcome::Won, Some(closed_on)) = (outcome, position.closed_on) {
            let days = (closed_on - day_of(position.opened_at, self.zone)).num_days();
            self.on(day, row, PipelineFigure::WonDays, days.max(0).into());
            for measure in TALLY {
                let won = PipelineRow::Won(Month::of(closed_on), currency);
                self.add(won, decided(measure), measured(position, measure));
            }
        }
    }

    /// What a representative has decided.
    fn credit(&mut self, position: &Position) {
        let Some(outcome) = outcome(position.status) else {
            return;
        };
        let currency = position.value.currency();
        let by = &position.representative;
        let row = |at| PipelineRow::Worked(at, currency, by.clone());
        let decided = |measure| PipelineFigure::Closed(outcome, measure);
        self.each((self.day, position), row, decided, &TALLY);
    }

    /// What happened, which is never taken off again.
    fn flows(&mut self, before: Option<&Position>, after: &Position) {
        let (day, currency) = (self.day, after.value.currency());
        let by = &after.representative;
        let worked = |at| PipelineRow::Worked(at, currency, by.clone());
        let Some(before) = before else {
            self.each((day, after), worked, PipelineFigure::Opened, &TALLY);
            self.in_funnel(after, &[(PipelineFigure::OpenedIn, 1)]);
            return;
        };
        let total = |effort| done(effort).into_iter().map(|(_, done)| done).sum::<i128>();
        let activities = total(after.effort) - total(before.effort);
        self.on(day, worked, PipelineFigure::Activities, activities);

        let (from, to) = (before.status.is_closed(), after.status.is_closed());
        let stayed = |until: Instant| (until - before.stage_since).num_seconds().max(0).into();
        let moved = (before.scheme, before.stage) != (after.scheme, after.stage);
        match (outcome(after.status), from) {
            (None, true) => self.in_funnel(after, &[(PipelineFigure::ReopenedIn, 1)]),
            (Some(outcome), false) => {
                let stayed = stayed(self.at);
                let left = PipelineFigure::ClosedFrom(outcome);
                self.in_funnel(before, &[(left, 1), (PipelineFigure::Stayed, stayed)]);
            }
            (None, false) if moved => {
                let (to, stayed) = (after.stage, stayed(after.stage_since));
                let moved = PipelineFigure::MovedTo(to);
                self.in_funnel(before, &[(moved, 1), (PipelineFigure::Stayed, stayed)]);
            }
            (None | Some(_), _) => {}
        }
        if to && moved {
            let since = if from { stayed(after.stage_since) } else { 0 };
            let delivered = PipelineFigure::DeliveredTo(after.stage);
            let figures = [(delivered, 1), (PipelineFigure::StayedWon, since)];
            self.in_funnel(before, &figures);
        }
    }

    fn in_funnel(&mut self, position: &Position, figures: &[(PipelineFigure, i128)]) {
        let (scheme, stage) = (position.scheme, position.stage);
        for (figure, by) in figures {
            let row = |at| PipelineRow::Funnel(at, scheme, stage);
            self.on(self.day, row, *figure, *by);
        }
    }
}

/// What one opportunity adds to a measure.
fn measured(position: &Position, measure: Measure) -> i128 {
    match measure {
        Measure::Count => 1,
        Measure::Value => position.value.amount_minor().into(),
        Measure::Weighted => position.weighted_hundredths().into(),
    }
}

fn outcome(status: Status) -> Option<Outcome> {
    match status {
        Status::Open | Status::Suspended => None,
        Status::Won => Some(Outcome::Won),
        Status::Lost => Some(Outcome::Lost),
        Status::Abandoned => Some(Outcome::Abandoned),
    }
}

fn done(effort: Effort) -> [(ActivityKind, i128); 4] {
    [
        (ActivityKind::Task, effort.tasks.into()),
        (ActivityKind::Note, effort.notes.into()),
        (ActivityKind::Call, effort.calls.into()),
        (ActivityKind::Meeting, effort.meetings.into()),
    ]
}

fn later(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_add_days(Days::new(days)).unwrap_or(day)
}

fn earlier(day: NaiveDate, days: u64) -> NaiveDate {
    day.checked_sub_days(Days::new(days)).unwrap_or(day)
}
