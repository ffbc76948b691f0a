//! Stage schemes: what a draft must be, and what becomes of stages that are moved and left out.

use std::collections::BTreeSet;

use domain::Refusal;
use domain::pipeline::{
    Milestone, Phase, PipelineRefusal, Requirement, SchemeDraft, StageDraft, StageScheme,
    archive_scheme, create_scheme, default_scheme, edit_scheme,
};

use super::fixtures::*;
use crate::fixtures::{Flaw, check, context, now};

/// A scheme to be created, or edited where there are some already.
#[derive(Clone)]
struct Attempt {
    schemes: Vec<StageScheme>,
    expected: u64,
    draft: SchemeDraft,
}

impl Attempt {
    fn create(&self) -> Result<StageScheme, Refusal> {
        let draft = self.draft.clone();
        let decision = create_scheme(draft, sch(9), &self.schemes, &context(now()))?;
        Ok(scheme_of(&decision))
    }

    fn edit(&self) -> Result<StageScheme, Refusal> {
        let draft = self.draft.clone();
        let edited = edit_scheme(sch(1), &self.schemes, draft, self.expected, &context(now()));
        Ok(scheme_of(&edited?))
    }
}

/// The drafts of these stages as they are.
fn kept(scheme: &StageScheme) -> Vec<StageDraft> {
    let kept = scheme.in_use().map(|stage| StageDraft {
        number: Some(stage.number),
        terms: stage.terms.clone(),
    });
    kept.collect()
}

fn terms(reason: &'static str) -> Refusal {
    PipelineRefusal::StageTerms(reason).into()
}

#[test]
fn a_draft_is_refused_in_the_documented_order() {
    let range = "rotting_days and average_days are between 1 and 3650";
    let flaws: [Flaw<Attempt>; 15] = [
        (PipelineRefusal::SchemeLimit.into(), |a| {
            a.schemes = (1..=20).map(|n| scheme(n, vec![pre("A")])).collect();
        }),
        (PipelineRefusal::SchemeSize.into(), |a| {
            a.draft.stages.clear()
        }),
        (PipelineRefusal::SchemeSize.into(), |a| {
            let many = (0..31).map(|n| pre(&format!("Stage {n}")));
            a.draft = drafted(many.collect());
        }),
        (PipelineRefusal::SchemeSize.into(), |a| {
            a.draft.stages[0].terms.phase = Phase::PostWin;
        }),
        (PipelineRefusal::StageUnknown.into(), |a| {
            a.draft.stages[1].number = Some(1);
        }),
        (terms("probability_percent is between 0 and 100"), |a| {
            a.draft.stages[1].terms.probability_percent = 101;
        }),
        (terms(range), |a| {
            a.draft.stages[2].terms.rotting_days = Some(0);
        }),
        (terms(range), |a| {
            a.draft.stages[2].terms.rotting_days = Some(3651);
        }),
        (terms(range), |a| {
            a.draft.stages[2].terms.average_days = Some(0);
        }),
        (
            terms("only a stage after the win is reached by itself: leave out reached_by"),
            |a| {
                a.draft.stages[2].terms.reached_by = Some(Milestone::FullyPaid);
                a.draft.stages[2].terms.phase = Phase::PreWin;
            },
        ),
        (first_asks(), |a| {
            a.draft.stages[0].terms.quote_required = true
        }),
        (first_asks(), |a| {
            a.draft.stages[0].terms.requires = BTreeSet::from([Requirement::Link]);
        }),
        (first_asks(), |a| {
            a.draft.stages[0].terms.requires = BTreeSet::from([Requirement::NextActivity]);
        }),
        (PipelineRefusal::StageNameTaken.into(), |a| {
            let first = a.draft.stages[0].terms.name.clone();
            a.draft.stages[3].terms.name = first;
        }),
        (PipelineRefusal::StageOrder.into(), |a| {
            a.draft.stages[1].terms.phase = Phase::PostWin;
            a.draft.stages[2].terms.phase = Phase::PreWin;
            a.draft.stages.truncate(4);
        }),
    ];
    let sound = Attempt {
        schemes: vec![plain()],
        expected: 1,
        draft: drafted(vec![pre("A"), pre("B"), pre("C"), post("D")]),
    };
    for (refusal, flaw) in &flaws {
        let mut attempt = sound.clone();
        flaw(&mut attempt);
        assert_eq!(attempt.create().unwrap_err(), *refusal);
    }
    // One of each, so that one does not undo another.
    let order = [0, 1, 4, 5, 10, 13, 14].map(|n| flaws[n].clone());
    for (index, (refusal, flaw)) in order.iter().enumerate() {
        // A draft without stages has no others to be wrong.
        for (_, later) in order[index + 1..].iter().filter(|_| index != 1) {
            let mut attempt = sound.clone();
            later(&mut attempt);
            flaw(&mut attempt);
            let skipped = attempt.draft.stages.is_empty() && index != 0;
            let expected = match skipped {
                true => PipelineRefusal::SchemeSize.into(),
                false => refusal.clone(),
            };
            assert_eq!(attempt.create().unwrap_err(), expected);
        }
    }
}

fn first_asks() -> Refusal {
    terms(
        "the first stage cannot require a quote, a link or a planned activity: an opportunity that is opened has none",
    )
}

#[test]
fn an_edit_is_refused_in_the_documented_order() {
    let sound = Attempt {
        schemes: vec![plain()],
        expected: 1,
        draft: SchemeDraft {
            name: "Other".parse().unwrap(),
            stages: kept(&plain()),
        },
    };
    check(
        &sound,
        Attempt::edit,
        &[
            (PipelineRefusal::SchemeMissing.into(), |a| a.schemes.clear()),
            (Refusal::VersionMismatch, |a| a.expected = 2),
            (PipelineRefusal::StageUnknown.into(), |a| {
                a.draft.stages[0].number = Some(6);
            }),
            (PipelineRefusal::StageUnknown.into(), |a| {
                a.draft.stages[1].number = Some(1);
            }),
            (PipelineRefusal::StagePhaseFixed.into(), |a| {
                a.draft.stages[2].terms.phase = Phase::PostWin;
            }),
        ],
    );
}

#[test]
fn stages_keep_their_numbers_and_those_left_out_are_archived_and_may_come_back() {
    let mut stages = kept(&plain());
    stages.swap(0, 2);
    let left = stages.remove(1);
    stages.insert(
        1,
        StageDraft {
            number: None,
            terms: pre("New"),
        },
    );
    let edited = Attempt {
        schemes: vec![plain()],
        expected: 1,
        draft: SchemeDraft {
            name: "Other".parse().unwrap(),
            stages: stages.clone(),
        },
    };
    let after = edited.edit().unwrap();
    let numbers = |scheme: &StageScheme| -> Vec<(u16, bool)> {
        let stages = scheme.stages.iter();
        stages.map(|stage| (stage.number, stage.archived)).collect()
    };
    let expected = [
        (3, false),
        (6, false),
        (1, false),
        (4, false),
        (5, false),
        (2, true),
    ];
    assert_eq!(numbers(&after), expected);
    assert_eq!(after.version, 2);
    stages.push(left);
    stages.swap(3, 5);
    let back = Attempt {
        schemes: vec![after],
        expected: 2,
        draft: SchemeDraft {
            name: "Other".parse().unwrap(),
            stages: vec![stages[0].clone(), stages[3].clone()],
        },
    };
    let back = back.edit().unwrap();
    assert_eq!(numbers(&back)[..2], [(3, false), (2, false)]);
    assert!(numbers(&back)[2..].iter().all(|(_, archived)| *archived));
}

#[test]
fn archived_stages_count_towards_the_thirty() {
    let full = scheme(1, (0..30).map(|n| pre(&format!("Stage {n}"))).collect());
    let attempt = |stages| Attempt {
        schemes: vec![full.clone()],
        expected: 1,
        draft: SchemeDraft {
            name: "Other".parse().unwrap(),
            stages,
        },
    };
    let mut stages = kept(&full);
    attempt(stages.clone()).edit().unwrap();
    stages[29].number = None;
    let refusal = Refusal::from(PipelineRefusal::SchemeSize);
    assert_eq!(attempt(stages).edit().unwrap_err(), refusal);
}

#[test]
fn the_last_scheme_in_use_is_not_archived_and_one_that_is_stays_so() {
    let archive = |schemes: &[StageScheme], n| archive_scheme(sch(n), schemes, &context(now()));
    let two = [plain(), scheme(2, vec![pre("X")])];
    let archived = scheme_of(&archive(&two, 1).unwrap().unwrap());
    assert!(archived.archived);
    assert_eq!(archived.version, 2);
    let left = [archived, two[1].clone()];
    assert_eq!(archive(&left, 1).unwrap(), None);
    let refusal = Refusal::from(PipelineRefusal::LastScheme);
    assert_eq!(archive(&left, 2).unwrap_err(), refusal);
    let refusal = Refusal::from(PipelineRefusal::SchemeMissing);
    assert_eq!(archive(&left, 3).unwrap_err(), refusal);
}

#[test]
fn the_first_scheme_of_a_business_is_one_that_could_be_drafted() {
    let default = default_scheme().unwrap();
    let terms = default.stages.iter().map(|stage| stage.terms.clone());
    let again = create_scheme(
        SchemeDraft {
            name: default.name.clone(),
            ..drafted(terms.collect())
        },
        default.id,
        &[],
        &context(now()),
    );
    assert_eq!(scheme_of(&again.unwrap()), default);
    let before_win = default
        .in_use()
        .filter(|stage| stage.terms.phase == Phase::PreWin);
    let percents: Vec<u8> = before_win
        .map(|stage| stage.terms.probability_percent)
        .collect();
    assert!(percents.is_sorted() && percents.len() == 5, "{percents:?}");
}
