//! What recurs, and what is copied: the same opportunity once more.

use domain::pipeline::{
    ActivityKind, Closing, Effort, ForecastCategory, Link, Milestone, Opportunity,
    OpportunityDraft, OpportunityEvent, Origin, Outcome, Party, Planned, QuoteRef, QuoteStatus,
    Recurrence, Requirement, Rules, StageTerms, Status, close, duplicate, move_stage, reopen,
};
use domain::{ActivityId, Context, Decision, PackageId, Put, QuoteId, Refusal};

use super::fixtures::*;
use crate::fixtures::{at, check, context, cus, customer, erased, lira, now, salt};

fn recurring() -> OpportunityDraft {
    OpportunityDraft {
        lines: vec![line(1, 2)],
        tags: ["bridal".parse().unwrap()].into(),
        starts_on: Some(day("2026-06-01")),
        recurs: Some(Recurrence { every_months: 12 }),
        ..draft()
    }
}

fn win(present: &Opportunity, rules: &Rules, context: &Context) -> Decision {
    let closing: Closing = closing(Outcome::Won);
    close(
        present,
        closing,
        Some(&customer(1)),
        present.version,
        rules,
        context,
    )
    .unwrap()
}

/// The opportunities that a decision puts.
fn puts(decision: &Decision) -> Vec<Opportunity> {
    let puts = decision.puts.iter().filter_map(|put| {
        if let Put::Opportunity(opportunity) = put {
            return Some((**opportunity).clone());
        }
        // The quota that the first one counts for.
        assert!(matches!(put, Put::QuotaLink(..)), "{put:?}");
        None
    });
    puts.collect()
}

#[test]
fn winning_what_recurs_opens_the_next_one_with_the_same_content() {
    let rules = rules();
    let first = opened_by(&rules, recurring()).unwrap();
    let context = context(at("2026-03-31T09:00:00Z"));
    let decision = win(&first, &rules, &context);
    let [won, next] = puts(&decision).try_into().unwrap();
    assert_eq!(won.position.status, Status::Won);
    assert_eq!(won.next, Some(next.id));
    assert_eq!(next.origin, Some(Origin::RecurrenceOf(won.id)));
    assert_eq!((next.version, next.position.status), (1, Status::Open));
    assert_eq!(
        (next.position.stage, next.position.amount),
        (1, lira(20_000))
    );
    assert_eq!(next.position.expected_close_on, day("2027-03-31"));
    assert_eq!(next.position.representative, won.position.representative);
    assert_eq!((&next.lines, &next.tags), (&won.lines, &won.tags));
    assert_eq!((next.starts_on, next.recurs), (None, won.recurs));
    assert_eq!(next.assignments.len(), 1);
    let [(_, entry)] = decision.series.as_slice() else {
        panic!("one more entry, not {:?}", decision.series);
    };
    let change = entry.fact.opportunity().unwrap();
    assert_eq!(change.event, OpportunityEvent::Opened(next.origin));
    assert_ne!(entry.id, decision.entry.id);
    // And so on.
    let later = Context {
        random: 1 << 20,
        ..context
    };
    let decision = win(&next, &rules, &later);
    let [_, third] = puts(&decision).try_into().unwrap();
    assert_eq!(third.origin, Some(Origin::RecurrenceOf(next.id)));
    assert_ne!(third.id, next.id);
}

#[test]
fn what_is_won_twice_opens_one_next_and_what_is_lost_or_does_not_recur_none() {
    let (rules, context) = (rules(), context(now()));
    let first = opened_by(&rules, recurring()).unwrap();
    let [won, _] = puts(&win(&first, &rules, &context)).try_into().unwrap();
    let reason = "mistake".parse().unwrap();
    let reopened = put(&reopen(&won, (reason, None), won.version, &rules, &context).unwrap());
    assert_eq!(puts(&win(&reopened, &rules, &context)).len(), 1);
    for outcome in [Outcome::Lost, Outcome::Abandoned] {
        let closing = closing(outcome);
        let decision = close(&first, closing, Some(&customer(1)), 1, &rules, &context).unwrap();
        assert_eq!(puts(&decision).len(), 1);
    }
    assert_eq!(puts(&win(&opened(), &rules, &context)).len(), 1);
}

#[test]
fn of_a_person_who_was_erased_no_next_one_is_opened_though_its_texts_are_there_still() {
    let (rules, context) = (rules(), context(now()));
    let first = opened_by(&rules, recurring()).unwrap();
    assert!(first.may_open_next());
    for (customer, opened) in [(customer(1), 2), (erased(customer(1)), 1)] {
        let closing = closing(Outcome::Won);
        let decision = close(&first, closing, Some(&customer), 1, &rules, &context).unwrap();
        assert_eq!(puts(&decision).len(), opened);
        assert_eq!(decision.series.len(), opened - 1);
    }
    // Of somebody who was not found it cannot be said.
    let closed = |outcome| close(&first, closing(outcome), None, 1, &rules, &context);
    assert_eq!(
        closed(Outcome::Won).unwrap_err(),
        domain::Refusal::CustomerNotFound
    );
    let mut unsalted = first;
    unsalted.salt = None;
    assert!(!unsalted.may_open_next());
    assert_eq!(puts(&win(&unsalted, &rules, &context)).len(), 1);
}

#[test]
fn the_next_one_is_in_the_first_stage_in_use_and_never_fails_the_win() {
    let mut asking = pre("A");
    asking.requires = [Requirement::Description].into();
    let before = rules();
    let first = opened_by(&before, recurring()).unwrap();
    let mut archived = plain();
    archived.archived = true;
    let asking: StageTerms = asking;
    let after = rules_of(vec![archived, scheme(2, vec![asking, pre("B")])]);
    let [won, next] = puts(&win(&first, &after, &context(now())))
        .try_into()
        .unwrap();
    assert_eq!((won.position.scheme, won.position.stage), (sch(1), 1));
    assert_eq!((next.position.scheme, next.position.stage), (sch(2), 1));
    assert_eq!(next.position.status, Status::Open);
}

#[test]
fn where_a_quote_alone_said_the_amount_it_is_the_estimate_of_the_next_one() {
    let (rules, context) = (rules(), context(now()));
    let draft = OpportunityDraft {
        lines: vec![],
        ..recurring()
    };
    let mut quoted = opened_by(&rules, draft).unwrap();
    let id = QuoteId::from_bytes([1; 16]);
    quoted.quotes = vec![QuoteRef {
        id,
        status: QuoteStatus::Sent,
        total: lira(77),
        valid_until: None,
    }];
    quoted.primary = Some(id);
    quoted.position.amount = lira(77);
    let [_, next] = puts(&win(&quoted, &rules, &context)).try_into().unwrap();
    assert_eq!((next.estimate, next.position.amount), (lira(77), lira(77)));
    assert!(next.quotes.is_empty() && next.primary.is_none());
    // With lines of its own it keeps what it was thought to be worth before there were any.
    quoted.lines = opened_by(&rules, recurring()).unwrap().lines;
    let [_, next] = puts(&win(&quoted, &rules, &context)).try_into().unwrap();
    assert_eq!(next.estimate, quoted.estimate);
    assert_ne!(next.estimate, lira(77));
}

#[test]
fn a_copy_is_open_again_with_the_prices_its_lines_had_whatever_became_of_the_model() {
    let rules = rules();
    let mut first = opened_by(&rules, recurring()).unwrap();
    first.links.push(Link {
        party: Party::CustomerId(cus(2)),
        role: "mother".parse().unwrap(),
        primary: true,
    });
    let moved = put(&move_stage(&first, 3, 1, &rules, &context(now())).unwrap());
    let later = context(at("2026-05-04T09:00:00Z"));
    for model in [
        moved.clone(),
        closed(&moved, Outcome::Won, &rules, &later),
        closed(&moved, Outcome::Lost, &rules, &later),
    ] {
        let named = (opp(2), "cafe".parse().unwrap());
        let decision = duplicate(&model, named.clone(), Some(&customer(1)), &rules, &later);
        let [copy] = puts(&decision.unwrap()).try_into().unwrap();
        assert_eq!(copy.id, opp(2));
        assert_eq!(copy.salt, Some(named.1));
        assert_eq!(copy.origin, Some(Origin::DuplicateOf(model.id)));
        assert_eq!(
            (copy.position.status, copy.position.stage),
            (Status::Open, 1)
        );
        assert_eq!(
            (copy.position.closed_on, &copy.position.reason),
            (None, &None)
        );
        assert_eq!((&copy.lines, &copy.links), (&model.lines, &model.links));
        assert_eq!(copy.starts_on, model.starts_on);
        assert_eq!(copy.next, None);
        // Three stages of five days each.
        assert_eq!(copy.position.expected_close_on, day("2026-05-19"));
        assert_eq!(copy.position.opened_at, later.now);
    }
}

#[test]
fn a_copy_is_refused_in_the_documented_order() {
    type Attempt = (Opportunity, Option<domain::customers::Customer>, Rules);
    let sound: Attempt = (opened(), Some(customer(1)), rules());
    let run = |(model, customer, rules): &Attempt| {
        let named = (opp(2), salt());
        duplicate(model, named, customer.as_ref(), rules, &context(now()))
    };
    let requires = domain::pipeline::PipelineRefusal::StageRequires(Requirement::Description);
    check(
        &sound,
        run,
        &[
            (Refusal::SettingsMissing, |a| a.2.settings = None),
            (Refusal::CustomerNotFound, |a| a.1 = None),
            (Refusal::CustomerErased, |a| a.1 = Some(erased(customer(1)))),
            (
                domain::pipeline::PipelineRefusal::SchemeMissing.into(),
                |a| {
                    a.2.schemes
                        .iter_mut()
                        .for_each(|scheme| scheme.archived = true);
                },
            ),
            (requires.into(), |a| {
                let first = &mut a.2.schemes[0].stages[0];
                first.terms.requires = [Requirement::Description].into();
            }),
        ],
    );
}

#[test]
fn of_what_became_of_the_first_one_neither_the_next_one_nor_a_copy_has_anything() {
    let (rules, context) = (rules(), context(at("2026-04-01T09:00:00Z")));
    let mut first = opened_by(&rules, recurring()).unwrap();
    first.packages = vec![PackageId::from_bytes([1; 16])];
    first.reached = [Milestone::FirstCapture].into();
    first.planned = vec![Planned {
        id: ActivityId::from_bytes([1; 16]),
        kind: ActivityKind::Task,
        at: context.now,
    }];
    first.closing_note = Some("Evet".parse().unwrap());
    first.forecast = Some(ForecastCategory::Commit);
    first.resumed_at = Some(now());
    first.resume_on = Some(day("2026-06-01"));
    first.position.effort.calls = 3;
    let [_, next] = puts(&win(&first, &rules, &context)).try_into().unwrap();
    let named = (opp(2), salt());
    let copy = duplicate(&first, named, Some(&customer(1)), &rules, &context);
    for again in [next, put(&copy.unwrap())] {
        let Opportunity {
            packages,
            reached,
            planned,
            quota,
            closing_note,
            forecast,
            resumed_at,
            resume_on,
            position,
            ..
        } = again;
        assert!(packages.is_empty() && reached.is_empty() && planned.is_empty());
        assert_eq!((quota, closing_note, forecast), (None, None, None));
        assert_eq!((resumed_at, resume_on), (None, None));
        assert_eq!(position.effort, Effort::default());
        assert_eq!(position.opened_at, context.now);
    }
}
