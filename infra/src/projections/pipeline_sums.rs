//! The sums of the rows of the pipeline, as the attributes they are stored in.

use domain::pipeline::{ActivityKind, ForecastCategory, Outcome};
use domain::reports::{Measure, PipelineFigure};

/// What a figure's attribute begins with or is, and what it goes on with.
pub(super) fn attribute(figure: PipelineFigure) -> String {
    match figure {
        PipelineFigure::Open(measure) => format!("o{}", of_measure(measure)),
        PipelineFigure::Suspended(measure) => format!("z{}", of_measure(measure)),
        PipelineFigure::Forecast(category, measure) => {
            format!("p{}{}", of_category(category), of_measure(measure))
        }
        PipelineFigure::Overdue(category, measure) => {
            format!("d{}{}", of_category(category), of_measure(measure))
        }
        PipelineFigure::WithinWeek(measure) => format!("k{}", of_measure(measure)),
        PipelineFigure::WithinMonth(measure) => format!("m{}", of_measure(measure)),
        PipelineFigure::Rotting(measure) => format!("l{}", of_measure(measure)),
        PipelineFigure::Closed(outcome, measure) => {
            format!("q{}{}", of_outcome(outcome), of_measure(measure))
        }
        PipelineFigure::Effort(outcome, kind) => {
            format!("w{}{}", of_outcome(outcome), of_kind(kind))
        }
        PipelineFigure::Opened(measure) => format!("n{}", of_measure(measure)),
        PipelineFigure::MovedTo(stage) => format!("b{stage}"),
        PipelineFigure::DeliveredTo(stage) => format!("h{stage}"),
        PipelineFigure::ClosedFrom(outcome) => format!("j{}", of_outcome(outcome)),
        PipelineFigure::WonDays => "wd".to_owned(),
        PipelineFigure::Activities => "y".to_owned(),
        PipelineFigure::OpenedIn => "i".to_owned(),
        PipelineFigure::ReopenedIn => "ir".to_owned(),
        PipelineFigure::Stayed => "y1".to_owned(),
        PipelineFigure::StayedWon => "y2".to_owned(),
        PipelineFigure::Collected => "yc".to_owned(),
        PipelineFigure::PaidBack => "yr".to_owned(),
    }
}

pub(super) fn figure_of(attribute: &str) -> Option<PipelineFigure> {
    let stage = |number: &str| {
        let stage = number.parse::<u16>().ok()?;
        (stage.to_string() == number).then_some(stage)
    };
    let first = attribute.chars().next()?;
    let rest = attribute.get(first.len_utf8()..)?;
    Some(match (first, rest) {
        ('w', "d") => PipelineFigure::WonDays,
        ('y', "") => PipelineFigure::Activities,
        ('i', "") => PipelineFigure::OpenedIn,
        ('i', "r") => PipelineFigure::ReopenedIn,
        ('y', "1") => PipelineFigure::Stayed,
        ('y', "2") => PipelineFigure::StayedWon,
        ('y', "c") => PipelineFigure::Collected,
        ('y', "r") => PipelineFigure::PaidBack,
        ('b', to) => PipelineFigure::MovedTo(stage(to)?),
        ('h', to) => PipelineFigure::DeliveredTo(stage(to)?),
        // The others are few: the one that is stored so.
        _ => every_other().find(|figure| self::attribute(*figure) == attribute)?,
    })
}

/// Every figure that has no number in it and no name of its own.
fn every_other() -> impl Iterator<Item = PipelineFigure> {
    MEASURES.into_iter().flat_map(|measure| {
        let plain = [
            PipelineFigure::Open(measure),
            PipelineFigure::Suspended(measure),
            PipelineFigure::WithinWeek(measure),
            PipelineFigure::WithinMonth(measure),
            PipelineFigure::Rotting(measure),
            PipelineFigure::Opened(measure),
        ];
        let forecast = ForecastCategory::ALL.into_iter().flat_map(move |category| {
            [
                PipelineFigure::Forecast(category, measure),
                PipelineFigure::Overdue(category, measure),
            ]
        });
        let closed = OUTCOMES.into_iter().flat_map(move |outcome| {
            let efforts = KINDS.map(|kind| PipelineFigure::Effort(outcome, kind));
            let closed = [
                PipelineFigure::Closed(outcome, measure),
                PipelineFigure::ClosedFrom(outcome),
            ];
            closed.into_iter().chain(efforts)
        });
        plain.into_iter().chain(forecast).chain(closed)
    })
}

const MEASURES: [Measure; 3] = [Measure::Count, Measure::Value, Measure::Weighted];
const OUTCOMES: [Outcome; 3] = [Outcome::Won, Outcome::Lost, Outcome::Abandoned];
const KINDS: [ActivityKind; 4] = [
    ActivityKind::Task,
    ActivityKind::Note,
    ActivityKind::Call,
    ActivityKind::Meeting,
];

fn of_measure(measure: Measure) -> char {
    match measure {
        Measure::Count => 'n',
        Measure::Value => 'v',
        Measure::Weighted => 'w',
    }
}

fn of_category(category: ForecastCategory) -> char {
    match category {
        ForecastCategory::Commit => 'c',
        ForecastCategory::BestCase => 'b',
        ForecastCategory::Pipeline => 'p',
        ForecastCategory::Omitted => 'o',
    }
}

fn of_outcome(outcome: Outcome) -> char {
    match outcome {
        Outcome::Won => 'w',
        Outcome::Lost => 'l',
        Outcome::Abandoned => 'a',
    }
}

fn of_kind(kind: ActivityKind) -> char {
    match kind {
        ActivityKind::Task => 't',
        ActivityKind::Note => 'n',
        ActivityKind::Call => 'c',
        ActivityKind::Meeting => 'm',
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_sum_has_an_attribute_of_its_own_that_reads_back() {
        let named = [
            PipelineFigure::WonDays,
            PipelineFigure::Activities,
            PipelineFigure::OpenedIn,
            PipelineFigure::ReopenedIn,
            PipelineFigure::MovedTo(3),
            PipelineFigure::MovedTo(30),
            PipelineFigure::DeliveredTo(3),
            PipelineFigure::Stayed,
            PipelineFigure::StayedWon,
            PipelineFigure::Collected,
            PipelineFigure::PaidBack,
        ];
        let figures: BTreeSet<PipelineFigure> = every_other().chain(named).collect();
        let names: BTreeSet<String> = figures.iter().map(|figure| attribute(*figure)).collect();
        assert_eq!(names.len(), figures.len());
        for figure in figures {
            assert_eq!(figure_of(&attribute(figure)), Some(figure));
        }
        for (figure, golden) in [
            (PipelineFigure::Open(Measure::Weighted), "ow"),
            (PipelineFigure::MovedTo(12), "b12"),
            (
                PipelineFigure::Overdue(ForecastCategory::BestCase, Measure::Value),
                "dbv",
            ),
            (
                PipelineFigure::Effort(Outcome::Lost, ActivityKind::Call),
                "wlc",
            ),
        ] {
            assert_eq!(attribute(figure), golden);
        }
        for other in ["", "b", "b03", "other", "é"] {
            assert_eq!(figure_of(other), None, "{other}");
        }
    }
}
