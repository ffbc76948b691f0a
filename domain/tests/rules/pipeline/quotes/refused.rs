//! What sending and answering refuse, in order.

use domain::pipeline::{Discount, PipelineRefusal, Sending};
use domain::{Refusal, Role};

use super::{Desk, Verb, of, package, until};
use crate::fixtures::*;

const NOBODY: [Flaw<Desk>; 2] = [
    (Refusal::CustomerNotFound, |desk| desk.customer = None),
    (Refusal::CustomerErased, |desk| {
        desk.customer = desk.customer.take().map(erased);
    }),
];

const NO_SETTINGS: Flaw<Desk> = (Refusal::SettingsMissing, |desk| desk.rules.settings = None);

const CLOSED: Flaw<Desk> = (
    Refusal::Pipeline(PipelineRefusal::OpportunityClosed),
    |desk| desk.close(domain::pipeline::Outcome::Lost),
);

const QUOTE_CLOSED: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteClosed), |desk| {
    desk.close(domain::pipeline::Outcome::Lost)
});

const LAPSED: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteLapsed), |desk| {
    desk.context.now += days(1);
});

fn answered(verb: Verb, desk: &mut Desk) {
    let decided = desk.decide(verb, 1);
    desk.apply(decided.unwrap().unwrap());
}

const REJECTED: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteRejected), |desk| {
    answered_anyhow(Verb::Reject, desk)
});
const WITHDRAWN: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteWithdrawn), |desk| {
    answered_anyhow(Verb::Withdraw, desk)
});

/// As if it had been answered before whatever else is wrong.
fn answered_anyhow(verb: Verb, desk: &mut Desk) {
    let mut sound = sent();
    answered(verb, &mut sound);
    desk.quotes = sound.quotes;
    desk.opportunity.quotes = sound.opportunity.quotes;
    desk.opportunity.primary = sound.opportunity.primary;
}

/// A quote that is sent, and valid today.
fn sent() -> Desk {
    let mut desk = Desk::new();
    desk.send(1, &until("2026-03-02"));
    desk
}

fn flaws<const N: usize>(flaws: [&[Flaw<Desk>]; N]) -> Vec<Flaw<Desk>> {
    flaws.concat()
}

#[test]
fn accepting_refuses_in_its_documented_order() {
    let flaws = flaws([
        &[REJECTED, WITHDRAWN],
        &[NO_SETTINGS, QUOTE_CLOSED, LAPSED],
        &NOBODY,
        &[(Refusal::EndsInPast, |desk: &mut Desk| {
            let terms = desk.quotes[0].lines[0].terms.as_mut().unwrap();
            let over = domain::calendar::Validity::Until(day("2026-03-01"));
            terms.validity = Some(over);
        })],
    ]);
    // What is answered is answered in one way.
    check(&sent(), |desk| desk.decide(Verb::Accept, 1), &flaws[1..]);
    check(&sent(), |desk| desk.decide(Verb::Accept, 1), &flaws[..1]);
}

#[test]
fn rejecting_refuses_in_its_documented_order() {
    let flaws = [WITHDRAWN, NO_SETTINGS, QUOTE_CLOSED, LAPSED];
    check(&sent(), |desk| desk.decide(Verb::Reject, 1), &flaws);
}

#[test]
fn withdrawing_and_revising_refuse_in_their_documented_order() {
    let withdrawing = [REJECTED, NO_SETTINGS, CLOSED];
    check(&sent(), |desk| desk.decide(Verb::Withdraw, 1), &withdrawing);
    let revising = flaws([&[NO_SETTINGS, CLOSED], &NOBODY]);
    check(&sent(), |desk| desk.decide(Verb::Revise, 1), &revising);
}

#[test]
fn making_primary_refuses_in_its_documented_order() {
    let mut desk = sent();
    desk.opportunity.primary = None;
    let empty: Flaw<Desk> = (
        PipelineRefusal::StageRequires(domain::pipeline::Requirement::Amount).into(),
        |desk| {
            desk.opportunity.position.stage = 5;
            desk.opportunity.quotes[0].total = lira(0);
            desk.quotes[0].total = lira(0);
        },
    );
    let flaws = [NO_SETTINGS, CLOSED, LAPSED, empty];
    check(&desk, |desk| desk.decide(Verb::Primary, 1), &flaws);
    desk.opportunity.quotes.clear();
    let missing = desk.decide(Verb::Primary, 1).unwrap_err();
    assert_eq!(missing.code(), "quote-not-found");
}

#[test]
fn sending_refuses_in_its_documented_order() {
    let mut desk = sent();
    desk.run(Verb::Revise, 1);
    let sending = Sending {
        expected: Some(1),
        may_give: false,
    };
    let gift: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteGoodwill), |desk| {
        desk.quotes[1].lines[0].line.total = lira(0);
    });
    let elsewhere: Flaw<Desk> = (Refusal::Pipeline(PipelineRefusal::QuoteMissing), |desk| {
        desk.quotes[1].revises = Some(super::qte(9));
    });
    let empty: Flaw<Desk> = (
        PipelineRefusal::StageRequires(domain::pipeline::Requirement::Amount).into(),
        |desk| {
            desk.opportunity.position.stage = 5;
            desk.opportunity.primary = None;
            desk.quotes[1].total = lira(0);
            desk.opportunity.quotes[1].total = lira(0);
        },
    );
    let version: Flaw<Desk> = (Refusal::VersionMismatch, |desk| desk.quotes[1].version = 2);
    let flaws = flaws([
        &[version, NO_SETTINGS, CLOSED],
        &NOBODY,
        &[(Refusal::DayOutOfRange("valid_until"), |desk: &mut Desk| {
            desk.context.now += days(1);
        })],
        &[gift, elsewhere, empty],
    ]);
    check(&desk, |desk| desk.sending(2, sending), &flaws);
}

#[test]
fn a_quote_that_is_sent_again_says_the_version_that_was_sent() {
    let mut desk = Desk::new();
    desk.draft(1, &of(vec![package(1, 1)]));
    let sending = |expected| Sending {
        expected,
        may_give: true,
    };
    desk.apply(desk.sending(1, sending(Some(1))).unwrap().unwrap());
    assert_eq!(desk.sending(1, sending(Some(1))), Ok(None));
    assert_eq!(desk.sending(1, sending(None)), Ok(None));
    let other = desk.sending(1, sending(Some(2)));
    assert_eq!(other, Err(Refusal::VersionMismatch));
}

#[test]
fn only_who_may_give_goodwill_sends_a_package_for_nothing_that_has_a_price() {
    let mut desk = Desk::new();
    let mut gift = package(1, 1);
    gift.discount = Some(Discount::Percent(100));
    desk.draft(1, &of(vec![package(1, 1), gift]));
    let sending = |may_give| Sending {
        expected: None,
        may_give,
    };
    let refused = desk.sending(1, sending(false)).unwrap_err();
    assert_eq!(refused.code(), "quote-needs-goodwill");
    assert!(desk.sending(1, sending(true)).unwrap().is_some());
    // What its template gives for nothing, anybody does.
    let mut desk = Desk::new();
    desk.goods.templates[0].terms.price = lira(0);
    desk.draft(1, &of(vec![package(1, 1)]));
    assert!(desk.sending(1, sending(false)).unwrap().is_some());
}

#[test]
fn a_customer_who_answers_is_named_by_their_record_and_not_by_their_account() {
    for verb in [Verb::Accept, Verb::Reject] {
        let mut desk = sent();
        desk.context.actor.role = Role::Customer;
        let decision = desk.run(verb, 1);
        for (_, entry) in decision.entries() {
            assert_eq!(entry.actor.id, cus(1).into(), "{verb:?}");
        }
        assert_eq!(decision.entry.customer, None, "it is not in their journal");
    }
}
