//! The verbs' refusals in their documented order.

use std::collections::BTreeSet;

use domain::pipeline::{
    AmountPeriod, Discount, Earned, LineDraft, Opening, Opportunity, OpportunityDraft,
    OpportunityEdit, PipelineRefusal, QuoteRef, QuoteStatus, Recurrence, Requirement, Rules,
    Status, edit, move_stage, open, set_lines,
};
use domain::{Money, QuoteId, Refusal, Slug};

use super::fixtures::*;
use crate::fixtures::{Flaw, check, context, customer, erased, lira, now, salt};

use PipelineRefusal as P;

fn tags(count: usize) -> BTreeSet<Slug> {
    (0..count)
        .map(|n| format!("t-{n}").parse().unwrap())
        .collect()
}

#[test]
fn every_code_of_the_pipeline_is_its_own_and_in_kebab_case() {
    let codes: BTreeSet<&str> = P::CODES.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes.len(), P::CODES.len());
    for code in codes {
        let words: Vec<&str> = code.split('-').collect();
        let kebab = |word: &&str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        assert!(words.iter().all(kebab), "{code}");
    }
    let refusal = Refusal::from(P::StageSkipped(2));
    assert_eq!(refusal.code(), "stage-not-skippable");
    assert!(refusal.to_string().contains("stage 2"));
}

#[test]
fn opening_is_refused_in_the_documented_order() {
    type Attempt = (Opening, OpportunityDraft);
    let sound: Attempt = (opening(rules()), draft());
    let run = |(opening, draft): &Attempt| {
        open(
            opening,
            draft.clone(),
            (opp(1), salt()),
            None,
            &context(now()),
        )
    };
    let flaws: [Flaw<Attempt>; 13] = [
        (Refusal::SettingsMissing, |a| a.0.rules.settings = None),
        (Refusal::CustomerNotFound, |a| a.0.customer = None),
        (Refusal::CustomerErased, |a| {
            a.0.customer = Some(erased(customer(1)));
        }),
        (P::SchemeMissing.into(), |a| a.1.scheme = Some(sch(9))),
        (
            P::LineTerms("a discount is between 1 and 100 per cent").into(),
            |a| {
                a.1.lines.push(LineDraft {
                    discount: Some(Discount::Percent(0)),
                    ..line(1, 1)
                });
            },
        ),
        (P::TermOutOfRange.into(), |a| {
            a.1.earned.term_months = Some(0)
        }),
        (P::CloseOutOfRange.into(), |a| {
            a.1.expected_close_on = Some(day("2036-03-03"));
        }),
        (P::CloseOutOfRange.into(), |a| {
            a.1.expected_close_on = Some(day("2016-03-01"));
        }),
        (P::RecurrenceOutOfRange.into(), |a| {
            a.1.recurs = Some(Recurrence { every_months: 0 });
        }),
        (P::RecurrenceOutOfRange.into(), |a| {
            a.1.recurs = Some(Recurrence { every_months: 61 });
        }),
        (P::TooMany("20 tags").into(), |a| a.1.tags = tags(21)),
        (P::StageMissing.into(), |a| a.1.stage = Some(9)),
        (Refusal::TooLarge, |a| {
            a.1.estimate = lira(Money::MAX_MINOR);
            let term_months = a.1.earned.term_months.or(Some(2));
            a.1.earned = Earned {
                period: AmountPeriod::Monthly,
                term_months,
            };
            // The lines would say the amount.
            a.1.lines.retain(|line| line.discount.is_some());
        }),
    ];
    check(&sound, run, &flaws);
    let whole_decade = OpportunityDraft {
        expected_close_on: Some(day("2036-03-02")),
        tags: tags(20),
        ..draft()
    };
    run(&(opening(rules()), whole_decade)).unwrap();
}

/// An opportunity, the version the caller read, and the rules.
type Attempt<W> = (Opportunity, u64, Rules, W);

#[test]
fn moving_is_refused_in_the_documented_order() {
    let run = |(present, expected, rules, to): &Attempt<u16>| {
        move_stage(present, *to, *expected, rules, &context(now()))
    };
    check(
        &(opened(), 1, rules(), 3),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 9),
            (P::OpportunityClosed.into(), |a| {
                a.0.position.status = Status::Lost;
            }),
            (P::SchemeMissing.into(), |a| a.2.schemes.clear()),
            (P::StageReached.into(), |a| a.3 = 1),
            (P::StageMissing.into(), |a| a.3 = 9),
            (P::StageAfterWin.into(), |a| a.3 = 4),
            (P::StageSkipped(2).into(), |a| {
                a.2.schemes[0].stages[1].terms.may_skip = false;
            }),
            (P::StageRequires(Requirement::Lines).into(), |a| {
                for stage in &mut a.2.schemes[0].stages {
                    stage.terms.requires = BTreeSet::from([Requirement::Lines]);
                }
            }),
            (P::StageNeedsQuote.into(), |a| {
                a.2.schemes[0].stages[2].terms.quote_required = true;
            }),
        ],
    );
}

#[test]
fn editing_is_refused_in_the_documented_order() {
    let run = |(present, expected, rules, wanted): &Attempt<OpportunityEdit>| {
        edit(present, wanted.clone(), *expected, rules, &context(now()))
    };
    let rules = {
        let mut rules = rules();
        rules.schemes[0].stages[0].terms.requires = BTreeSet::from([Requirement::Description]);
        rules
    };
    let mut present = opened();
    present.description = Some("In June.".parse().unwrap());
    let wanted = OpportunityEdit {
        title: Some("Another".parse().unwrap()),
        ..OpportunityEdit::default()
    };
    check(
        &(present, 1, rules, wanted),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 2),
            (P::OpportunityClosed.into(), |a| {
                a.0.position.status = Status::Won;
            }),
            (P::AmountFollows.into(), |a| {
                a.0.primary = Some(QuoteId::from_bytes([1; 16]));
                a.3.estimate = Some(lira(1));
            }),
            (P::TermOutOfRange.into(), |a| {
                a.3.term_months = Some(Some(121))
            }),
            (P::RecurrenceOutOfRange.into(), |a| {
                a.3.recurs = Some(Some(Recurrence { every_months: 0 }));
            }),
            (P::CloseOutOfRange.into(), |a| {
                a.3.expected_close_on = Some(day("2036-03-03"));
            }),
            (P::TooMany("20 tags").into(), |a| a.3.tags = Some(tags(21))),
            (P::StageRequires(Requirement::Description).into(), |a| {
                a.3.description = Some(None);
            }),
            (Refusal::TooLarge, |a| {
                if a.3.estimate.is_none() {
                    a.0.estimate = lira(Money::MAX_MINOR);
                }
                a.3.period = Some(AmountPeriod::Monthly);
            }),
        ],
    );
}

#[test]
fn an_edit_that_changes_nothing_is_no_change() {
    let present = opened();
    let same = OpportunityEdit {
        title: present.title.clone(),
        description: Some(None),
        estimate: Some(present.estimate),
        expected_close_on: Some(present.position.expected_close_on),
        tags: Some(BTreeSet::new()),
        ..OpportunityEdit::default()
    };
    let edited = edit(&present, same, 1, &rules(), &context(now()));
    assert_eq!(edited.unwrap(), None);
}

#[test]
fn lines_are_written_in_the_documented_order() {
    type Lines = Vec<LineDraft>;
    let run = |(present, expected, rules, lines): &Attempt<Lines>| {
        set_lines(
            present,
            lines.clone(),
            &goods(),
            *expected,
            rules,
            &context(now()),
        )
    };
    let mut rules = rules();
    rules.schemes[0].stages[0].terms.requires = BTreeSet::from([Requirement::Amount]);
    check(
        &(opened(), 1, rules, vec![line(1, 1)]),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 2),
            (P::OpportunityClosed.into(), |a| {
                a.0.position.status = Status::Abandoned;
            }),
            (P::AmountFollows.into(), |a| {
                let id = QuoteId::from_bytes([1; 16]);
                a.0.primary = Some(id);
                a.0.quotes = vec![QuoteRef {
                    id,
                    status: QuoteStatus::Sent,
                    total: lira(1),
                    valid_until: None,
                }];
            }),
            (P::LineTerms("quantity is between 1 and 1000").into(), |a| {
                a.3[0].quantity = 0;
            }),
            (P::StageRequires(Requirement::Amount).into(), |a| {
                a.3[0].unit_price = Some(lira(0));
            }),
        ],
    );
}
