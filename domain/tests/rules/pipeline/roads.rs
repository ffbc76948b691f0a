//! Every road into a stage asks for the same.

use std::collections::BTreeSet;

use domain::ActivityId;
use domain::Refusal;
use domain::pipeline::{
    ActivityKind, LineDraft, Link, Opportunity, OpportunityDraft, OpportunityEdit, Outcome, Party,
    PipelineRefusal, Planned, Requirement, Rules, StageTerms, duplicate, edit, move_stage, reopen,
    set_lines, unlink,
};

use super::fixtures::*;
use crate::fixtures::{context, customer, lira, now, salt};

const ALL: [Requirement; 6] = [
    Requirement::Description,
    Requirement::Amount,
    Requirement::Lines,
    Requirement::StartsOn,
    Requirement::Link,
    Requirement::NextActivity,
];

fn requiring(name: &str, requirement: Requirement) -> StageTerms {
    StageTerms {
        requires: BTreeSet::from([requirement]),
        ..pre(name)
    }
}

/// A draft with everything that can be sent, or with nothing.
fn full(full: bool) -> OpportunityDraft {
    match full {
        false => OpportunityDraft {
            estimate: lira(0),
            ..draft()
        },
        true => OpportunityDraft {
            description: Some("In June.".parse().unwrap()),
            starts_on: Some(day("2026-06-01")),
            lines: vec![line(1, 1)],
            ..draft()
        },
    }
}

/// With a link and a planned activity, too.
fn furnished(mut opportunity: Opportunity) -> Opportunity {
    opportunity.links.push(Link {
        party: Party::CompanyId(com(1)),
        role: "venue".parse().unwrap(),
        primary: false,
    });
    opportunity.planned.push(Planned {
        id: ActivityId::from_bytes([1; 16]),
        kind: ActivityKind::Task,
        at: now(),
    });
    opportunity
}

#[test]
fn what_a_stage_requires_is_asked_on_every_road_in() {
    for requirement in ALL {
        let rules = rules_of(vec![scheme(1, vec![pre("A"), requiring("B", requirement)])]);
        let refusal = Refusal::from(PipelineRefusal::StageRequires(requirement));
        let context = context(now());
        let in_b = |draft| OpportunityDraft {
            stage: Some(2),
            ..draft
        };
        // Opened in it.
        assert_eq!(opened_by(&rules, in_b(full(false))).unwrap_err(), refusal);
        let sent = ![Requirement::Link, Requirement::NextActivity].contains(&requirement);
        assert_eq!(opened_by(&rules, in_b(full(true))).is_ok(), sent);
        // Moved to it.
        let bare = opened_by(&rules, full(false)).unwrap();
        let whole = furnished(opened_by(&rules, full(true)).unwrap());
        let to_b = |of: &Opportunity| move_stage(of, 2, of.version, &rules, &context);
        assert_eq!(to_b(&bare).unwrap_err(), refusal);
        to_b(&whole).unwrap();
        // Reopened in it.
        let back = |of: &Opportunity| {
            let reason = "mistake".parse().unwrap();
            reopen(of, (reason, Some(2)), of.version, &rules, &context)
        };
        let lost = |of: &Opportunity| closed(of, Outcome::Lost, &rules, &context);
        assert_eq!(back(&lost(&bare)).unwrap_err(), refusal);
        back(&lost(&whole)).unwrap();
    }
}

#[test]
fn what_the_first_stage_requires_is_asked_of_a_copy() {
    for requirement in &ALL[..4] {
        let before = rules_of(vec![scheme(1, vec![pre("A")])]);
        let after = rules_of(vec![scheme(1, vec![requiring("A", *requirement)])]);
        let copied = |of: &Opportunity| {
            let person = customer(1);
            let named = (opp(2), salt());
            duplicate(of, named, Some(&person), &after, &context(now()))
        };
        let bare = opened_by(&before, full(false)).unwrap();
        let refusal = Refusal::from(PipelineRefusal::StageRequires(*requirement));
        assert_eq!(copied(&bare).unwrap_err(), refusal);
        copied(&opened_by(&before, full(true)).unwrap()).unwrap();
    }
}

#[test]
fn what_the_stage_requires_cannot_be_taken_away_while_undecided() {
    type Take = fn(&Opportunity, &Rules) -> Result<(), Refusal>;
    let takes: [(Requirement, Take); 5] = [
        (Requirement::Description, |of, rules| {
            let wanted = OpportunityEdit {
                description: Some(None),
                ..OpportunityEdit::default()
            };
            edit(of, wanted, of.version, rules, &context(now())).map(drop)
        }),
        (Requirement::Amount, |of, rules| {
            let free = LineDraft {
                unit_price: Some(lira(0)),
                ..line(1, 1)
            };
            set_lines(of, vec![free], &goods(), of.version, rules, &context(now())).map(drop)
        }),
        (Requirement::Lines, |of, rules| {
            set_lines(of, vec![], &goods(), of.version, rules, &context(now())).map(drop)
        }),
        (Requirement::StartsOn, |of, rules| {
            let wanted = OpportunityEdit {
                starts_on: Some(None),
                ..OpportunityEdit::default()
            };
            edit(of, wanted, of.version, rules, &context(now())).map(drop)
        }),
        (Requirement::Link, |of, rules| {
            let party = Party::CompanyId(com(1));
            unlink(of, party, of.version, rules, &context(now())).map(drop)
        }),
    ];
    for (requirement, take) in takes {
        let rules = rules_of(vec![scheme(1, vec![pre("A"), requiring("B", requirement)])]);
        let first = furnished(opened_by(&rules, full(true)).unwrap());
        take(&first, &rules).unwrap();
        let second = move_stage(&first, 2, first.version, &rules, &context(now()));
        let second = put(&second.unwrap());
        let refusal = Refusal::from(PipelineRefusal::StageRequires(requirement));
        assert_eq!(take(&second, &rules).unwrap_err(), refusal);
    }
}

#[test]
fn what_a_stage_came_to_require_later_is_added_one_by_one() {
    let before = rules_of(vec![scheme(1, vec![pre("A")])]);
    let mut asking = pre("A");
    asking.requires = BTreeSet::from([Requirement::Description, Requirement::Lines]);
    let after = rules_of(vec![scheme(1, vec![asking])]);
    let bare = opened_by(&before, draft()).unwrap();
    let wanted = OpportunityEdit {
        description: Some(Some("In June.".parse().unwrap())),
        ..OpportunityEdit::default()
    };
    let described = edit(&bare, wanted, 1, &after, &context(now())).unwrap();
    let described = put(&described.unwrap());
    set_lines(
        &described,
        vec![line(1, 1)],
        &goods(),
        2,
        &after,
        &context(now()),
    )
    .unwrap();
}

#[test]
fn only_what_was_planned_may_be_done_in_the_stage_that_required_it() {
    let requirement = Requirement::NextActivity;
    let rules = rules_of(vec![scheme(1, vec![pre("A"), requiring("B", requirement)])]);
    let first = furnished(opened_by(&rules, draft()).unwrap());
    let mut second = put(&move_stage(&first, 2, first.version, &rules, &context(now())).unwrap());
    second.planned.clear();
    let wanted = OpportunityEdit {
        title: Some("Another".parse().unwrap()),
        ..OpportunityEdit::default()
    };
    edit(&second, wanted, second.version, &rules, &context(now())).unwrap();
}
