//! Stages that are not skipped, that need a quote, that are archived; and schemes that are.

use domain::pipeline::{
    Link, Opportunity, OpportunityDraft, OpportunityEdit, Outcome, Party, PipelineRefusal,
    QuoteRef, QuoteStatus, Stage, StageTerms, duplicate, edit, link, move_stage, reopen,
};
use domain::{QuoteId, Refusal};

use super::fixtures::*;
use crate::fixtures::{context, customer, lira, now, salt};

fn quote(status: QuoteStatus, valid_until: Option<&str>) -> QuoteRef {
    QuoteRef {
        id: QuoteId::from_bytes([1; 16]),
        status,
        total: lira(1),
        valid_until: valid_until.map(day),
    }
}

#[test]
fn a_stage_that_may_not_be_skipped_is_skipped_on_no_road() {
    let fixed = StageTerms {
        may_skip: false,
        ..pre("B")
    };
    let rules = rules_of(vec![scheme(1, vec![pre("A"), fixed, pre("C"), pre("D")])]);
    let refusal = Refusal::from(PipelineRefusal::StageSkipped(2));
    let context = context(now());
    let stage = Some(4);
    assert_eq!(
        opened_by(&rules, OpportunityDraft { stage, ..draft() }).unwrap_err(),
        refusal
    );
    let first = opened_by(&rules, draft()).unwrap();
    let to = |of: &Opportunity, to| move_stage(of, to, of.version, &rules, &context);
    assert_eq!(to(&first, 3).unwrap_err(), refusal);
    assert_eq!(to(&first, 4).unwrap_err(), refusal);
    let second = put(&to(&first, 2).unwrap());
    let fourth = put(&to(&second, 4).unwrap());
    // Going back skips nothing.
    assert_eq!(put(&to(&fourth, 1).unwrap()).position.stage, 1);
    let lost = closed(&first, Outcome::Lost, &rules, &context);
    let again = reopen(
        &lost,
        ("mistake".parse().unwrap(), stage),
        2,
        &rules,
        &context,
    );
    assert_eq!(again.unwrap_err(), refusal);
}

#[test]
fn what_is_won_leaves_any_stage_before_the_win_behind_but_none_after_it() {
    let before = StageTerms {
        may_skip: false,
        ..pre("B")
    };
    let delivery = StageTerms {
        may_skip: false,
        ..post("C")
    };
    let rules = rules_of(vec![scheme(1, vec![pre("A"), before, delivery, post("D")])]);
    let context = context(now());
    let won = closed(
        &opened_by(&rules, draft()).unwrap(),
        Outcome::Won,
        &rules,
        &context,
    );
    let to = |of: &Opportunity, to| move_stage(of, to, of.version, &rules, &context);
    let refusal = Refusal::from(PipelineRefusal::StageSkipped(3));
    assert_eq!(to(&won, 4).unwrap_err(), refusal);
    let delivered = put(&to(&won, 3).unwrap());
    let collected = put(&to(&delivered, 4).unwrap());
    to(&collected, 3).unwrap();
    let refusal = Refusal::from(PipelineRefusal::StageBeforeWin);
    assert_eq!(to(&collected, 1).unwrap_err(), refusal);
}

#[test]
fn a_stage_that_requires_a_quote_takes_one_that_was_sent_and_stands() {
    let quoted = StageTerms {
        quote_required: true,
        ..pre("B")
    };
    let rules = rules_of(vec![scheme(1, vec![pre("A"), quoted])]);
    let refusal = Refusal::from(PipelineRefusal::StageNeedsQuote);
    let stage = Some(2);
    assert_eq!(
        opened_by(&rules, OpportunityDraft { stage, ..draft() }).unwrap_err(),
        refusal
    );
    let first = opened_by(&rules, draft()).unwrap();
    for (status, valid_until, enters) in [
        (QuoteStatus::Draft, None, false),
        (QuoteStatus::Sent, None, true),
        // Today is the last day, and the day before yesterday was.
        (QuoteStatus::Sent, Some("2026-03-02"), true),
        (QuoteStatus::Sent, Some("2026-03-01"), false),
        (QuoteStatus::Accepted, Some("2026-03-01"), true),
        (QuoteStatus::Rejected, None, false),
        (QuoteStatus::Withdrawn, None, false),
        (QuoteStatus::Superseded, None, false),
    ] {
        let mut first = first.clone();
        first.quotes = vec![quote(status, valid_until)];
        let moved = move_stage(&first, 2, 1, &rules, &context(now()));
        assert_eq!(moved.is_ok(), enters, "{status:?} {valid_until:?}");
    }
}

#[test]
fn an_archived_stage_is_left_but_not_entered() {
    let mut edited = plain();
    let (first, second) = (edited.stages[0].clone(), edited.stages[1].clone());
    edited.stages.retain(|stage| stage.number != 2);
    edited.stages.push(Stage {
        archived: true,
        ..second
    });
    let rules = rules_of(vec![edited]);
    let refusal = Refusal::from(PipelineRefusal::StageMissing);
    let at_first = opened_by(&rules, draft()).unwrap();
    assert_eq!(at_first.position.stage, first.number);
    let to = |of: &Opportunity, to| move_stage(of, to, of.version, &rules, &context(now()));
    assert_eq!(to(&at_first, 2).unwrap_err(), refusal);
    let mut in_archived = at_first.clone();
    in_archived.position.stage = 2;
    to(&in_archived, 3).unwrap();
    to(&in_archived, 1).unwrap();
    // It keeps the place and the figures it had when it is edited there.
    let wanted = OpportunityEdit {
        estimate: Some(lira(1)),
        ..OpportunityEdit::default()
    };
    let edited = edit(&in_archived, wanted, 1, &rules, &context(now())).unwrap();
    assert_eq!(put(&edited.unwrap()).position.stage, 2);
}

#[test]
fn an_archived_scheme_takes_no_new_opportunities_but_those_in_it_go_on() {
    let mut old = plain();
    old.archived = true;
    let rules = rules_of(vec![old, scheme(2, vec![pre("X"), pre("Y")])]);
    let into = |scheme| OpportunityDraft { scheme, ..draft() };
    let refusal = Refusal::from(PipelineRefusal::SchemeArchived);
    assert_eq!(opened_by(&rules, into(Some(sch(1)))).unwrap_err(), refusal);
    let there = opened();
    let context = context(now());
    let moved = put(&move_stage(&there, 2, 1, &rules, &context).unwrap());
    assert_eq!(moved.position.scheme, sch(1));
    // A copy, and one that is opened without a scheme, are in the first that is in use.
    assert_eq!(
        opened_by(&rules, into(None)).unwrap().position.scheme,
        sch(2)
    );
    let copy = duplicate(
        &there,
        (opp(2), salt()),
        Some(&customer(1)),
        &rules,
        &context,
    );
    let copy = put(&copy.unwrap());
    assert_eq!((copy.position.scheme, copy.position.stage), (sch(2), 1));
    let company = Link {
        party: Party::CompanyId(com(1)),
        role: "venue".parse().unwrap(),
        primary: false,
    };
    link(&there, company, &parties(), 1, &context).unwrap();
}
