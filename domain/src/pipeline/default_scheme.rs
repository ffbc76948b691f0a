//! The stage scheme that a new business begins with.

use std::collections::BTreeSet;

use super::{ForecastCategory, Milestone, Phase, Requirement, Stage, StageScheme, StageTerms};
use crate::{InvalidText, SchemeId};

/// The scheme of a new business: five stages before the win, two after it. The probabilities and days
/// are a beginning, to be replaced by what the business's own funnel says.
///
/// # Errors
/// None in practice: its names are names.
pub fn default_scheme() -> Result<StageScheme, InvalidText> {
    use ForecastCategory::{BestCase, Commit, Pipeline};
    let pre = [
        ("New", 10, Pipeline, 3, &[][..], false, false),
        ("Qualified", 25, Pipeline, 7, &[], false, true),
        ("Consultation", 50, BestCase, 10, &[], false, true),
        (
            "Quote sent",
            70,
            BestCase,
            7,
            &[Requirement::Amount],
            true,
            true,
        ),
        (
            "Decision",
            90,
            Commit,
            5,
            &[Requirement::Amount],
            false,
            true,
        ),
    ];
    let post = [
        ("Delivery", Milestone::FirstCapture),
        ("Collection", Milestone::BalanceZero),
    ];
    let mut stages = Vec::new();
    for (name, percent, forecast, days, requires, quote_required, may_skip) in pre {
        stages.push(StageTerms {
            name: name.parse()?,
            phase: Phase::PreWin,
            probability_percent: percent,
            forecast,
            rotting_days: Some(2 * days),
            average_days: Some(days),
            requires: BTreeSet::from_iter(requires.iter().copied()),
            quote_required,
            may_skip,
            reached_by: None,
        });
    }
    for (name, milestone) in post {
        stages.push(StageTerms {
            name: name.parse()?,
            phase: Phase::PostWin,
            probability_percent: 100,
            forecast: Commit,
            rotting_days: None,
            average_days: None,
            requires: BTreeSet::new(),
            quote_required: false,
            may_skip: true,
            reached_by: Some(milestone),
        });
    }
    let stages = (1..).zip(stages);
    Ok(StageScheme {
        id: SchemeId::from_bytes([0; 16]),
        name: "Sales".parse()?,
        stages: stages
            .map(|(number, terms)| Stage {
                number,
                terms,
                archived: false,
            })
            .collect(),
        archived: false,
        version: 1,
    })
}
