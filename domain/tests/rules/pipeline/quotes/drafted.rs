//! Writing quotes: what is refused, and what is kept.

use domain::Refusal;
use domain::catalog::Deposit;
use domain::packages::InstalmentPlan;
use domain::pipeline::{Discount, PipelineRefusal, QuoteDraft};

use super::{Desk, Verb, of, of_service, package, qte};
use crate::fixtures::*;

/// Somebody who writes a quote.
#[derive(Debug, Clone)]
struct Wish {
    desk: Desk,
    draft: QuoteDraft,
}

impl Wish {
    fn lines(&mut self) -> &mut Vec<domain::pipeline::LineDraft> {
        self.draft.lines.get_or_insert_default()
    }
}

fn wish() -> Wish {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    Wish {
        desk,
        draft: of(vec![package(1, 2), of_service(1, 1, lira(100))]),
    }
}

const WRITING: [Flaw<Wish>; 15] = [
    (Refusal::SettingsMissing, |wish| {
        wish.desk.rules.settings = None;
    }),
    (
        Refusal::Pipeline(PipelineRefusal::OpportunityClosed),
        |wish| wish.desk.close(domain::pipeline::Outcome::Won),
    ),
    (Refusal::CustomerNotFound, |wish| wish.desk.customer = None),
    (Refusal::CustomerErased, |wish| {
        wish.desk.customer = wish.desk.customer.take().map(erased);
    }),
    (
        Refusal::Pipeline(PipelineRefusal::TooMany("50 lines")),
        |wish| {
            let line = of_service(1, 1, lira(1));
            *wish.lines() = vec![line; 51];
        },
    ),
    (Refusal::TemplateNotFound, |wish| {
        wish.lines().insert(0, package(7, 1));
    }),
    (Refusal::TemplateArchived, |wish| {
        wish.desk.goods.templates[1].archived = true;
        wish.lines().push(package(2, 1));
    }),
    (Refusal::Pipeline(PipelineRefusal::LinesMix), |wish| {
        let both = [lira(5), lei(5)].map(|price| of_service(1, 1, price));
        wish.lines().extend(both);
    }),
    (Refusal::Pipeline(PipelineRefusal::QuoteEmpty), |wish| {
        wish.draft.lines = None;
    }),
    (
        Refusal::Pipeline(PipelineRefusal::QuoteTerms(
            "a quote sells at most 20 packages: make another opportunity for the others",
        )),
        |wish| wish.lines().push(package(1, 19)),
    ),
    (Refusal::DayOutOfRange("valid_until"), |wish| {
        wish.draft.valid_until = Some(day("2026-03-01"));
    }),
    (Refusal::DayOutOfRange("valid_until"), |wish| {
        wish.draft.valid_until = Some(day("2036-03-03"));
    }),
    (
        Refusal::Pipeline(PipelineRefusal::QuoteTerms(
            "the deposit is in the currency of the lines",
        )),
        |wish| wish.draft.deposit = Some(Deposit::Amount(lei(1))),
    ),
    (
        Refusal::Pipeline(PipelineRefusal::QuoteTerms(
            "the deposit is more than 0 and at most what the packages cost",
        )),
        |wish| wish.draft.deposit = Some(Deposit::Amount(lira(200_001))),
    ),
    (
        Refusal::PackageTerms(
            "an instalment plan has 1 to 60 instalments, due on day 1 to 31 of the month",
        ),
        |wish| {
            wish.draft.plan = Some(InstalmentPlan {
                count: 61,
                monthly_day: 1,
                direct_debit: false,
            });
        },
    ),
];

#[test]
fn drafting_and_editing_refuse_in_their_documented_order() {
    check(
        &wish(),
        |wish| wish.desk.try_draft(2, &wish.draft),
        &WRITING,
    );
    check(&wish(), |wish| wish.desk.try_edit(1, &wish.draft), &WRITING);
}

#[test]
fn an_opportunity_has_twenty_quotes() {
    let mut desk = Desk::new();
    for n in 1..=20 {
        desk.draft(n, &of(vec![package(1, 1)]));
    }
    let many = Refusal::from(PipelineRefusal::TooMany("20 quotes"));
    let one_more = desk.try_draft(21, &of(vec![package(1, 1)]));
    assert_eq!(one_more.unwrap_err(), many);
    desk.run(Verb::Send, 20);
    assert_eq!(desk.decide(Verb::Revise, 20).unwrap_err(), many);
}

#[test]
fn a_deposit_or_a_plan_of_nothing_makes_no_sense() {
    let deposits = [
        Some(Deposit::Amount(lira(1))),
        Some(Deposit::Percent(10)),
        None,
    ];
    for deposit in deposits {
        let plan = InstalmentPlan {
            count: 2,
            monthly_day: 1,
            direct_debit: false,
        };
        let draft = QuoteDraft {
            deposit,
            plan: Some(plan).filter(|_| deposit.is_none()),
            ..of(vec![of_service(1, 1, lira(100))])
        };
        let refusal = Desk::new().try_draft(1, &draft).unwrap_err();
        assert_eq!(refusal.code(), "quote-terms");
        assert!(refusal.to_string().contains("leave them out"));
    }
    for percent in [0, 101] {
        let mut draft = of(vec![package(1, 1)]);
        draft.deposit = Some(Deposit::Percent(percent));
        let refusal = Desk::new().try_draft(1, &draft).unwrap_err();
        assert!(refusal.to_string().contains("between 1 and 100"));
    }
}

#[test]
fn terms_that_would_not_fit_a_package_are_refused_when_they_are_written_and_not_at_acceptance() {
    // The template's own deposit is more than what the package costs by this quote.
    let mut desk = Desk::new();
    desk.goods.templates[0].terms.extras.deposit = Some(Deposit::Amount(lira(60_000)));
    let mut line = package(1, 1);
    line.discount = Some(Discount::Percent(50));
    let refusal = desk.try_draft(1, &of(vec![line])).unwrap_err();
    assert_eq!(refusal.code(), "package-terms");
    // In lei a template that is sold in lira has no price.
    let mut line = package(1, 1);
    line.unit_price = Some(lei(5));
    let refusal = desk.try_draft(1, &of(vec![line])).unwrap_err();
    assert_eq!(refusal.code(), "package-terms");
}

#[test]
fn lines_that_are_left_out_are_the_opportunity_s_own_at_the_price_they_have() {
    let mut line = package(1, 2);
    line.unit_price = Some(lira(80_000));
    line.discount = Some(Discount::Percent(10));
    let templates = Desk::new().goods.templates;
    let mut desk = Desk::selling(templates, vec![line, of_service(1, 3, lira(100))]);
    let mut own = of(Vec::new());
    own.lines = None;
    desk.draft(1, &own);
    let quote = desk.quote(1);
    let lines: Vec<_> = quote.lines.iter().map(|line| line.line.clone()).collect();
    assert_eq!(lines, desk.opportunity.lines);
    assert_eq!(quote.total, lira(144_300));
    assert!(quote.lines[0].terms.is_some() && quote.lines[1].terms.is_none());
}

#[test]
fn a_template_is_quoted_as_it_was_when_the_quote_was_written_whatever_becomes_of_it() {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    let quoted = desk.goods.templates[0].terms.clone();
    desk.goods.templates[0].terms.name = "Another".parse().unwrap();
    desk.goods.templates[0].terms.pools[0].units = 99;
    assert_eq!(desk.quote(1).lines[0].terms, Some(quoted.clone()));
    desk.run(Verb::Send, 1);
    desk.goods.templates[0].archived = true;
    desk.run(Verb::Revise, 1);
    assert_eq!(desk.quote(2).lines[0].terms, Some(quoted.clone()));
    desk.run(Verb::Accept, 1);
    assert_eq!(desk.packages[0].terms.name, quoted.name);
    assert_eq!(desk.packages[0].pools[0].size, 10);
    // Written anew, a draft has the terms of that moment.
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    desk.goods.templates[0].terms.pools[0].units = 99;
    let edited = desk.try_edit(1, &of(vec![package(1, 1)])).unwrap().unwrap();
    desk.apply(edited);
    let terms = desk.quote(1).lines[0].terms.clone().unwrap();
    assert_eq!(terms.pools[0].units, 99);
}

#[test]
fn a_repeated_request_is_known_by_what_it_made_and_another_one_is_refused() {
    let mut desk = Desk::new();
    let draft = of(vec![package(1, 1)]);
    desk.draft(1, &draft);
    assert_eq!(desk.try_draft(1, &draft), Ok(None));
    desk.run(Verb::Send, 1);
    assert_eq!(desk.try_draft(1, &draft), Ok(None));
    let mut other = desk.clone();
    other.context.fingerprint = "f2".parse().unwrap();
    assert_eq!(other.try_draft(1, &draft), Err(Refusal::KeyReused));
    desk.run(Verb::Revise, 1);
    let found = desk.quote(2).clone();
    let revise = |desk: &Desk| {
        let named = (qte(2), Some(&found));
        domain::pipeline::revise_quote(&desk.quoting(), desk.quote(1), named, &desk.context)
    };
    assert_eq!(revise(&desk), Ok(None));
    other.context.fingerprint = "f2".parse().unwrap();
    assert_eq!(revise(&other), Err(Refusal::KeyReused));
    let mut elsewhere = desk.clone();
    elsewhere.opportunity.id = domain::OpportunityId::from_bytes([6; 16]);
    assert_eq!(revise(&elsewhere), Err(Refusal::KeyReused));
}

#[test]
fn an_edit_is_made_on_the_version_that_was_read_and_once() {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    let next = of(vec![package(2, 1)]);
    let edit = |desk: &Desk, expected| {
        let (quote, goods) = (desk.quote(1), &desk.goods);
        domain::pipeline::edit_quote(
            &desk.quoting(),
            quote,
            &next,
            goods,
            expected,
            &desk.context,
        )
    };
    desk.context.fingerprint = "f2".parse().unwrap();
    assert_eq!(edit(&desk, 2), Err(Refusal::VersionMismatch));
    let edited = edit(&desk, 1).unwrap().unwrap();
    desk.apply(edited);
    assert_eq!(edit(&desk, 1), Ok(None));
    desk.context.fingerprint = "f3".parse().unwrap();
    assert_eq!(edit(&desk, 1), Err(Refusal::VersionMismatch));
}
