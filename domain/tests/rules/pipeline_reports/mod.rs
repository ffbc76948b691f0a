//! Reports of the pipeline tell what a plain count of the journal tells, of every day.

mod flows;
mod history;
mod quality;
mod standings;
mod writes;

use chrono::{Days, NaiveDate};
use domain::reports::{Period, PipelineRow, Row, Rows, day_after, spans};
use proptest::prelude::*;

use history::{History, changes};

/// The rows of the days from `from`, the beginning if none, to `to`, as a report reads them.
fn rows(all: &Rows, from: Option<NaiveDate>, to: NaiveDate) -> Rows {
    let spans = spans(from, day_after(to));
    let mut rows = Rows::default();
    for (row, sums) in all.iter() {
        let period = period(row);
        if spans
            .iter()
            .any(|span| span.first <= period && period <= span.last)
        {
            rows.add_row(row, sums);
        }
    }
    rows
}

fn period(row: &Row) -> Period {
    let Row::Pipeline(row) = row else {
        panic!("{row:?} is not of the pipeline");
    };
    match row {
        PipelineRow::Stage(at, ..)
        | PipelineRow::Outlook(at, ..)
        | PipelineRow::Forecast(at, ..)
        | PipelineRow::Outcome(at, ..)
        | PipelineRow::Reason(at, ..)
        | PipelineRow::Funnel(at, ..)
        | PipelineRow::Worked(at, ..)
        | PipelineRow::Pending(at, ..) => *at,
        PipelineRow::Won(month, _) => Period::Month(*month),
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn every_report_of_any_day_is_a_plain_count_of_the_entries_up_to_it(changes in changes()) {
        let history = History::of(changes);
        let all = history.rows();
        let (mut day, last) = history.days();
        // Also long after the last entry, when time alone has changed what is overdue and rotting.
        while day <= last + Days::new(100) {
            standings::are_told(&history, &all, day);
            let from = day.checked_sub_days(Days::new(45)).unwrap();
            flows::are_told(&history, &all, (from, day));
            flows::are_told(&history, &all, (day, day));
            day = day + Days::new(if day <= last { 5 } else { 17 });
        }
    }

    #[test]
    fn the_order_of_the_entries_is_of_no_matter(changes in changes()) {
        let history = History::of(changes);
        let mut backwards = history.postings();
        backwards.reverse();
        prop_assert_eq!(history.rows(), Rows::from_iter(backwards));
    }
}
