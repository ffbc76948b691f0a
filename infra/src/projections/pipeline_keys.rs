//! The sort keys of the rows of the pipeline: built and read here and nowhere else.

use domain::Currency;
use domain::pipeline::Outcome;
use domain::reports::{Period, PipelineRow};

use super::part_keys::Part;
use super::row_keys::{month_of, period, period_of};

pub(super) fn part_of(row: &PipelineRow) -> Part {
    match row {
        PipelineRow::Stage(..) => Part::Stages,
        PipelineRow::Outlook(..) => Part::Outlook,
        PipelineRow::Forecast(..) => Part::Forecasts,
        PipelineRow::Outcome(..) => Part::Outcomes,
        PipelineRow::Reason(..) => Part::Reasons,
        PipelineRow::Funnel(..) => Part::Funnel,
        PipelineRow::Worked(..) => Part::Worked,
        PipelineRow::Pending(..) => Part::Pending,
        PipelineRow::Won(..) => Part::Won,
    }
}

pub(super) fn sort_key(row: &PipelineRow) -> String {
    match row {
        PipelineRow::Stage(at, scheme, stage, currency) => {
            format!("{}#{scheme}#{stage}#{currency}", period(*at))
        }
        PipelineRow::Outlook(at, currency) | PipelineRow::Outcome(at, currency) => {
            format!("{}#{currency}", period(*at))
        }
        PipelineRow::Forecast(at, currency, month) => {
            format!("{}#{currency}#{month}", period(*at))
        }
        PipelineRow::Reason(at, currency, outcome, reason) => {
            let outcome = word(*outcome);
            format!("{}#{currency}#{outcome}#{reason}", period(*at))
        }
        PipelineRow::Funnel(at, scheme, stage) => format!("{}#{scheme}#{stage}", period(*at)),
        PipelineRow::Worked(at, currency, by) | PipelineRow::Pending(at, currency, by) => {
            format!("{}#{currency}#{by}", period(*at))
        }
        PipelineRow::Won(month, currency) => format!("{month}#{currency}"),
    }
}

fn word(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Won => "WON",
        Outcome::Lost => "LOST",
        Outcome::Abandoned => "ABANDONED",
    }
}

/// The row that a sort key of a part stands for; none of a part that has no rows of the pipeline.
pub(super) fn row_of(part: Part, sk: &str) -> Option<PipelineRow> {
    if part == Part::Won {
        let (month, code) = sk.split_once('#')?;
        return Some(PipelineRow::Won(month_of(month)?, currency(code)?));
    }
    let mut words = sk.splitn(3, '#');
    let at = period_of(words.next()?, words.next()?)?;
    of_period(part, at, words.next()?)
}

fn of_period(part: Part, at: Period, rest: &str) -> Option<PipelineRow> {
    let first = || rest.split_once('#');
    Some(match part {
        Part::Stages => {
            let (scheme, rest) = first()?;
            let (stage, code) = rest.split_once('#')?;
            let (scheme, stage) = (scheme.parse().ok()?, stage.parse().ok()?);
            PipelineRow::Stage(at, scheme, stage, currency(code)?)
        }
        Part::Outlook => PipelineRow::Outlook(at, currency(rest)?),
        Part::Outcomes => PipelineRow::Outcome(at, currency(rest)?),
        Part::Forecasts => {
            let (code, month) = first()?;
            PipelineRow::Forecast(at, currency(code)?, month_of(month)?)
        }
        Part::Reasons => {
            let (code, rest) = first()?;
            let (outcome, reason) = rest.split_once('#')?;
            let outcome = [Outcome::Won, Outcome::Lost, Outcome::Abandoned]
                .into_iter()
                .find(|known| word(*known) == outcome)?;
            PipelineRow::Reason(at, currency(code)?, outcome, reason.parse().ok()?)
        }
        Part::Funnel => {
            let (scheme, stage) = first()?;
            PipelineRow::Funnel(at, scheme.parse().ok()?, stage.parse().ok()?)
        }
        Part::Worked => {
            let (code, by) = first()?;
            PipelineRow::Worked(at, currency(code)?, by.parse().ok()?)
        }
        Part::Pending => {
            let (code, by) = first()?;
            PipelineRow::Pending(at, currency(code)?, by.parse().ok()?)
        }
        Part::Won
        | Part::Ledger
        | Part::Templates
        | Part::Sellers
        | Part::Cohorts
        | Part::Usage => return None,
    })
}

fn currency(code: &str) -> Option<Currency> {
    Currency::try_from(code.to_owned()).ok()
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use domain::SchemeId;
    use domain::reports::{Month, Row};

    use super::*;
    use crate::projections::row_keys;

    const SCHEME: &str = "sch_00000000000000000000000007";

    #[test]
    fn every_key_of_a_row_is_golden_and_reads_back() {
        let b = "gul".parse().unwrap();
        let day: NaiveDate = "2026-11-02".parse().unwrap();
        let lira = currency("TRY").unwrap();
        let scheme = SchemeId::from_bytes(7_u128.to_be_bytes());
        let [year, month, single] = Period::around(day);
        let by = || "a#b".parse().unwrap();
        let reason = || "too-dear".parse().unwrap();
        for (row, golden) in [
            (
                PipelineRow::Stage(single, scheme, 12, lira),
                format!("STAGES | D#2026-11-02#{SCHEME}#12#TRY"),
            ),
            (
                PipelineRow::Outlook(month, lira),
                "OUTLOOK | M#2026-11#TRY".to_owned(),
            ),
            (
                PipelineRow::Forecast(year, lira, Month::of(day)),
                "FORECASTS | Y#2026#TRY#2026-11".to_owned(),
            ),
            (
                PipelineRow::Outcome(year, lira),
                "OUTCOMES | Y#2026#TRY".to_owned(),
            ),
            (
                PipelineRow::Reason(month, lira, Outcome::Lost, reason()),
                "REASONS | M#2026-11#TRY#LOST#too-dear".to_owned(),
            ),
            (
                PipelineRow::Reason(month, lira, Outcome::Abandoned, reason()),
                "REASONS | M#2026-11#TRY#ABANDONED#too-dear".to_owned(),
            ),
            (
                PipelineRow::Funnel(single, scheme, 3),
                format!("FUNNEL | D#2026-11-02#{SCHEME}#3"),
            ),
            (
                PipelineRow::Worked(single, lira, by()),
                "WORKED | D#2026-11-02#TRY#a#b".to_owned(),
            ),
            (
                PipelineRow::Pending(year, lira, by()),
                "PENDING | Y#2026#TRY#a#b".to_owned(),
            ),
            (
                PipelineRow::Won(Month::of(day), lira),
                "WON | 2026-11#TRY".to_owned(),
            ),
        ] {
            let part = part_of(&row);
            let key = row_keys::row(&b, 3, &Row::Pipeline(row.clone()));
            let expected = format!("B#gul#R#3#{golden}");
            assert_eq!(format!("{} | {}", key.pk, key.sk), expected);
            assert_eq!(row_of(part, &key.sk), Some(row));
        }
        for (sk, part) in [
            ("", Part::Stages),
            ("D#2026-11-02#TRY", Part::Funnel),
            ("Y#2026#TRY#MISLAID#too-dear", Part::Reasons),
            ("2026-11", Part::Won),
            ("Y#2026#TRY", Part::Ledger),
        ] {
            assert_eq!(row_of(part, sk), None, "{sk}");
        }
    }
}
