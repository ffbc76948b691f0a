//! The refusals of verbs that change the status or the representative, in their documented order.

use domain::pipeline::{
    Closing, CompanyDetails, Opportunity, Outcome, PipelineRefusal, QuoteRef, QuoteStatus, Rules,
    Status, assign, close, edit_company, reopen, resume, suspend,
};
use domain::{Decision, QuoteId, Refusal};

use super::fixtures::*;
use crate::fixtures::{check, context, customer, lira, now};

use PipelineRefusal as P;

/// An opportunity, the version the caller read, and the rules.
type Attempt<W> = (Opportunity, u64, Rules, W);

fn of_status(outcome: Option<Outcome>) -> Opportunity {
    match outcome {
        None => opened(),
        Some(outcome) => closed(&opened(), outcome, &rules(), &context(now())),
    }
}

fn suspended() -> Opportunity {
    put(&suspend(&opened(), day("2026-06-01"), 1, &rules(), &context(now())).unwrap())
}

#[test]
fn closing_is_refused_in_the_documented_order() {
    let run = |(present, expected, rules, closing): &Attempt<Closing>| {
        close(
            present,
            closing.clone(),
            Some(&customer(1)),
            *expected,
            rules,
            &context(now()),
        )
    };
    check(
        &(opened(), 1, rules(), closing(Outcome::Lost)),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 2),
            (P::OpportunityClosed.into(), |a| {
                a.0.position.status = Status::Lost;
            }),
            (P::ReasonNeeded.into(), |a| a.3.reason = None),
            (P::ReasonNeeded.into(), |a| a.3.outcome = Outcome::Won),
            (P::ReasonUnknown.into(), |a| {
                a.3.reason = a.3.reason.as_ref().map(|_| "no-such".parse().unwrap());
            }),
        ],
    );
}

#[test]
fn suspending_and_resuming_are_refused_in_the_documented_order() {
    let run = |(present, expected, rules, until): &Attempt<&str>| {
        suspend(present, day(until), *expected, rules, &context(now()))
    };
    let range = Refusal::DayOutOfRange("resume_on");
    check(
        &(opened(), 1, rules(), "2026-03-03"),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 2),
            (P::OpportunitySuspended.into(), |a| {
                a.0.position.status = Status::Suspended;
            }),
            (P::ResumeToday.into(), |a| a.3 = "2026-03-02"),
            (range.clone(), |a| a.3 = "2026-03-01"),
            (range, |a| a.3 = "2036-03-03"),
        ],
    );
    let run = |(present, expected, rules, ()): &Attempt<()>| {
        resume(present, *expected, rules, &context(now()))
    };
    check(
        &(suspended(), 2, rules(), ()),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 1),
            (P::NotSuspended.into(), |a| {
                a.0.position.status = Status::Open;
            }),
        ],
    );
}

#[test]
fn reopening_is_refused_in_the_documented_order() {
    type Wanted = (&'static str, Option<u16>);
    let run = |(present, expected, rules, (reason, to)): &Attempt<Wanted>| {
        let reason = reason.parse().unwrap();
        reopen(present, (reason, *to), *expected, rules, &context(now()))
    };
    check(
        &(of_status(Some(Outcome::Won)), 2, rules(), ("mistake", None)),
        run,
        &[
            (Refusal::VersionMismatch, |a| a.1 = 1),
            (P::NotClosed.into(), |a| {
                a.0.position.status = Status::Suspended;
            }),
            (P::OpportunitySold.into(), |a| {
                a.0.quotes.push(QuoteRef {
                    id: QuoteId::from_bytes([1; 16]),
                    status: QuoteStatus::Accepted,
                    total: lira(1),
                    valid_until: None,
                });
            }),
            (P::ReasonUnknown.into(), |a| a.3.0 = "price"),
            (P::SchemeMissing.into(), |a| a.2.schemes.clear()),
            (P::StageMissing.into(), |a| a.3.1 = Some(9)),
            (P::StageAfterWin.into(), |a| a.3.1 = Some(4)),
        ],
    );
}

#[test]
fn handing_over_and_editing_a_company_take_the_version_that_was_read() {
    let to = "sales-2".parse().unwrap();
    let assigned = |expected| assign(&opened(), &to, expected, &rules(), &context(now()));
    assert_eq!(assigned(2).unwrap_err(), Refusal::VersionMismatch);
    assigned(1).unwrap().unwrap();
    let present = company(1);
    let edited = |expected, name: &str| -> Result<Option<Decision>, Refusal> {
        let mut details = present.details.clone();
        details.name = name.parse().unwrap();
        edit_company(&present, details, expected, &context(now()))
    };
    assert_eq!(edited(2, "Other").unwrap_err(), Refusal::VersionMismatch);
    let decision = edited(1, "Other").unwrap().unwrap();
    assert_eq!(decision.entry.fact.fields(), ["name"]);
    // The journal has no name of anybody.
    let told = serde_json::to_string(&decision.entry).unwrap();
    assert!(!told.contains("Other"), "{told}");
    assert_eq!(edited(1, "Gelin Evi").unwrap(), None);
}

#[test]
fn each_field_of_a_company_alone_is_an_edit() {
    type Edit = fn(&mut CompanyDetails);
    let edits: [(&str, Edit); 5] = [
        ("name", |details| details.name = "Other".parse().unwrap()),
        ("email", |details| {
            details.email = Some("o@example.com".parse().unwrap());
        }),
        ("phone", |details| {
            details.phone = Some("+905320000000".parse().unwrap());
        }),
        ("tax_id", |details| {
            details.tax_id = Some("1234567890".parse().unwrap());
        }),
        ("note", |details| {
            details.note = Some("Arka kapı".parse().unwrap());
        }),
    ];
    let present = company(1);
    for (field, edit) in edits {
        let mut details = present.details.clone();
        edit(&mut details);
        assert_ne!(details, present.details, "{field}");
        let edited = edit_company(&present, details, 1, &context(now()));
        let entry = edited.unwrap().unwrap().entry;
        assert_eq!(entry.fact.fields(), [field]);
    }
}
